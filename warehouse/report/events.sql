-- The most reported events with the sentence that stands for each, newest first; value: how many.
with
listed as (
    select * from chosen order by n_sources desc, n_mentions desc, first_day desc, event_id limit $1
),

reports as (
    select
        event_id,
        list((outlet, url, published_day) order by published_day, outlet, article_id) as reports
    from (
        select distinct on (l.event_id, a.source) l.event_id, coalesce(a.outlet, a.source) as outlet, a.url, a.published_day, a.article_id
        from listed as l
        inner join core_event_mention as m using (event_id)
        inner join raw_article as a on m.article_id = a.article_id
        order by l.event_id, a.source, a.published_day, a.article_id
    )
    group by event_id
)

select
    l.*,
    s.start as sentence_start,
    m.source_code,
    m.target_code,
    m.trigger_start, m.trigger_end, m.source_start, m.source_end, m.target_start, m.target_end,
    m.date_start, m.date_end, m.place_start, m.place_end,
    r.reports
from listed as l
inner join core_event_mention as m on l.event_id = m.event_mention_id
left join core_sentence as s on m.sentence_id = s.sentence_id
left join reports as r on l.event_id = r.event_id
order by l.first_day desc, l.n_sources desc, l.event_id
