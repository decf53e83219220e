-- Event mentions whose code is none of the 316 of CAMEO, or whose root, quad class or Goldstein value is not that of the code.
-- severity: blocking
select m.event_mention_id, m.code, m.root_code, m.quad_class, m.goldstein
from core_event_mention as m
left join dim_cameo_code as d using (code)
where d.code is null or m.root_code != d.root_code or m.quad_class != d.quad_class or m.goldstein != d.goldstein
