"""Analyses on networkx: shared connections, brokers, components, common neighbours.

Two things are joined where a counted claim has one as its subject and the other as its value; all
claims between two things are one link, as strong as the strongest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from sousveil.ask.paths import Path, best_paths
from sousveil.ask.trace_graph import HOP, TraceGraph, Wanted, open_graph
from sousveil.graph.case_words import CaseWords
from sousveil.vocabulary.words import counted

MOST_EXACT = 1_000
SAMPLE = 100
"""In a graph of more things than the first number, betweenness is estimated from the best paths
that start at so many of them, chosen by a seed."""
_SEED = 7
_NAMED = 12
_HUBS = (
    "a link costs more where its claims are weaker or of a single origin, and passing through what "
    "many things are joined to costs more, as in `trace`"
)
_DIRECT = (
    "a link is a claim of one of the two about the other; derived links are not counted, nor what "
    "a group has for its body"
)


@dataclass(frozen=True, kw_only=True)
class FoundRow:
    """A result: its cells in the order of the columns, things (IRIs) and claims (ids)."""

    cells: tuple[str | int | float, ...]
    things: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """All rows of an analysis, the first first, and how they were computed."""

    how: str
    columns: tuple[str, ...]
    rows: list[FoundRow]


@dataclass(frozen=True, kw_only=True)
class AnalysisGraph:
    """The graph of a case: for paths, and as a networkx.Graph of the same links.

    `listed` are the things that a result may name; `kinds` says of which classes they are.
    """

    words: CaseWords
    wanted: Wanted
    trace: TraceGraph
    plain: nx.Graph[str]
    listed: frozenset[str]
    kinds: str

    @property
    def links(self) -> int:
        """How many pairs of things are joined."""
        return self.plain.number_of_edges()

    def claims(self, one: str, other: str) -> tuple[str, ...]:
        """Return the claims that join two things, the strongest first."""
        edges = self.trace.forward.get(one, {}).get(other, ())
        return tuple(edge.id for edge in sorted(edges, key=lambda edge: (edge.cost, edge.id)))

    def label(self, iri: str) -> str:
        """Return how a thing is called."""
        return self.words.labels[iri]

    def type(self, iri: str) -> str:
        """Return the class of a thing."""
        return self.words.types.get(iri, "Concept")


def analysis_graph(words: CaseWords, wanted: Wanted, types: Sequence[str]) -> AnalysisGraph:
    """Return the graph of a case's counted claims; `types` are the classes that may be listed."""
    trace = open_graph(words, wanted)
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(trace.forward))
    for one in sorted(trace.forward):
        for other in sorted(trace.forward[one]):
            if one < other:
                # Half a hub's cost on either side is the whole of it on a way through.
                hubs = trace.hub_cost(one) + trace.hub_cost(other)
                cost = 2 * trace.hop_cost(trace.forward[one][other]) + hubs
                plain.add_edge(one, other, cost=cost)
    listed = frozenset(
        iri
        for iri in plain
        if not types or words.vocabulary.is_a(words.types.get(iri, "Concept"), tuple(types))
    )
    kinds = " or ".join(types) if types else "any class"
    return AnalysisGraph(
        words=words, wanted=wanted, trace=trace, plain=plain, listed=listed, kinds=kinds
    )


def shared(graph: AnalysisGraph, things: Sequence[str], hops: int) -> Found:
    """Return what all of the things are joined to, within a number of hops; the nearest first."""
    near = [
        set(nx.single_source_shortest_path_length(graph.plain, thing, cutoff=hops))
        if thing in graph.plain
        else set()
        for thing in things
    ]
    rows: list[tuple[int, FoundRow]] = []
    for other in sorted(set.intersection(*near) - set(things)):
        if other not in graph.listed and hops > 1:
            continue
        paths: list[Path] = []
        for thing in things:
            paths += best_paths(graph.trace, thing, other, most=1, hops=hops)
        cost = sum(path.cost for path in paths)
        row = FoundRow(
            cells=(
                graph.label(other),
                graph.type(other),
                round(cost / HOP, 2),
                "; ".join(" - ".join(map(graph.label, path.things)) for path in paths),
            ),
            things=(other, *dict.fromkeys(t for path in paths for t in path.things)),
            claims=_once(edge.id for path in paths for hop in path.hops for edge in hop),
        )
        rows.append((cost, row))
    rows.sort(key=lambda found: (found[0], found[1].cells, found[1].things))
    listed = "" if hops == 1 else f", things of {graph.kinds} only"
    return Found(
        how=f"what each of the things leads to within {counted(hops, 'hop')}{listed}; `cost` is "
        f"that of the best path from each, in hops: {_HUBS}; {_DIRECT}",
        columns=("thing", "type", "cost", "paths"),
        rows=[row for _, row in rows],
    )


def brokers(graph: AnalysisGraph, things: Sequence[str], hops: int) -> Found:
    """Return things by the share of best paths between others that pass through them."""
    del things, hops
    many = graph.plain.number_of_nodes()
    sample = SAMPLE if many > MOST_EXACT else None
    scores = nx.betweenness_centrality(graph.plain, k=sample, weight="cost", seed=_SEED)
    rows = []
    for iri in sorted(graph.listed, key=lambda i: (-round(scores[i], 6), i)):
        share = round(100 * scores[iri], 2)
        if share <= 0:
            break
        near = sorted(graph.plain[iri], key=lambda o: (graph.plain[iri][o]["cost"], o))
        rows.append(
            FoundRow(
                cells=(
                    graph.label(iri),
                    graph.type(iri),
                    share,
                    len(near),
                ),
                things=(iri,),
                claims=_once(id_ for other in near for id_ in graph.claims(iri, other)),
            )
        )
    estimate = f"; estimated from {sample} things, seed {_SEED}" if sample else ""
    return Found(
        how="betweenness centrality (Brandes 2001, networkx): of 100 pairs of other things, the "
        f"best path between so many passes through the thing; {_HUBS}; pairs that nothing joins "
        f"count as not passing{estimate}; things of {graph.kinds} are listed. It says who stands "
        "between in what this case holds, not who has power",
        columns=("thing", "type", "betweenness %", "neighbours"),
        rows=rows,
    )


def components(graph: AnalysisGraph, things: Sequence[str], hops: int) -> Found:
    """Return the groups of things that links join, the largest first."""
    del things, hops
    rows = []
    groups = sorted(map(sorted, nx.connected_components(graph.plain)), key=lambda g: (-len(g), g))
    for number, group in enumerate(groups, start=1):
        pairs = sorted(graph.plain.subgraph(group).edges)
        ranked = sorted(group, key=lambda iri: (-graph.plain.degree[iri], iri))
        names = [graph.label(iri) for iri in ranked[:_NAMED]]
        more = f" and {len(group) - _NAMED} more" if len(group) > _NAMED else ""
        rows.append(
            FoundRow(
                cells=(number, len(group), len(pairs), f"{'; '.join(names)}{more}"),
                things=tuple(group),
                claims=_once(id_ for one, other in pairs for id_ in graph.claims(one, other)),
            )
        )
    return Found(
        how="connected components (networkx), direction ignored; things are named by how many "
        "links they have, the most first. That two groups are not joined means that no counted "
        "claim of this case joins them",
        columns=("component", "things", "links", "members"),
        rows=rows,
    )


def alike(graph: AnalysisGraph, things: Sequence[str], hops: int) -> Found:
    """Return pairs without a link between them by the neighbours they have in common."""
    del hops
    of = sorted(set(things) & set(graph.plain)) if things else sorted(graph.listed)
    pairs = set()
    for one in of:
        for middle in graph.plain[one]:
            for other in graph.plain[middle]:
                if other != one and other in graph.listed and other not in graph.plain[one]:
                    pairs.add((one, other) if things or one < other else (other, one))
    rows = []
    for one, other, score in nx.adamic_adar_index(graph.plain, sorted(pairs)):
        middles = sorted(nx.common_neighbors(graph.plain, one, other))
        middles.sort(key=lambda iri: (graph.plain.degree[iri], iri))
        rows.append(
            FoundRow(
                cells=(
                    graph.label(one),
                    graph.label(other),
                    round(score, 3),
                    len(middles),
                    "; ".join(f"{graph.label(m)} ({graph.plain.degree[m]})" for m in middles),
                ),
                things=(one, other, *middles),
                claims=_once(
                    id_ for m in middles for end in (one, other) for id_ in graph.claims(end, m)
                ),
            )
        )
    rows.sort(key=lambda row: (-float(row.cells[2]), row.things))
    return Found(
        how="Adamic-Adar index (2003, networkx): the sum of 1 / ln(links) over the neighbours in "
        "common, so that a rare neighbour (links in brackets) counts more than a hub; pairs that "
        f"are linked are left out; {_DIRECT}; things of {graph.kinds} are listed. It is a lead, no "
        "finding",
        columns=("thing", "other", "score", "in common", "neighbours"),
        rows=rows,
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
