-- Every report of the most reported event: who wrote it, in which words, and why a mention is no event of its own.
with
chosen as (
    select event_id from core_event order by n_sources desc, n_mentions desc, event_id limit 1
)

select m.published_day, m.outlet, m.sentence, m.trigger_text, m.code, m.duplicate_reason, m.url
from mart_mention as m
inner join chosen using (event_id)
order by m.published_day, m.outlet
