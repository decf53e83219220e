-- Sentences and triggers that are not what their offsets cut from the article.
-- severity: blocking
with
spans as (
    select 'core_sentence' as table_name, sentence_id as id, article_id, start as first, "end" as last, text as words
    from core_sentence
    union all
    select 'core_event_mention', event_mention_id, article_id, trigger_start, trigger_end, trigger_text
    from core_event_mention
)

select s.*, substr(a.text, s.first + 1, s.last - s.first) as found
from spans as s
inner join fresh_article as a using (article_id)
where s.words != substr(a.text, s.first + 1, s.last - s.first)
