"""Analyses of a case: what each found, on which claims, and how it was computed.

Every row carries the claims that it stands on, with their evidence. Accepted claims only are
counted, unless all are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sousveil.ask.analysis_graph import (
    AnalysisGraph,
    Found,
    alike,
    analysis_graph,
    brokers,
    components,
    shared,
)
from sousveil.ask.analysis_same import same
from sousveil.ask.trace import STANDINGS
from sousveil.ask.trace_graph import Wanted
from sousveil.errors import OutsideError, UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.vocabulary.words import did_you_mean

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

ROWS = 20
HOPS = 2
TYPES = ("Agent",)
"""Of which class a thing must be to be listed, where nothing else is asked for."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An analysis: its words, and how many things it takes (None: any number)."""

    words: str
    least: int
    most: int | None
    run: Callable[[AnalysisGraph, Sequence[str], int], Found]


KINDS: dict[str, Kind] = {
    "shared": Kind(words="what two or more things are joined to in common", least=2, most=None,
                   run=shared),
    "brokers": Kind(words="who stands between the others", least=0, most=0, run=brokers),
    "components": Kind(words="which things hang together, and which do not", least=0, most=0,
                       run=components),
    "alike": Kind(words="who is not linked but has the most neighbours in common", least=0, most=1,
                  run=alike),
    "same": Kind(words="who else got the same: giver, benefit, programme, policy", least=1, most=1,
                 run=same),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AnalysisRow:
    """One result: its cells by column, the things that it is about (IRIs), and its claims."""

    cells: dict[str, str | int | float]
    things: tuple[str, ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What an analysis found. In Jupyter it shows itself as a table.

    Args:
        asked: the things that were named, in words.
        how: how it was computed, and what the numbers mean.
        claims_used: which claims were counted.
        size: how many things and links the graph had.
        columns: the names of the cells, in order.
        total: how many rows there are in all; `rows` may be fewer.
        stamp: what holds the case back, such as an embargo; its graph bears it.
    """

    kind: str
    title: str
    asked: tuple[str, ...]
    case_title: str
    how: str
    claims_used: str
    size: tuple[int, int]
    columns: tuple[str, ...]
    rows: tuple[AnalysisRow, ...]
    total: int
    as_of: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    stamp: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the analysis as plain data for JSON."""
        return {
            "analysis": self.kind,
            "title": self.title,
            "asked": list(self.asked),
            "case": self.case_title,
            "how": self.how,
            "claims": self.claims_used,
            "things": self.size[0],
            "links": self.size[1],
            "asOf": dict(self.as_of),
            "leftOut": list(self.left_out),
            "total": self.total,
            "columns": list(self.columns),
            "rows": [
                {
                    "cells": row.cells,
                    "things": list(row.things),
                    "claims": [claim.as_dict() for claim in row.claims],
                }
                for row in self.rows
            ],
        }

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas.DataFrame: the columns, and the ids of the claims of each row.

        Raises OutsideError where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise OutsideError("pandas is not installed; run `pip install pandas` first") from error
        rows = [{**row.cells, "claims": [claim.id for claim in row.claims]} for row in self.rows]
        return pd.DataFrame(rows, columns=[*self.columns, "claims"])

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the claims of all rows that join two things as a graph with the evidence."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(analysis=self.kind)
        if self.stamp:
            graph.graph["stamp"] = self.stamp
        for row in self.rows:
            for claim in row.claims:
                if claim.is_edge and claim.object:
                    graph.add_node(claim.subject, label=claim.subject_label)
                    graph.add_node(claim.object, label=claim.value)
                    graph.add_edge(claim.subject, claim.object, key=claim.id, **claim.as_dict())
        return graph

    def _repr_html_(self) -> str:
        from sousveil.ask.analysis_formats import analysis_html

        return analysis_html(self)


def check_kind(kind: str, things: Sequence[str]) -> Kind:
    """Return an analysis by name; raises UsageError, before a case is read."""
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"; there are: {', '.join(KINDS)}"
        raise UsageError(f"no analysis '{kind}'{hint}")
    known = KINDS[kind]
    if len(things) < known.least or (known.most is not None and len(things) > known.most):
        wanted = f"{known.least} or more" if known.most is None else f"at most {known.most}"
        wanted = f"{known.most}" if known.least == known.most else wanted
        raise UsageError(
            f"'{kind}' takes {wanted} thing{'' if wanted == '1' else 's'}, got {len(things)}"
        )
    return known


def analyse(
    words: CaseWords,
    kind: str,
    things: Sequence[str] = (),
    *,
    every: bool = False,
    types: Sequence[str] = TYPES,
    hops: int = HOPS,
    limit: int = ROWS,
    as_of: Mapping[str, str] | None = None,
    left_out: tuple[str, ...] = (),
    stamp: str = "",
) -> Analysis:
    """Analyse a case.

    Args:
        kind: one of KINDS.
        things: IRIs; how many, KINDS says.
        every: count alleged and contested claims too, not only accepted ones.
        types: classes, one of which a listed thing must be, or be below; none: any.
        hops: for `shared`, how far away what is shared may be.
        limit: how many rows are kept; `total` says how many there were.
        stamp: what holds the case back; see Analysis.

    Raises UsageError for an unknown kind or class, or a wrong number of things.
    """
    known = check_kind(kind, things)
    for name in types:
        if name not in words.vocabulary.classes:
            hint = did_you_mean(name, words.vocabulary.classes)
            raise UsageError(f"--type: no class '{name}'{hint}")
    if len(set(things)) < len(things):
        raise UsageError("the same thing is named twice")
    wanted = Wanted(standings=frozenset(STANDINGS) if every else frozenset())
    graph = analysis_graph(words, wanted, types)
    found = known.run(graph, things, hops)
    kept = found.rows[:limit]
    ids = {id_ for row in kept for id_ in row.claims}
    views = {view.id: view for view in words.claims(only=ids)}
    return Analysis(
        kind=kind,
        title=known.words,
        asked=tuple(words.labels[iri] for iri in things),
        case_title=words.tables.header.title,
        how=found.how,
        claims_used="every claim that is not retracted, contested ones too"
        if every
        else "accepted claims only",
        size=(graph.plain.number_of_nodes(), graph.links),
        columns=found.columns,
        rows=tuple(
            AnalysisRow(
                cells=dict(zip(found.columns, row.cells, strict=True)),
                things=row.things,
                claims=tuple(views[id_] for id_ in row.claims),
            )
            for row in kept
        ),
        total=len(found.rows),
        as_of=as_of or {},
        left_out=left_out,
        wider=_wider(every=every, types=types),
        stamp=stamp,
    )


def _wider(*, every: bool, types: Sequence[str]) -> tuple[str, ...]:
    """Return which conditions of a search kept things out of it."""
    found = [] if every else ["only accepted claims were counted; --all counts the others too"]
    if types:
        listed = " or ".join(types)
        found.append(f"only things of the class {listed} were listed; --type any lists all")
    return tuple(found)
