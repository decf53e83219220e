-- Events dated before 1900 or more than 30 years after the publication.
-- severity: warning
select m.event_mention_id, m.first_day, m.last_day, m.date_text, a.published_day
from core_event_mention as m
inner join raw_article as a using (article_id)
where m.first_day < date '1900-01-01' or m.last_day > coalesce(a.published_day, current_date) + interval 30 years
