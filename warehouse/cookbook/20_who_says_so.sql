-- Who says so: attributed accusations against a third party.
select m.attributed_country, m.source_country, m.target_country, m.root_code, count(*) as n_mentions
from core_event_mention as m
where m.attributed_text is not null
group by all
order by n_mentions desc
