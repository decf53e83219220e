-- Predicate rows that no mention used: candidates for a better example, or for removal.
select p.id, p.lemma, p.code, p.example
from lex_predicate as p
where p.code != 'none'
    and not exists (select 1 from core_event_mention as m where list_contains(string_split(m.rule_rows, ';'), p.id))
order by p.id
