-- The figures at the head of the report; values: first and last day.
select
    count(*) as n_events,
    coalesce(sum(n_mentions), 0)::bigint as n_mentions,
    (select count(*) from raw_article where published_day between $1 and $2) as n_articles,
    (select count(distinct source) from raw_article where published_day between $1 and $2) as n_sources,
    (select count(distinct country_code) from (select source_country as country_code from chosen union select target_country from chosen)) as n_countries,
    avg((c.n_sources = 1)::int) as share_single,
    avg((c.place_text is not null)::int) as share_place,
    avg((c.source_name is not null and c.target_name is not null)::int) as share_both,
    avg((e.date_text is not null)::int) as share_dated,
    (select avg((k.article_id is not null)::int) from raw_article as a left join core_article_copy as k using (article_id)
        where a.published_day between $1 and $2) as share_copies,
    (select count(*) from core_quarantine) as n_quarantine
from chosen as c
inner join core_event_mention as e on c.event_id = e.event_mention_id
