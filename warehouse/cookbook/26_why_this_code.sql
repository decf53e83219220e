-- Why this code: the rows of the coding tables behind the mentions, with their own examples.
with
fired as (
    select unnest(string_split(rule_rows, ';')) as id, count(*) as n_mentions
    from core_event_mention
    where rule_rows is not null
    group by 1
)

select f.id, f.n_mentions, p.lemma, p.code, p.act, p.example
from fired as f
left join lex_predicate as p using (id)
order by f.n_mentions desc, f.id
limit 50
