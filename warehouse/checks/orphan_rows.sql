-- Rows of articles that are not in the warehouse.
-- severity: blocking
select 'core_sentence' as table_name, sentence_id as id, article_id from core_sentence anti join raw_article using (article_id)
union all
select 'core_date_mention' as table_name, date_mention_id as id, article_id from core_date_mention anti join raw_article using (article_id)
union all
select 'core_actor_mention' as table_name, actor_mention_id as id, article_id from core_actor_mention anti join raw_article using (article_id)
union all
select 'core_event_mention' as table_name, event_mention_id as id, article_id from core_event_mention anti join raw_article using (article_id)
union all
select 'core_article_signature' as table_name, article_id as id, article_id from core_article_signature anti join raw_article using (article_id)
union all
select 'core_event_mention sentence', event_mention_id, article_id from core_event_mention anti join core_sentence using (sentence_id)
