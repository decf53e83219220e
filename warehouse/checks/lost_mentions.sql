-- Events whose count of mentions is not that of the mentions that point to them, and mentions without an event.
-- severity: blocking
with
pointed as (
    select event_id, count(*) as n from core_event_mention group by event_id
)

select coalesce(e.event_id, p.event_id) as event_id, e.n_mentions, p.n
from core_event as e
full join pointed as p using (event_id)
where e.n_mentions is distinct from p.n
