-- Events: the mention that stands for each, its strongest code, and counts over all its mentions.
with
counted as (
    select
        l.event_id,
        arg_max(m.code, (length(rtrim(m.code, '0')), abs(m.goldstein), m.code)) as code,
        count(*) as n_mentions,
        count(distinct l.article_id) as n_articles,
        count(distinct l.story_id) as n_stories,
        count(distinct a.source) as n_sources,
        min(a.published_day) as first_report_day,
        max(a.published_day) as last_report_day,
        -- What one report leaves out another may say: the first that names a place gives it.
        arg_min((m.place_text, m.place_country, m.place_lat, m.place_lon), (coalesce(a.published_day, date '9999-12-31'), m.event_mention_id))
            filter (m.place_text is not null) as place
    from event_link as l
    inner join core_event_mention as m using (event_mention_id)
    inner join raw_article as a on l.article_id = a.article_id
    group by l.event_id
)

select
    c.event_id,
    c.code,
    m.root_code,
    d.quad_class,
    d.goldstein,
    m.source_country,
    m.source_roles,
    m.source_code,
    m.source_name,
    m.target_country,
    m.target_roles,
    m.target_code,
    m.target_name,
    m.first_day,
    m.last_day,
    m.date_granularity,
    m.date_method,
    c.place[1] as place_text,
    c.place[2] as place_country,
    c.place[3] as place_lat,
    c.place[4] as place_lon,
    coalesce(m.polarity, 'asserted') as polarity,
    coalesce(m.modality, 'actual') as modality,
    c.n_mentions,
    c.n_articles,
    c.n_stories,
    c.n_sources,
    c.first_report_day,
    c.last_report_day,
    c.n_sources = 1 as is_single_source
from counted as c
inner join core_event_mention as m on c.event_id = m.event_mention_id
left join dim_cameo_code as d on c.code = d.code
