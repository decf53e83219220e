-- Pairs of articles within a week of each other that share at least 0.7 of their shingles.
with
bands as (
    select
        s.article_id,
        a.published_day,
        band.n as band,
        hash(s.signature[4 * band.n + 1 : 4 * band.n + 4]) as value
    from core_article_signature as s
    inner join raw_article as a using (article_id)
    cross join range(16) as band (n)
    where s.signature is not null
),

-- In a bucket each article is paired with the one before it and with the first one.
neighbours as (
    select
        article_id,
        lag(article_id) over bucket as before_id,
        first_value(article_id) over bucket as first_id
    from bands
    window bucket as (partition by band, value order by published_day nulls last, article_id)
    qualify count(*) over (partition by band, value) > 1
),

candidates as (
    select article_id, before_id as other_id from neighbours where before_id is not null
    union
    select article_id, first_id as other_id from neighbours where first_id != article_id
),

compared as (
    select
        c.article_id,
        c.other_id,
        list_sum(list_transform(range(1, 65), lambda i: (one.signature[i] = other.signature[i])::int)) / 64 as similarity,
        a.published_day,
        b.published_day as other_day
    from candidates as c
    inner join core_article_signature as one on c.article_id = one.article_id
    inner join core_article_signature as other on c.other_id = other.article_id
    inner join raw_article as a on c.article_id = a.article_id
    inner join raw_article as b on c.other_id = b.article_id
    where abs(coalesce(a.published_day - b.published_day, 0)) <= 7
)

select * from compared where similarity >= 0.7 order by all
