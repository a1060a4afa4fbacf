"""The paths of a trace as a server finds them, in Cypher: those that the case's tables give.

Which things may lie on a path is found first, from both ends, with the least that is left to pay
from each (the bounds of paths.best_paths). One query then lists the paths below a cost, in order;
that cost is raised until there are enough of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from sousveil.ask.path_cypher import PathCypher, path_cypher
from sousveil.ask.paths import Path
from sousveil.ask.trace_graph import (
    HOP,
    HUBS,
    SINGLE_ORIGIN,
    STANDING_COSTS,
    Edge,
    Wanted,
    hub_cost,
)
from sousveil.errors import UsageError
from sousveil.stores.protocol import Found, Limits, TimedOut

SECONDS = 30.0
"""How long a server may look for paths, unless somebody says otherwise."""

_DEAREST_HOP = HOP + max(STANDING_COSTS.values()) + SINGLE_ORIGIN + HUBS[-1][1]


class CypherServer(Protocol):
    """A store that answers Cypher whose parameters may be lists and maps."""

    def read(self, text: str, parameters: Mapping[str, Any], limits: Limits) -> Found:
        """Answer a query; raises TimedOut at the limit of time."""
        ...


@dataclass(frozen=True, kw_only=True)
class _Way:
    """What lies between two things: of each thing the least cost to the end within n hops."""

    left: dict[str, list[int | None]]
    degrees: dict[str, int]
    best: int


class ServerPaths:
    """Finds paths in a case that a server holds.

    Args:
        case: the IRI of the case.
        seconds: how long all of it may take; UsageError is raised when that is over.
    """

    def __init__(self, server: CypherServer, case: str, *, seconds: float = SECONDS) -> None:
        self._server = server
        self._case = case
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

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
        """Return the best paths (see path_finders.PathFinder)."""
        cypher = path_cypher(directed=wanted.directed)
        way = self._way(cypher, wanted, start, end, hops)
        if way is None:
            return []
        if most == 1 and not via:
            # The cheapest way there is, is the path; of two the one with fewer hops.
            hops = way.left[start].index(way.best)
        text = cypher.paths(hops)
        given = {
            "start": start,
            "end": end,
            "hops": hops,
            "via": sorted(set(via) - {start, end}),
            "left": way.left,
            "hubs": {t: hub_cost(d) for t, d in way.degrees.items() if hub_cost(d)},
            "paths": most,
        }
        rows: tuple[dict[str, Any], ...] = ()
        for dearest in _costs(way.best, hops):
            rows = self._rows(text, wanted, most=dearest, **given)
            if len(rows) == most:
                break
        return self._with_claims(cypher, wanted, rows, way.degrees)

    def degree(self, wanted: Wanted, thing: str) -> int:
        """Return how many other things wanted claims join a thing to."""
        rows = self._rows(path_cypher(directed=False).degree, wanted, thing=thing)
        return int(rows[0]["degree"]) if rows else 0

    def reached(self, wanted: Wanted, start: str, end: str, hops: int) -> list[str]:
        """Return what wanted claims lead to from the start (see path_finders.PathFinder)."""
        near = self._near(path_cypher(directed=wanted.directed), wanted, start, hops)
        return sorted((t for t in near if t not in (start, end)), key=lambda t: (-near[t], t))

    def _near(self, cypher: PathCypher, wanted: Wanted, start: str, hops: int) -> dict[str, int]:
        """Return how many hops things are away from the start, up to so many."""
        near = {start: 0}
        front = [start]
        for hop in range(1, hops + 1):
            rows = self._rows(cypher.reach, wanted, front=front)
            front = sorted({row["thing"] for row in rows} - near.keys())
            near |= dict.fromkeys(front, hop)
            if not front:
                break
        return near

    def _way(
        self, cypher: PathCypher, wanted: Wanted, start: str, end: str, hops: int
    ) -> _Way | None:
        """Go back from the end, hop by hop; None when the start is not met within the hops.

        A thing n hops away from the end can lie on a path only if the start is within the hops
        that are left: beyond half of the way that is looked up, before it is not.
        """
        if start == end:
            return None
        near = self._near(cypher, wanted, start, hops // 2)
        left: dict[str, list[int | None]] = {end: [0] * (hops + 1)}
        degrees: dict[str, int] = {}
        known = [(end, 0)]
        for hop in range(1, hops + 1):
            spare = hops - hop
            bound = {"near": near, "spare": spare} if spare <= hops // 2 else {}
            rows = self._rows(
                cypher.left, wanted, **{"near": {}, "spare": None, **bound}, end=end, known=known
            )
            found = {row["thing"]: row["left"] for row in rows}
            degrees |= {row["thing"]: row["degree"] for row in rows}
            for thing, cost in found.items():
                costs = left.setdefault(thing, [None] * (hops + 1))
                for within in range(hop, hops + 1):
                    before = costs[within]
                    costs[within] = cost if before is None else min(cost, before)
            known = [(t, c + hub_cost(degrees[t])) for t, c in found.items() if t != start]
            if not known:
                break
        best = left.get(start, [None])[-1]
        return None if best is None else _Way(left=left, degrees=degrees, best=best)

    def _with_claims(
        self,
        cypher: PathCypher,
        wanted: Wanted,
        rows: Sequence[Mapping[str, Any]],
        degrees: Mapping[str, int],
    ) -> list[Path]:
        pairs = sorted({pair for row in rows for pair in pairwise(row["names"])})
        edges: dict[tuple[str, str], list[Edge]] = {}
        for row in self._rows(cypher.claims, wanted, pairs=pairs) if pairs else ():
            pair = (row["start"], row["end"])
            subject, object_ = pair if row["forward"] else pair[::-1]
            edges.setdefault(pair, []).append(
                Edge(
                    id=row["id"],
                    subject=subject,
                    object=object_,
                    relation=row["relation"],
                    cost=row["cost"],
                )
            )
        return [
            Path(
                things=tuple(row["names"]),
                hops=tuple(tuple(edges[pair]) for pair in pairwise(row["names"])),
                cost=row["cost"],
                degrees=tuple(degrees[thing] for thing in row["names"][1:-1]),
            )
            for row in rows
        ]

    def _rows(self, text: str, wanted: Wanted, **given: Any) -> tuple[dict[str, Any], ...]:
        """Answer one of the queries in the time that is left for all of them."""
        left = self._deadline - time.monotonic()
        parameters = {
            "case": self._case,
            "avoid": sorted(wanted.avoid),
            "standings": sorted(wanted.standings),
            "relations": sorted(wanted.relations),
            "hop": HOP,
            "single": SINGLE_ORIGIN,
            "standingCosts": STANDING_COSTS,
            **given,
        }
        try:
            if left <= 0:
                raise TimedOut
            return self._server.read(text, parameters, Limits(seconds=left)).rows
        except TimedOut as error:
            raise UsageError(
                f"the trace was stopped after {self._seconds:g} s; narrow it with --max-hops, "
                "--relations or --avoid, or allow more time with --seconds"
            ) from error


def _costs(best: int, hops: int) -> Iterator[int]:
    """Yield costs up to which paths are listed: farther and farther from the best path's."""
    dearest = _DEAREST_HOP * hops
    more = HOP
    while best + more < dearest:
        yield best + more
        more *= 2
    yield dearest
