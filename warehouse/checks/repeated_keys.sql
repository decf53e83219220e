-- Keys that name more than one row.
-- severity: blocking
select 'raw_article' as table_name, article_id as id, count(*) as n from raw_article group by all having count(*) > 1
union all
select 'core_sentence' as table_name, sentence_id as id, count(*) as n from core_sentence group by all having count(*) > 1
union all
select 'core_date_mention' as table_name, date_mention_id as id, count(*) as n from core_date_mention group by all having count(*) > 1
union all
select 'core_actor_mention' as table_name, actor_mention_id as id, count(*) as n from core_actor_mention group by all having count(*) > 1
union all
select 'core_event_mention' as table_name, event_mention_id as id, count(*) as n from core_event_mention group by all having count(*) > 1
union all
select 'core_event' as table_name, event_id as id, count(*) as n from core_event group by all having count(*) > 1
union all
select 'core_article_signature' as table_name, article_id as id, count(*) as n from core_article_signature group by all having count(*) > 1
union all
select 'core_quarantine' as table_name, quarantine_id as id, count(*) as n from core_quarantine group by all having count(*) > 1
