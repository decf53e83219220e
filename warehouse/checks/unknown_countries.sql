-- Countries of actors and places that dim_country does not know.
-- severity: warning
with
countries as (
    select country_code, actor_mention_id as example from core_actor_mention
    union all
    select source_country, event_mention_id from core_event_mention
    union all
    select target_country, event_mention_id from core_event_mention
    union all
    select place_country, event_mention_id from core_event_mention
)

select country_code, count(*) as n, min(example) as example
from countries
anti join dim_country using (country_code)
where country_code is not null
group by country_code
