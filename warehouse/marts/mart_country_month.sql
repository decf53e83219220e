-- Events by country, month and side.
with
sided as (
    select source_country as country_code, 'source' as side, * from core_event
    union all
    select target_country as country_code, 'target' as side, * from core_event
)

select
    country_code,
    date_trunc('month', first_day)::date as month,
    side,
    count(*) as n_events,
    count(*) filter (quad_class = 1) as n_verbal_cooperation,
    count(*) filter (quad_class = 2) as n_material_cooperation,
    count(*) filter (quad_class = 3) as n_verbal_conflict,
    count(*) filter (quad_class = 4) as n_material_conflict,
    avg(goldstein) as goldstein_mean,
    sum(n_mentions)::bigint as n_mentions
from sided
where country_code is not null and first_day is not null and polarity = 'asserted' and modality = 'actual'
group by all
order by country_code, month, side
