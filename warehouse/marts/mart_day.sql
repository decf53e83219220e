-- Events by day, with the number of articles published that day.
with
counted as (
    select
        first_day as day,
        count(*) as n_events,
        count(*) filter (quad_class = 1) as n_verbal_cooperation,
        count(*) filter (quad_class = 2) as n_material_cooperation,
        count(*) filter (quad_class = 3) as n_verbal_conflict,
        count(*) filter (quad_class = 4) as n_material_conflict,
        avg(goldstein) as goldstein_mean,
        sum(n_mentions)::bigint as n_mentions
    from core_event
    where polarity = 'asserted' and modality = 'actual' and first_day is not null
    group by all
),

sources as (
    select e.first_day as day, count(distinct a.source) as n_sources
    from core_event as e
    inner join core_event_mention as m on e.event_id = m.event_id
    inner join raw_article as a on m.article_id = a.article_id
    where e.polarity = 'asserted' and e.modality = 'actual'
    group by all
),

articles as (
    select published_day as day, count(*) as n_articles from raw_article group by all
)

select c.*, s.n_sources, coalesce(a.n_articles, 0) as n_articles
from counted as c
inner join sources as s using (day)
left join articles as a using (day)
order by day
