-- Events and date phrases that end before they begin.
-- severity: blocking
select 'core_event_mention' as table_name, event_mention_id as id, first_day, last_day
from core_event_mention where first_day > last_day
union all
select 'core_date_mention', date_mention_id, first_day, last_day
from core_date_mention where first_day > last_day
