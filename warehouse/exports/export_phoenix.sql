-- Events in the 26 columns of Phoenix (its files have no header; quad classes 0 to 4 are Phoenix's own).
with
told as (
    select
        m.event_id,
        string_agg(distinct m.sentence_id, ';' order by m.sentence_id) as sentence_ids,
        string_agg(distinct a.url, ';' order by a.url) as urls,
        string_agg(distinct a.source, ';' order by a.source) as sources
    from core_event_mention as m
    inner join raw_article as a using (article_id)
    group by m.event_id
)

select
    e.event_id || '_1' as "event_id_version",
    strftime(e.first_day, '%Y%m%d') as "date",
    strftime(e.first_day, '%Y') as "year",
    strftime(e.first_day, '%m') as "month",
    strftime(e.first_day, '%d') as "day",
    e.source_code as "source",
    e.source_country as "source_root",
    nullif(split_part(e.source_roles, ';', 1), '') as "source_agent",
    nullif(array_to_string(string_split(e.source_roles, ';')[2:], ';'), '') as "source_others",
    e.target_code as "target",
    e.target_country as "target_root",
    nullif(split_part(e.target_roles, ';', 1), '') as "target_agent",
    nullif(array_to_string(string_split(e.target_roles, ';')[2:], ';'), '') as "target_others",
    e.code as "code",
    e.root_code as "root_code",
    case when e.root_code in ('01', '02') then 0 when e.root_code in ('03', '04', '05') then 1 when e.root_code in ('06', '07', '08') then 2
        when e.root_code in ('09', '10', '11', '12', '13', '16') then 3 else 4 end as "quad_class",
    e.goldstein as "goldstein",
    null::varchar as "issues",
    e.place_lat as "lat",
    e.place_lon as "lon",
    e.place_text as "place",
    null::varchar as "state",
    e.place_country as "country",
    t.sentence_ids as "sentence_ids",
    t.urls as "urls",
    t.sources as "sources"
from core_event as e
inner join told as t using (event_id)
where e.polarity = 'asserted' and e.modality = 'actual'
