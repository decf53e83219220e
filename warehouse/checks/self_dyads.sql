-- Events whose source and target are the same actor.
-- severity: warning
select event_mention_id, code, source_text, target_text, source_code
from core_event_mention
where source_code = target_code and coalesce(source_name, source_text) = coalesce(target_name, target_text)
