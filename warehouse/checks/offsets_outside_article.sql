-- Spans that begin before the text, end before they begin, or end after the text.
-- severity: blocking
with
spans as (
    select 'core_sentence' as table_name, sentence_id as id, article_id, start as first, "end" as last from core_sentence
    union all
    select 'core_date_mention', date_mention_id, article_id, start, "end" from core_date_mention
    union all
    select 'core_actor_mention', actor_mention_id, article_id, start, "end" from core_actor_mention
    union all
    select 'core_event_mention', event_mention_id, article_id, trigger_start, trigger_end from core_event_mention
    union all
    select 'core_event_mention source', event_mention_id, article_id, source_start, source_end from core_event_mention
    union all
    select 'core_event_mention target', event_mention_id, article_id, target_start, target_end from core_event_mention
    union all
    select 'core_event_mention date', event_mention_id, article_id, date_start, date_end from core_event_mention
    union all
    select 'core_event_mention place', event_mention_id, article_id, place_start, place_end from core_event_mention
    union all
    select 'core_event_mention attributed', event_mention_id, article_id, attributed_start, attributed_end from core_event_mention
)

select s.*, length(a.text) as n_characters
from spans as s
inner join raw_article as a using (article_id)
where s.first < 0 or s.last <= s.first or s.last > length(a.text)
