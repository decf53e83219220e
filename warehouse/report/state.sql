-- Which load the report shows.
select load_number, loaded_at, code_version, lexicon_version
from run_log
order by load_number desc
limit 1
