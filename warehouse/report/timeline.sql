-- Events by day, week or month and quad class; value: the unit.
select
    date_trunc($1, first_day)::date as day,
    (date_trunc($1, first_day) + case $1 when 'day' then interval 0 day when 'week' then interval 6 day
        else interval 1 month - interval 1 day end)::date as last_day,
    quad_class as quad,
    count(*) as n
from chosen
group by all
order by day, quad
