-- Dates, actors and places whose words are not what their offsets cut from the article.
-- severity: warning
with
spans as (
    select 'core_date_mention' as table_name, date_mention_id as id, article_id, start as first, "end" as last, text as words
    from core_date_mention
    union all
    select 'core_actor_mention', actor_mention_id, article_id, start, "end", text from core_actor_mention
    union all
    select 'core_event_mention source', event_mention_id, article_id, source_start, source_end, source_text
    from core_event_mention where source_start is not null
    union all
    select 'core_event_mention target', event_mention_id, article_id, target_start, target_end, target_text
    from core_event_mention where target_start is not null
    union all
    select 'core_event_mention date', event_mention_id, article_id, date_start, date_end, date_text
    from core_event_mention where date_start is not null
    union all
    select 'core_event_mention place', event_mention_id, article_id, place_start, place_end, place_text
    from core_event_mention where place_start is not null
)

select s.*, substr(a.text, s.first + 1, s.last - s.first) as found
from spans as s
inner join raw_article as a using (article_id)
where s.words != substr(a.text, s.first + 1, s.last - s.first)
