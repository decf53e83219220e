-- Which event each mention belongs to.
-- 1. A mention that a copy of an article repeats takes the days of the first telling ("today" moves with the copy).
-- 2. Mentions with the same two sides, root, days, polarity and modality are candidates for one event. Where a side is
--    unknown, only the same code in one article or its copies can tell the same event: `the ministry said` is said often.
-- 3. Among these, different role codes or places keep events apart; a mention that names none joins the only one there is.
with
mention as (
    select
        m.event_mention_id,
        m.article_id,
        coalesce(c.copy_of, m.article_id) as story_id,
        m.trigger_start,
        m.trigger_text,
        m.code,
        m.root_code,
        m.source_code,
        m.target_code,
        m.source_roles,
        m.target_roles,
        -- Above states the code says too little (IGO is the UN and the EU): the name is the side.
        case when m.source_country in ('IGO', 'IMG', 'NGO', 'INT') then m.source_country || coalesce(m.source_name, '')
            else coalesce(m.source_country, m.source_code) end as source_key,
        case when m.target_country in ('IGO', 'IMG', 'NGO', 'INT') then m.target_country || coalesce(m.target_name, '')
            else coalesce(m.target_country, m.target_code) end as target_key,
        m.first_day,
        m.last_day,
        m.date_text,
        m.place_text,
        coalesce(m.polarity, 'asserted') as polarity,
        coalesce(m.modality, 'actual') as modality,
        coalesce(a.published_day, date '9999-12-31') as published_day
    from core_event_mention as m
    inner join raw_article as a using (article_id)
    left join core_article_copy as c using (article_id)
),

dated as (
    select
        * exclude (first_day, last_day),
        first_value(first_day) over telling as first_day,
        first_value(last_day) over telling as last_day
    from mention
    window telling as (
        partition by hash(story_id, source_code, target_code, code, trigger_text, place_text, date_text, polarity, modality)
        order by published_day, article_id, trigger_start, event_mention_id
    )
),

keyed as (
    select
        * exclude (first_day, last_day),
        hash(
            source_key, target_key, root_code, first_day, last_day, polarity, modality,
            case when source_key is null or target_key is null then code end,
            case when source_key is null or target_key is null then story_id end
        ) as happening
    from dated
),

split as (
    select
        *,
        case when min(if(source_roles is null, null, source_code)) over same = max(if(source_roles is null, null, source_code)) over same
            then '' else coalesce(source_code, '') end as source_part,
        case when min(if(target_roles is null, null, target_code)) over same = max(if(target_roles is null, null, target_code)) over same
            then '' else coalesce(target_code, '') end as target_part,
        case when min(place_text) over same = max(place_text) over same
            then '' else coalesce(place_text, '') end as place_part
    from keyed
    window same as (partition by happening)
),

linked as (
    select
        event_mention_id,
        article_id,
        story_id,
        first_value(event_mention_id) over told as event_id,
        first_value(article_id) over told as first_article_id,
        first_value(story_id) over told as first_story_id
    from split
    window told as (
        partition by happening, hash(source_part, target_part, place_part)
        order by published_day, article_id, trigger_start, event_mention_id
    )
)

select
    event_mention_id,
    article_id,
    story_id,
    event_id,
    nullif(event_id, event_mention_id) as is_duplicate_of,
    case
        when event_id = event_mention_id then null
        when article_id = first_article_id then 'repeat'
        when story_id = first_story_id then 'copy'
        else 'report'
    end as duplicate_reason
from linked
