"""RDF as text, the same bytes on every machine: sorted N-Quads, grouped Turtle."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pyoxigraph as ox

from sousveil.graph.rdf_terms import ACCEPTED, DERIVED
from sousveil.vocabulary.namespaces import PREFIXES


class GraphName(StrEnum):
    """Which graph Turtle holds; it can hold one only."""

    CLAIMS = "claims"
    ACCEPTED = "accepted"
    DERIVED = "derived"


_NODES: dict[GraphName, ox.NamedNode | ox.DefaultGraph] = {
    GraphName.CLAIMS: ox.DefaultGraph(),
    GraphName.ACCEPTED: ACCEPTED,
    GraphName.DERIVED: DERIVED,
}


def nquads(quads: Iterable[ox.Quad], stamp: str | None = None) -> bytes:
    """Return all graphs as N-Quads, one line each, sorted by code point, none twice."""
    lines = sorted({f"{quad} .\n" for quad in quads})
    head = f"# {stamp}\n" if stamp else ""
    return (head + "".join(lines)).encode("utf-8")


def turtle(
    quads: Iterable[ox.Quad],
    base: str,
    graph: GraphName = GraphName.CLAIMS,
    stamp: str | None = None,
) -> bytes:
    """Return one graph as Turtle, sorted by subject, predicate and object."""
    wanted = _NODES[graph]
    triples = {q.triple for q in quads if q.graph_name == wanted}
    ordered = sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    body = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes={**PREFIXES, "case": base})
    head = f"# {stamp}\n".encode() if stamp else b""
    return head + (body or b"")
