-- Dates, actors and places whose words are not what their offsets cut from the article.
-- severity: warning
select 'core_date_mention' as table_name, m.date_mention_id as id, m.article_id, m.text as words
from core_date_mention as m
inner join fresh_article as a using (article_id)
where m.text != substr(a.text, m.start + 1, m."end" - m.start)
union all
select 'core_actor_mention', m.actor_mention_id, m.article_id, m.text
from core_actor_mention as m
inner join fresh_article as a using (article_id)
where m.text != substr(a.text, m.start + 1, m."end" - m.start)
union all
select 'core_event_mention', m.event_mention_id, m.article_id, concat_ws(' / ', m.source_text, m.target_text, m.date_text, m.place_text)
from core_event_mention as m
inner join fresh_article as a using (article_id)
where (m.source_start is not null and m.source_text != substr(a.text, m.source_start + 1, m.source_end - m.source_start))
    or (m.target_start is not null and m.target_text != substr(a.text, m.target_start + 1, m.target_end - m.target_start))
    or (m.date_start is not null and m.date_text != substr(a.text, m.date_start + 1, m.date_end - m.date_start))
    or (m.place_start is not null and m.place_text != substr(a.text, m.place_start + 1, m.place_end - m.place_start))
