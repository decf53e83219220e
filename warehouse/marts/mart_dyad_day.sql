-- Events by source country, target country and day.
with
sources as (
    select
        e.source_country,
        e.target_country,
        e.first_day as day,
        count(distinct a.source) as n_sources
    from core_event as e
    inner join core_event_mention as m on e.event_id = m.event_id
    inner join raw_article as a on m.article_id = a.article_id
    where e.polarity = 'asserted' and e.modality = 'actual'
        and e.source_country is not null and e.target_country is not null and e.first_day is not null
    group by all
),

counted as (
    select
        e.source_country,
        e.target_country,
        e.first_day as day,
        count(*) as n_events,
        count(*) filter (e.quad_class = 1) as n_verbal_cooperation,
        count(*) filter (e.quad_class = 2) as n_material_cooperation,
        count(*) filter (e.quad_class = 3) as n_verbal_conflict,
        count(*) filter (e.quad_class = 4) as n_material_conflict,
        avg(e.goldstein) as goldstein_mean,
        sum(e.n_mentions)::bigint as n_mentions
    from core_event as e
    where e.polarity = 'asserted' and e.modality = 'actual'
        and e.source_country is not null and e.target_country is not null and e.first_day is not null
    group by all
)

select c.*, s.n_sources
from counted as c
inner join sources as s using (source_country, target_country, day)
order by source_country, target_country, day
