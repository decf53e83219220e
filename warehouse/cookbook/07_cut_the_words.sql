-- Offsets cut the words from the article: characters from 0, while substr counts from 1.
select
    m.event_mention_id,
    substr(a.text, m.trigger_start + 1, m.trigger_end - m.trigger_start) as trigger_words,
    substr(a.text, m.source_start + 1, m.source_end - m.source_start) as source_words,
    substr(a.text, m.target_start + 1, m.target_end - m.target_start) as target_words
from core_event_mention as m
inner join raw_article as a using (article_id)
order by m.event_mention_id
limit 20
