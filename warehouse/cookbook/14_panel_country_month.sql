-- Panel by country and month with the articles of the month as exposure.
with
articles as (
    select date_trunc('month', published_day)::date as month, count(*) as n_articles
    from raw_article
    where published_day is not null
    group by 1
)

select
    c.country_code,
    d.name_en,
    c.month,
    coalesce(sum(c.n_material_conflict) filter (c.side = 'source'), 0) as conflict_as_source,
    coalesce(sum(c.n_material_conflict) filter (c.side = 'target'), 0) as conflict_as_target,
    coalesce(a.n_articles, 0) as n_articles
from mart_country_month as c
left join dim_country as d using (country_code)
left join articles as a on c.month = a.month
group by all
order by c.country_code, c.month
