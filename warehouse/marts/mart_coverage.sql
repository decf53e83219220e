-- What each publisher gives, by month of publication.
with
mentions as (
    select
        article_id,
        count(*) as n_mentions,
        count(*) filter (date_text is not null) as n_dated,
        count(*) filter (source_code is not null and target_code is not null) as n_both
    from core_event_mention
    group by article_id
)

select
    a.source,
    min(a.outlet) as outlet,
    date_trunc('month', a.published_day)::date as month,
    count(*) as n_articles,
    count(c.article_id) as n_copies,
    count(m.article_id) as n_articles_with_events,
    coalesce(sum(m.n_mentions), 0)::bigint as n_mentions,
    coalesce(sum(m.n_mentions), 0) / count(*) as mentions_per_article,
    sum(m.n_dated) / sum(m.n_mentions) as share_dated,
    sum(m.n_both) / sum(m.n_mentions) as share_both_actors
from raw_article as a
left join mentions as m using (article_id)
left join core_article_copy as c using (article_id)
group by a.source, date_trunc('month', a.published_day)
order by a.source, month
