-- How sure are the days: by method and unit.
select date_method, date_granularity, count(*) as n_mentions, round(100 * count(*) / sum(count(*)) over (), 1) as percent
from core_event_mention
group by all
order by n_mentions desc
