-- Articles without a publication day: their undated events have no day either.
-- severity: warning
select article_id, source, title from raw_article where published_day is null
