-- Publishers that gave less than a third of their usual number of articles in the last seven days.
-- severity: warning
with
newest as (
    select max(published_day) as day from raw_article
),

counted as (
    select
        a.source,
        count(*) filter (a.published_day > n.day - 7) as n_last_week,
        count(*) filter (a.published_day <= n.day - 7) / 4 as n_usual_week
    from raw_article as a
    cross join newest as n
    where a.published_day > n.day - 35
    group by a.source
)

select * from counted where n_usual_week >= 5 and n_last_week < n_usual_week / 3
