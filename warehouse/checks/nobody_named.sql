-- Publishers where more than half of the event mentions name neither source nor target.
-- severity: warning
select a.source, count(*) as n_mentions, count(*) filter (m.source_code is null and m.target_code is null) as n_nobody
from core_event_mention as m
inner join raw_article as a using (article_id)
group by a.source
having count(*) >= 20 and n_nobody > count(*) / 2
