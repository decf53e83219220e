-- One conflict, two tellings: Goldstein mean of a dyad by publisher.
select a.source, e.source_country, e.target_country, count(distinct e.event_id) as n_events, round(avg(e.goldstein), 2) as goldstein_mean
from core_event as e
inner join core_event_mention as m on e.event_id = m.event_id
inner join raw_article as a on m.article_id = a.article_id
where e.source_country is not null and e.target_country is not null
group by all
having count(distinct e.event_id) >= 2
order by e.source_country, e.target_country, a.source
