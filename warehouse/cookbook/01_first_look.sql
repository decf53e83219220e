-- First look: the newest events, readable.
select first_day, source_country, source_name, code, code_name, target_country, target_name, n_sources, sentence
from mart_event
order by first_day desc, n_sources desc
limit 20
