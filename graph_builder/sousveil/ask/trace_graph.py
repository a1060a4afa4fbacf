"""The graph that paths are looked for in: things joined by claims, each claim with its cost.

Built from the claim tables or from a networkx graph of the case; terms are no nodes, since that
two things bear the same term joins nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sousveil.ledger.tables import ClaimTables

if TYPE_CHECKING:
    import networkx as nx

    from sousveil.graph.case_words import CaseWords

HOP = 100
"""What any hop costs; the rest is added to it. Costs are whole numbers, so that no machine or
engine rounds them differently."""
STANDING_COSTS = {
    "documented": 0,
    "reported": 20,
    "alleged": 80,
    "conflicting": 120,
    "disputed": 150,
    "denied": 200,
    "retracted": 400,
}
"""How much weaker than a document each standing is."""
SINGLE_ORIGIN = 10
"""What a claim costs more that one origin alone supports."""
HUBS = ((20, 40), (50, 80), (100, 120), (500, 160), (2_000, 200))
"""Passing through a thing with more neighbours than the first number costs the second one: a path
through what everybody is joined to explains little."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """A claim that joins two things, as far as finding paths needs it."""

    id: str
    subject: str
    object: str
    relation: str
    cost: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which claims a path may use.

    Args:
        standings: words such as documented; empty for what is accepted.
        relations: labels of relations; empty for all.
        directed: only from subject to object.
        avoid: things that a path may not pass.
    """

    standings: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    directed: bool = False
    avoid: frozenset[str] = frozenset()

    def takes(self, standing: str, relation: str, *, accepted: bool) -> bool:
        """Tell whether a claim may be used."""
        if self.relations and relation not in self.relations:
            return False
        return standing in self.standings if self.standings else accepted


Neighbours = Mapping[str, Mapping[str, list[Edge]]]


@dataclass(frozen=True, kw_only=True)
class TraceGraph:
    """Things and the claims between them; `backward` is `forward` where direction is ignored."""

    forward: dict[str, dict[str, list[Edge]]] = field(default_factory=dict)
    backward: dict[str, dict[str, list[Edge]]] = field(default_factory=dict)
    degrees: dict[str, int] = field(default_factory=dict)

    def hub_cost(self, thing: str) -> int:
        """Return what passing through a thing costs."""
        return hub_cost(self.degrees.get(thing, 0))

    def hop_cost(self, edges: Collection[Edge]) -> int:
        """Return the cost of a hop: that of its strongest claim."""
        return min(edge.cost for edge in edges)


def hub_cost(degree: int) -> int:
    """Return what passing through a thing costs that is joined to so many others."""
    return next((cost for most, cost in reversed(HUBS) if degree > most), 0)


def claim_cost(standing: str, origins: int) -> int:
    """Return what a hop along a claim costs."""
    return HOP + STANDING_COSTS[standing] + (SINGLE_ORIGIN if origins <= 1 else 0)


_EDGES = """
SELECT c.id, c.subject, c.object, c.predicate, s.standing, s.accepted, coalesce(o.origins, 0)
FROM claim c JOIN standing s ON s.claim = c.id
LEFT JOIN (SELECT claim, count(DISTINCT origin) AS origins FROM origin GROUP BY claim) o
    ON o.claim = c.id
WHERE c.kind = 'entity' AND c.subject <> c.object AND s.life = 'active'
ORDER BY c.id
"""


def open_graph(words: CaseWords, wanted: Wanted) -> TraceGraph:
    """Return the graph of a case's claims that paths are looked for in."""
    labels = {r.iri: r.label for r in words.vocabulary.relations.values()}
    return trace_graph(words.tables, labels, wanted)


def trace_graph(tables: ClaimTables, labels: Mapping[str, str], wanted: Wanted) -> TraceGraph:
    """Return the graph of a case's claims; `labels` gives a relation's label by its IRI."""
    rows = (
        (id_, subject, object_, labels[predicate], standing, accepted, origins)
        for id_, subject, object_, predicate, standing, accepted, origins in tables.query(_EDGES)
    )
    return _graph(rows, wanted)


def trace_graph_of(graph: nx.MultiDiGraph[str], wanted: Wanted) -> TraceGraph:
    """Return the graph of a case's networkx graph (see graph.networkx_graph)."""
    rows = (
        (
            str(key),
            subject,
            object_,
            str(about["relation"]),
            str(about["standing"]),
            bool(about["accepted"]),
            len(about["origins"]),
        )
        for subject, object_, key, about in graph.edges(keys=True, data=True)
        if about["kind"] == "entity" and subject != object_
    )
    return _graph(sorted(rows), wanted)


def _graph(
    rows: Iterator[tuple[str, str, str, str, str, bool, int]]
    | list[tuple[str, str, str, str, str, bool, int]],
    wanted: Wanted,
) -> TraceGraph:
    forward: dict[str, dict[str, list[Edge]]] = {}
    backward: dict[str, dict[str, list[Edge]]] = {} if wanted.directed else forward
    both: dict[str, set[str]] = {}
    for id_, subject, object_, relation, standing, accepted, origins in rows:
        if not wanted.takes(standing, relation, accepted=accepted):
            continue
        both.setdefault(subject, set()).add(object_)
        both.setdefault(object_, set()).add(subject)
        if subject in wanted.avoid or object_ in wanted.avoid:
            continue
        edge = Edge(
            id=id_,
            subject=subject,
            object=object_,
            relation=relation,
            cost=claim_cost(standing, origins),
        )
        forward.setdefault(subject, {}).setdefault(object_, []).append(edge)
        backward.setdefault(object_, {}).setdefault(subject, []).append(edge)
    return TraceGraph(
        forward=forward,
        backward=backward,
        degrees={thing: len(others) for thing, others in both.items()},
    )
