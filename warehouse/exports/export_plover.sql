-- Events in the 40 columns of POLECAT (PLOVER types of 2021; CAMEO roots 01 and 02 have no PLOVER type and are left out).
with
parties as (
    select
        article_id,
        string_agg(distinct name, ';' order by name) filter (kind = 'person') as people,
        string_agg(distinct name, ';' order by name) filter (kind in ('organization', 'group')) as organizations,
        string_agg(distinct name, ';' order by name) filter (kind = 'country') as locations
    from core_actor_mention
    group by article_id
)

select
    e.event_id as "Event ID",
    e.first_day as "Event Date",
    d.plover_type as "Event Type",
    d.plover_mode as "Event Mode",
    null::double as "Intensity",
    case when d.plover_type in ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE') then 1 when d.plover_type in ('COOPERATE', 'AID', 'RETREAT') then 2
        when d.plover_type in ('REQUEST', 'ACCUSE', 'REJECT', 'SANCTION', 'THREATEN') then 3 else 4 end as "Quad Code",
    d.plover_context as "Contexts",
    e.source_name as "Actor Name",
    e.source_country as "Actor Country",
    c_source.cow as "Actor COW",
    nullif(split_part(e.source_roles, ';', 1), '') as "Primary Actor Sector",
    e.source_roles as "Actor Sectors",
    null::varchar as "Actor Title",
    m.source_text as "Actor Name Raw",
    null::varchar as "Wikipedia Actor ID",
    e.target_name as "Recipient Name",
    e.target_country as "Recipient Country",
    c_target.cow as "Recipient COW",
    nullif(split_part(e.target_roles, ';', 1), '') as "Primary Recipient Sector",
    e.target_roles as "Recipient Sectors",
    null::varchar as "Recipient Title",
    m.target_text as "Recipient Name Raw",
    null::varchar as "Wikipedia Recipient ID",
    e.place_text as "Placename",
    null::varchar as "City",
    null::varchar as "District",
    null::varchar as "Province",
    e.place_country as "Country",
    e.place_lat as "Latitude",
    e.place_lon as "Longitude",
    null::bigint as "GeoNames ID",
    m.place_text as "Raw Placename",
    null::varchar as "Feature Type",
    coalesce(a.outlet, a.source) as "Source",
    a.published_day as "Publication Date",
    p.people as "Story People",
    p.organizations as "Story Organizations",
    p.locations as "Story Locations",
    a.language as "Language",
    m.code_version as "Version"
from core_event as e
inner join core_event_mention as m on e.event_id = m.event_mention_id
inner join raw_article as a on m.article_id = a.article_id
inner join dim_cameo_code as d on e.code = d.code
left join dim_country as c_source on e.source_country = c_source.country_code
left join dim_country as c_target on e.target_country = c_target.country_code
left join parties as p on m.article_id = p.article_id
where e.polarity = 'asserted' and e.modality = 'actual' and d.plover_type is not null
