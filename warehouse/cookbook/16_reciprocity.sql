-- Does conflict come back: events of A against B within seven days after events of B against A.
with
conflict as (
    select source_country, target_country, day, n_verbal_conflict + n_material_conflict as n
    from mart_dyad_day
    where n_verbal_conflict + n_material_conflict > 0 and source_country != target_country
)

select
    a.source_country,
    a.target_country,
    count(distinct a.day) as days_with_conflict,
    count(distinct a.day) filter (b.day is not null) as days_answered
from conflict as a
left join conflict as b
    on a.source_country = b.target_country and a.target_country = b.source_country and b.day - a.day between 1 and 7
group by all
order by days_with_conflict desc, 1, 2
