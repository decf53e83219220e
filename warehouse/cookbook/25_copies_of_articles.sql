-- Who copies whom: near-duplicate articles by pair of publishers.
select first.source as copied_from, later.source as copied_by, count(*) as n_articles, round(avg(c.similarity), 2) as similarity
from core_article_copy as c
inner join raw_article as first on c.copy_of = first.article_id
inner join raw_article as later on c.article_id = later.article_id
group by all
order by n_articles desc, 1, 2
