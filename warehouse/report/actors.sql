-- The most active actors; value: how many.
with
sided as (
    select m.source_code as code, m.source_name as name, m.source_country as country_code, m.source_roles as roles,
        'source' as side, c.goldstein
    from chosen as c inner join core_event as m using (event_id)
    union all
    select m.target_code, m.target_name, m.target_country, m.target_roles, 'target', c.goldstein
    from chosen as c inner join core_event as m using (event_id)
)

select
    code,
    mode(name) as name,
    min(country_code) as country_code,
    min(roles) as roles,
    count(*) filter (side = 'source') as n_source,
    count(*) filter (side = 'target') as n_target,
    avg(goldstein) filter (side = 'source') as goldstein
from sided
where code is not null
group by code
order by count(*) desc, code
limit $1
