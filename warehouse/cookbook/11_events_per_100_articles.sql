-- Events per 100 articles and day: counts with the growth of coverage taken out.
select day, n_events, n_articles, round(100 * n_events / nullif(n_articles, 0), 1) as events_per_100_articles
from mart_day
order by day
