-- A stricter data set: actual, dated by the text itself to a single day, both sides known, two publishers or more.
select e.event_id, e.first_day, e.source_code, e.target_code, e.code, e.goldstein, e.n_sources
from core_event as e
where e.polarity = 'asserted' and e.modality = 'actual'
    and e.date_method in ('phrase', 'clause', 'sentence') and e.first_day = e.last_day
    and e.source_code is not null and e.target_code is not null
    and e.n_sources >= 2
order by e.first_day, e.event_id
