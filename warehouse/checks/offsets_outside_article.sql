-- Spans that begin before the text, end before they begin, or end after the text.
-- severity: blocking
with
spans as (
    select article_id, sentence_id as id, start as first, "end" as last, "end" as furthest from core_sentence
    union all
    select article_id, date_mention_id, start, "end", "end" from core_date_mention
    union all
    select article_id, actor_mention_id, start, "end", "end" from core_actor_mention
    union all
    -- One row for all spans of an event: the first that is turned round, the first beginning, the last end.
    select
        article_id,
        event_mention_id,
        case
            when trigger_end <= trigger_start or source_end <= source_start or target_end <= target_start
                or date_end <= date_start or place_end <= place_start or attributed_end <= attributed_start
                then -1
            else least(trigger_start, source_start, target_start, date_start, place_start, attributed_start)
        end,
        trigger_end,
        greatest(trigger_end, source_end, target_end, date_end, place_end, attributed_end)
    from core_event_mention
),

ends as (
    select article_id, max(furthest) as furthest from spans group by article_id
),

short as (
    select e.article_id, length(a.text) as n_characters
    from ends as e
    inner join fresh_article as a using (article_id)
    where e.furthest > length(a.text)
)

select s.article_id, s.id, s.first, s.furthest as last, n_characters
from spans as s
semi join fresh_article as f on s.article_id = f.article_id
left join short using (article_id)
where s.first < 0 or s.last <= s.first or s.furthest > n_characters
