-- Profile of the actors: what they do, what is done to them, with whom.
select actor_code, usual_name, n_as_source, n_as_target, round(goldstein_as_source, 2) as does,
    round(goldstein_as_target, 2) as suffers, usual_partner, usual_root
from mart_actor
order by n_as_source + n_as_target desc, actor_code
limit 30
