-- What was refused and why.
select step, reason_code, count(*) as n, min(reason) as reason, min(article_ref) as example
from core_quarantine
group by all
order by n desc, step, reason_code
