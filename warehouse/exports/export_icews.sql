-- Events by story in the 20 columns of ICEWS; repeats in one story and copies of a story are left out. Event ID is the same in all stories of an event.
with
sectors as (
    -- One row per combination of roles: 'GOV;MIL' is 'Government, Military'.
    select
        p.roles,
        string_agg(d.icews_sector, ', ' order by p.n) as sectors
    from (
        select roles, unnest(string_split(roles, ';')) as role, generate_subscripts(string_split(roles, ';'), 1) as n
        from (select source_roles as roles from core_event_mention union select target_roles from core_event_mention)
    ) as p
    inner join dim_role as d using (role)
    group by p.roles
)

select
    (md5_number_lower(m.event_id) >> 1)::bigint as "Event ID",
    m.first_day as "Event Date",
    coalesce(m.source_name, m.source_text) as "Source Name",
    x.sectors as "Source Sectors",
    c1.name_en as "Source Country",
    d.name as "Event Text",
    m.code as "CAMEO Code",
    m.goldstein as "Intensity",
    coalesce(m.target_name, m.target_text) as "Target Name",
    y.sectors as "Target Sectors",
    c2.name_en as "Target Country",
    (md5_number_lower(m.article_id) >> 1)::bigint as "Story ID",
    (s.position + 1)::integer as "Sentence Number",
    coalesce(a.outlet, a.source) as "Publisher",
    m.place_text as "City",
    null::varchar as "District",
    null::varchar as "Province",
    g.name_en as "Country",
    m.place_lat as "Latitude",
    m.place_lon as "Longitude"
from core_event_mention as m
inner join raw_article as a on m.article_id = a.article_id
left join core_sentence as s on m.sentence_id = s.sentence_id
left join dim_cameo_code as d on m.code = d.code
left join dim_country as c1 on m.source_country = c1.country_code
left join dim_country as c2 on m.target_country = c2.country_code
left join dim_country as g on m.place_country = g.country_code
left join sectors as x on m.source_roles = x.roles
left join sectors as y on m.target_roles = y.roles
where coalesce(m.polarity, 'asserted') = 'asserted' and coalesce(m.modality, 'actual') = 'actual'
    and coalesce(m.duplicate_reason, 'report') = 'report'
