-- Events by country that takes part.
select
    c.country_code,
    d.name_en,
    d.name_ar,
    d.iso_number,
    count(*) as n,
    count(*) filter (quad_class >= 3) as n_conflict
from (
    select source_country as country_code, quad_class from chosen
    union all
    select target_country, quad_class from chosen where target_country is distinct from source_country
) as c
inner join dim_country as d using (country_code)
group by all
order by n desc, country_code
