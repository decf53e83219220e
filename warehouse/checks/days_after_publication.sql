-- Events that the text says did happen, dated after the publication.
-- severity: warning
select m.event_mention_id, m.code, m.modality, m.first_day, a.published_day, m.date_text
from core_event_mention as m
inner join raw_article as a using (article_id)
where m.first_day > a.published_day + 1
    and coalesce(m.modality, 'actual') = 'actual'
    and coalesce(m.tense, '') != 'future'
    and m.root_code not in ('02', '03', '10', '13')
