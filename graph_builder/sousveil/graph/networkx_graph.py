"""A case as a networkx.MultiDiGraph with the evidence on its edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

import networkx as nx

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView, GapView

View = TypeVar("View", ClaimView, GapView)


def networkx_graph(words: CaseWords) -> nx.MultiDiGraph[str]:
    """Return every unretracted claim of a case as a graph.

    Nodes are IRIs with `label`, `type`, `facts` (claims whose value is no node, as dicts) and
    `gaps`; a claim whose value is an entity or a term is an edge, keyed by its claim id, with the
    fields of ClaimView (`verb`, `standing`, `accepted`, `evidence` ...) as attributes. Only what
    has a claim or a gap is a node.
    """
    claims = words.claims()
    gaps = words.gaps()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(case=words.tables.header.base)
    facts, silent = _by_subject(claims), _by_subject(gaps)
    for node in sorted(_nodes(claims) | {gap.subject for gap in gaps}):
        graph.add_node(
            node,
            label=words.labels[node],
            type=words.types.get(node, "Concept"),
            facts=[c.as_dict() for c in facts[node] if not c.is_edge],
            gaps=[
                {"relation": g.relation, "source": g.source_label, "passage": g.passage}
                for g in silent[node]
            ],
        )
    for claim in claims:
        if claim.is_edge and claim.object:
            attributes: dict[str, Any] = claim.as_dict()
            graph.add_edge(claim.subject, claim.object, key=claim.id, **attributes)
    return graph


def _by_subject(views: Iterable[View]) -> defaultdict[str, list[View]]:
    found: defaultdict[str, list[View]] = defaultdict(list)
    for view in views:
        found[view.subject].append(view)
    return found


def _nodes(claims: list[ClaimView]) -> set[str]:
    subjects = {claim.subject for claim in claims}
    return subjects | {claim.object for claim in claims if claim.is_edge and claim.object}
