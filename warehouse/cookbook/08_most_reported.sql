-- The events that most publishers report.
select first_day, source_name, code_name, target_name, n_sources, n_articles, n_mentions, sentence
from mart_event
order by n_sources desc, n_articles desc, event_id
limit 20
