-- Events and Goldstein mean by directed dyad; value: the list of countries.
select source_country as source, target_country as target, count(*) as n, avg(goldstein) as goldstein
from chosen
where list_contains($1, source_country) and list_contains($1, target_country)
group by all
order by source, target
