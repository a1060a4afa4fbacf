"""The Cypher of a trace on a server: how far it is, the best paths, and the claims of their hops.

A hop goes from a thing over a claim to another thing. Claims are read from their nodes and not from
direct relationships, which stand for accepted claims only; derived links and judgements are no
claims, so no path takes them. The texts are put together from the constants below, once for each
direction; what differs from one question to the next is a parameter:

    case, avoid, standings, relations   which claims may be used (see trace_graph.Wanted)
    hop, single, standingCosts          what they cost (see trace_graph.claim_cost)
"""

from __future__ import annotations

from dataclasses import dataclass

_USED = """claim.case = $case AND claim.kind = 'entity' AND claim.life = 'active'
    AND CASE WHEN size($standings) = 0 THEN claim.accepted ELSE claim.standing IN $standings END
    AND (size($relations) = 0 OR claim.relation IN $relations)"""
_COST = """$hop + $standingCosts[claim.standing]
    + CASE WHEN claim.originCount <= 1 THEN $single ELSE 0 END"""
_EITHER = "<-[:SUBJECT|OBJECT]-(claim:Claim)-[:SUBJECT|OBJECT]->"
_FORWARD = "<-[:SUBJECT]-(claim:Claim)-[:OBJECT]->"
_BACKWARD = "<-[:OBJECT]-(claim:Claim)-[:SUBJECT]->"

_COUNTED = f"""
CALL (thing) {{
  MATCH (thing){_EITHER}(next:Thing)
  WHERE next <> thing AND {_USED}
  RETURN count(DISTINCT next) AS degree
}}
"""
_DEGREE = f"""
MATCH (thing:Thing {{iri: $thing}})
{_COUNTED}
RETURN degree
"""

_REACH = """
UNWIND $front AS iri
MATCH (at:Thing {{iri: iri}})
MATCH (at){forward}(other:Thing)
WHERE other <> at AND NOT at.iri IN $avoid AND NOT other.iri IN $avoid AND {used}
RETURN DISTINCT other.iri AS thing
"""

# One hop back from things of which it is known what is left to pay from them to the end.
_LEFT = """
UNWIND $known AS known
MATCH (at:Thing {{iri: known[0]}})
MATCH (at){backward}(other:Thing)
WHERE other <> at AND other.iri <> $end AND NOT at.iri IN $avoid AND NOT other.iri IN $avoid
    AND ($spare IS NULL OR $near[other.iri] <= $spare)
    AND {used}
WITH other AS thing, min(known[1] + {cost}) AS left
{counted}
RETURN thing.iri AS thing, left, degree
"""

# A path ends at the end, or goes on to a thing from which the end is still within the hops, at no
# more than `most` in all. Parallel claims are one hop, at the cost of the strongest.
_FIRST = """
MATCH (at:Thing {iri: $start})
WITH [at.iri] AS names, at, 0 AS cost
"""
_ON = """
CALL (names, at, cost) {{
  UNWIND CASE WHEN at.iri = $end THEN [at] ELSE [] END AS next
  RETURN names AS further, next, cost AS paid
UNION ALL
  MATCH (at){forward}(other:Thing)
  WHERE at.iri <> $end AND NOT other.iri IN names
    AND $left[other.iri][$hops - size(names)] IS NOT NULL
    AND {used}
  WITH other AS next, min({cost}) AS paying
  WITH next, cost + paying + coalesce($hubs[next.iri], 0) AS paid
  WHERE paid + $left[next.iri][$hops - size(names)] <= $most
  RETURN names + [next.iri] AS further, next, paid
}}
WITH further AS names, next AS at, paid AS cost
"""
_LAST = """
WHERE at.iri = $end AND ALL(thing IN $via WHERE thing IN names)
RETURN names, cost
ORDER BY cost, size(names), names LIMIT $paths
"""

_CLAIMS = """
UNWIND $pairs AS pair
MATCH (one:Thing {{iri: pair[0]}})
MATCH (other:Thing {{iri: pair[1]}})
MATCH (one){named}(other)
WHERE {used}
RETURN pair[0] AS start, pair[1] AS end, claim.id AS id, claim.relation AS relation,
    type(link) = 'SUBJECT' AS forward, {cost} AS cost
ORDER BY start, end, cost, id
"""


@dataclass(frozen=True, kw_only=True)
class PathCypher:
    """The queries of one direction, as texts.

    degree: $thing -> degree: how many things it is joined to.
    reach: $front -> thing: what is one hop on.
    left: $known (pairs of thing and what is left to pay once there), $end, $near, $spare (things
        farther from the start than that many hops are left out; null: none) -> thing, left, degree.
    claims: $pairs -> start, end, id, relation, forward, cost: the claims of each pair.
    """

    degree: str
    reach: str
    left: str
    claims: str
    on: str

    def paths(self, hops: int) -> str:
        """Return the query for paths of at most so many hops: one step of it for each.

        It takes $start, $end, $via, $hops, $left (of each thing, the least cost from it to the end
        within 0, 1, 2 ... hops, null where it is farther), $hubs (what passing a thing costs),
        $most (the highest cost) and $paths (how many), and gives names and cost, in order.
        """
        return _FIRST + self.on * hops + _LAST


def path_cypher(*, directed: bool) -> PathCypher:
    """Return the queries that ignore direction, or keep it."""
    forward, backward = (_FORWARD, _BACKWARD) if directed else (_EITHER, _EITHER)
    named = forward.replace("<-[:", "<-[link:")
    return PathCypher(
        degree=_DEGREE,
        reach=_REACH.format(forward=forward, used=_USED),
        left=_LEFT.format(backward=backward, used=_USED, cost=_COST, counted=_COUNTED),
        claims=_CLAIMS.format(named=named, used=_USED, cost=_COST),
        on=_ON.format(forward=forward, used=_USED, cost=_COST),
    )
