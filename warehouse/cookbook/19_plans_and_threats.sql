-- What was planned, demanded, threatened or denied: rows that other data sets do not have.
select polarity, modality, count(*) as n_mentions, min(code) as example_code, min(trigger_text) as example_trigger
from core_event_mention
group by all
order by n_mentions desc
