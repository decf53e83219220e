-- Publishers of the chosen events; value: how many.
with
told as (
    select distinct c.event_id, a.source, coalesce(a.outlet, a.source) as outlet, c.n_sources
    from chosen as c
    inner join core_event_mention as m using (event_id)
    inner join raw_article as a on m.article_id = a.article_id
)

select source, min(outlet) as outlet, count(*) as n_events, avg((n_sources = 1)::int) as share_alone
from told
group by source
order by n_events desc, source
limit $1
