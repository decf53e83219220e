-- Monthly counts by root in the columns of GDELT: the form to set beside GDELT's own counts. Compare roots, not codes:
-- below the root the two number differently.
select "MonthYear", "EventRootCode", count(*) as n_events, sum("NumArticles") as n_articles
from export_gdelt
group by all
order by "MonthYear", "EventRootCode"
