-- Profile of each CAMEO actor code.
with
sided as (
    select source_code as actor_code, source_country as country_code, source_roles as roles, source_name as name,
        target_code as partner, 'source' as side, root_code, goldstein, first_day, last_day
    from core_event
    where polarity = 'asserted' and modality = 'actual'
    union all
    select target_code, target_country, target_roles, target_name,
        source_code, 'target', root_code, goldstein, first_day, last_day
    from core_event
    where polarity = 'asserted' and modality = 'actual'
),

-- Ties go to the name that comes first, so that a rebuild gives the same rows.
names as (
    select actor_code, name from (
        select actor_code, name, count(*) as n from sided where name is not null group by all
    ) qualify row_number() over (partition by actor_code order by n desc, name) = 1
),

partners as (
    select actor_code, partner from (
        select actor_code, partner, count(*) as n from sided where partner is not null group by all
    ) qualify row_number() over (partition by actor_code order by n desc, partner) = 1
),

roots as (
    select actor_code, root_code from (
        select actor_code, root_code, count(*) as n from sided group by all
    ) qualify row_number() over (partition by actor_code order by n desc, root_code) = 1
),

counted as (
    select
        actor_code,
        min(country_code) as country_code,
        min(roles) as roles,
        count(*) filter (side = 'source') as n_as_source,
        count(*) filter (side = 'target') as n_as_target,
        avg(goldstein) filter (side = 'source') as goldstein_as_source,
        avg(goldstein) filter (side = 'target') as goldstein_as_target,
        min(first_day) as first_day,
        max(last_day) as last_day
    from sided
    where actor_code is not null
    group by actor_code
)

select
    c.actor_code,
    c.country_code,
    c.roles,
    n.name as usual_name,
    c.n_as_source,
    c.n_as_target,
    c.goldstein_as_source,
    c.goldstein_as_target,
    p.partner as usual_partner,
    r.root_code as usual_root,
    c.first_day,
    c.last_day
from counted as c
left join names as n using (actor_code)
left join partners as p using (actor_code)
left join roots as r using (actor_code)
order by c.n_as_source + c.n_as_target desc, c.actor_code
