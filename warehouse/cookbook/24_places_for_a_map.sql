-- Places with coordinates and counts, for a map.
select place_text, place_country, place_lat, place_lon, count(*) as n_events,
    count(*) filter (quad_class = 4) as n_material_conflict
from core_event
where place_lat is not null and polarity = 'asserted' and modality = 'actual'
group by all
order by n_events desc
