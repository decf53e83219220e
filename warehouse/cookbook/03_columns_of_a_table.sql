-- The columns of a table with their meaning: the dictionary is inside the file.
select column_name, data_type, comment
from duckdb_columns()
where table_name = 'core_event_mention'
order by column_index
