-- Marts whose events do not add up to those of core_event.
-- severity: blocking
with
actual as (
    select * from core_event where polarity = 'asserted' and modality = 'actual' and first_day is not null
),

totals as (
    select 'mart_day' as mart, (select coalesce(sum(n_events), 0) from mart_day) as found, (select count(*) from actual) as expected
    union all
    select 'mart_dyad_day', (select coalesce(sum(n_events), 0) from mart_dyad_day),
        (select count(*) from actual where source_country is not null and target_country is not null)
    union all
    select 'mart_dyad_month', (select coalesce(sum(n_events), 0) from mart_dyad_month),
        (select count(*) from actual where source_country is not null and target_country is not null)
    union all
    select 'mart_event', (select count(*) from mart_event), (select count(*) from core_event)
)

select * from totals where found != expected
