-- Sentences with a word, vowel marks ignored, and the events in them.
select m.published_day, m.outlet, m.code, m.source_code, m.target_code, m.sentence
from mart_mention as m
where strip_accents(m.sentence) like '%وزير%'
order by m.published_day desc, m.event_mention_id
limit 50
