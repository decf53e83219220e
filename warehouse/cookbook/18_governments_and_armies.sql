-- Who acts for a country: events by first role.
select
    source_country,
    coalesce(nullif(split_part(source_roles, ';', 1), ''), '(none)') as first_role,
    count(*) as n_events,
    round(avg(goldstein), 2) as goldstein_mean
from core_event
where source_country is not null and polarity = 'asserted' and modality = 'actual'
group by all
order by source_country, n_events desc
