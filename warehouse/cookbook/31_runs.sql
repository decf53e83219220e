-- The last loads: what came in, what was left alone, under which lexicon.
select load_number, loaded_at, run_id, n_articles, n_event_mentions, n_quarantined, n_known_articles, n_recoded_articles, lexicon_version
from run_log
order by load_number desc
limit 20
