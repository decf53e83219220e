-- Sentences that give more than 12 events.
-- severity: warning
select sentence_id, count(*) as n_events
from core_event_mention
group by sentence_id
having count(*) > 12
