-- What is here: rows of each table and what a row is.
select table_name, estimated_size as n_rows, comment
from duckdb_tables()
where table_name not like 'lex_%'
order by table_name
