-- Events by root.
select root_code, min(quad_class) as quad, count(*) as n from chosen group by root_code order by root_code
