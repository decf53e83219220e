-- How much was read and coded, by month.
select
    month,
    sum(n_articles) as n_articles,
    sum(n_copies) as n_copies,
    sum(n_mentions) as n_mentions,
    round(sum(n_mentions) / sum(n_articles), 2) as mentions_per_article
from mart_coverage
group by month
order by month
