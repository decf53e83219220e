-- Panel for a regression: every dyad and every month, zeros filled in, lag of the outcome beside it.
with
months as (
    select unnest(generate_series(min(month), max(month), interval 1 month))::date as month from mart_dyad_month
),

dyads as (
    select distinct source_country, target_country from mart_dyad_month where source_country != target_country
),

panel as (
    select
        y.source_country,
        y.target_country,
        m.month,
        coalesce(d.n_events, 0) as n_events,
        coalesce(d.n_material_conflict, 0) as n_material_conflict,
        coalesce(d.n_verbal_cooperation, 0) as n_verbal_cooperation,
        d.goldstein_mean
    from dyads as y
    cross join months as m
    left join mart_dyad_month as d using (source_country, target_country, month)
)

select
    *,
    lag(n_material_conflict) over (partition by source_country, target_country order by month) as n_material_conflict_before
from panel
order by source_country, target_country, month
