-- Cooperation and conflict by month, in words and in deeds.
select
    date_trunc('month', day)::date as month,
    sum(n_verbal_cooperation) as verbal_cooperation,
    sum(n_material_cooperation) as material_cooperation,
    sum(n_verbal_conflict) as verbal_conflict,
    sum(n_material_conflict) as material_conflict
from mart_day
group by 1
order by 1
