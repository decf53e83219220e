-- One row per event mention with its sentence and article.
-- kind: view
select
    m.event_mention_id,
    m.event_id,
    a.published_day,
    coalesce(a.outlet, a.source) as outlet,
    a.title,
    s.text as sentence,
    m.trigger_text,
    m.code,
    d.name as code_name,
    m.source_text,
    m.source_code,
    m.target_text,
    m.target_code,
    m.first_day,
    m.last_day,
    m.date_text,
    m.date_method,
    m.place_text,
    m.polarity,
    m.modality,
    m.attributed_text,
    m.is_duplicate_of,
    m.duplicate_reason,
    m.rule_rows,
    a.url,
    m.article_id,
    m.sentence_id
from core_event_mention as m
inner join raw_article as a using (article_id)
left join core_sentence as s on m.sentence_id = s.sentence_id
left join dim_cameo_code as d on m.code = d.code
