-- One row per event, readable.
select
    e.event_id,
    e.first_day,
    e.last_day,
    e.source_country,
    e.source_roles,
    e.source_name,
    e.target_country,
    e.target_roles,
    e.target_name,
    e.code,
    d.name as code_name,
    e.root_code,
    e.quad_class,
    d.quad_name,
    e.goldstein,
    e.polarity = 'asserted' and e.modality = 'actual' as is_actual,
    e.polarity,
    e.modality,
    e.place_text,
    e.place_country,
    e.place_lat,
    e.place_lon,
    e.n_mentions,
    e.n_articles,
    e.n_sources,
    e.first_report_day,
    e.last_report_day,
    s.text as sentence,
    a.url,
    m.article_id
from core_event as e
inner join core_event_mention as m on e.event_id = m.event_mention_id
inner join raw_article as a on m.article_id = a.article_id
left join core_sentence as s on m.sentence_id = s.sentence_id
left join dim_cameo_code as d on e.code = d.code
order by e.first_day, e.event_id
