-- Places with coordinates; value: how many.
select
    place_text as place,
    avg(place_lat) as lat,
    avg(place_lon) as lon,
    count(*) as n,
    count(*) filter (quad_class >= 3) as n_conflict,
    round(100 * count(*) filter (quad_class >= 3) / count(*))::integer as percent_conflict
from chosen
where place_lat is not null
group by place_text
order by n desc, place
limit $1
