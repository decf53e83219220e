-- Undirected dyads: both directions together.
select
    least(source_country, target_country) as country_a,
    greatest(source_country, target_country) as country_b,
    sum(n_events) as n_events,
    round(sum(n_events * goldstein_mean) / sum(n_events), 2) as goldstein_mean
from mart_dyad_month
where source_country != target_country
group by all
order by n_events desc, country_a, country_b
