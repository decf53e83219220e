-- Goldstein mean of a dyad over seven days, days without events included.
with
days as (
    select unnest(generate_series(min(day), max(day), interval 1 day))::date as day from mart_day
),

dyad as (
    select day, n_events, n_events * goldstein_mean as goldstein_sum
    from mart_dyad_day
    where source_country = 'RUS' and target_country = 'FRA'
)

select
    d.day,
    coalesce(y.n_events, 0) as n_events,
    sum(y.goldstein_sum) over week / sum(y.n_events) over week as goldstein_7_days
from days as d
left join dyad as y using (day)
window week as (order by d.day rows between 6 preceding and current row)
order by d.day
