"""What finds the paths of a trace: a case's own tables here, a server in server_paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sousveil.ask.paths import Path, best_paths, nearest_reached
from sousveil.ask.trace_graph import TraceGraph, Wanted, open_graph
from sousveil.graph.case_words import CaseWords


class PathFinder(Protocol):
    """Finds paths between things (IRIs); every finder finds the same ones in the same order."""

    def paths(
        self,
        wanted: Wanted,
        start: str,
        end: str,
        *,
        most: int,
        hops: int,
        via: Sequence[str] = (),
    ) -> list[Path]:
        """Return up to `most` paths of at most `hops` hops, cheapest first, then by hops and names.

        Args:
            via: things that every path must pass.
        """
        ...

    def degree(self, wanted: Wanted, thing: str) -> int:
        """Return how many other things wanted claims join a thing to."""
        ...

    def reached(self, wanted: Wanted, start: str, end: str, hops: int) -> list[str]:
        """Return what wanted claims lead to from the start, the end left out, farthest first."""
        ...


class TablePaths:
    """Finds paths in the claim tables of a case."""

    def __init__(self, words: CaseWords) -> None:
        self._words = words
        self._graphs: dict[Wanted, TraceGraph] = {}

    def _graph(self, wanted: Wanted) -> TraceGraph:
        if wanted not in self._graphs:
            self._graphs[wanted] = open_graph(self._words, wanted)
        return self._graphs[wanted]

    def paths(
        self,
        wanted: Wanted,
        start: str,
        end: str,
        *,
        most: int,
        hops: int,
        via: Sequence[str] = (),
    ) -> list[Path]:
        """Return the best paths (see PathFinder)."""
        return best_paths(self._graph(wanted), start, end, most=most, hops=hops, via=via)

    def degree(self, wanted: Wanted, thing: str) -> int:
        """Return how many other things wanted claims join a thing to."""
        return self._graph(wanted).degrees.get(thing, 0)

    def reached(self, wanted: Wanted, start: str, end: str, hops: int) -> list[str]:
        """Return what wanted claims lead to from the start (see PathFinder)."""
        return nearest_reached(self._graph(wanted), start, end, hops)
