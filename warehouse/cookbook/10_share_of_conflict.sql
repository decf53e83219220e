-- Share of material conflict by country, as source and as target: a share survives growth of coverage, a count does not.
select
    country_code,
    side,
    sum(n_events) as n_events,
    round(sum(n_material_conflict) / sum(n_events), 3) as share_material_conflict
from mart_country_month
group by all
having sum(n_events) >= 2
order by share_material_conflict desc, n_events desc
