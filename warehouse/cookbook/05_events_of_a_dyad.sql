-- All events of one directed dyad, oldest first.
select first_day, code, code_name, source_name, target_name, goldstein, n_sources, sentence
from mart_event
where source_country = 'RUS' and target_country = 'FRA' and is_actual
order by first_day
