"""The best paths between two things: cheapest first, each with other things on the way.

A path costs what its hops cost (100 each, more for weaker standing and for a single origin) and
what its things cost that are hubs. Paths that pass the same things are one path; all claims of a
hop are told. Paths are found best first, by the exact cost that is left to the target among the
things that lie on any path short enough, so no path is missed and few are looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sousveil.ask.trace_graph import HOP, Edge, Neighbours, TraceGraph, hub_cost


@dataclass(frozen=True, kw_only=True)
class Path:
    """Things in order, and the claims between each and the next, strongest first.

    `degrees` says of each thing on the way, the ends left out, how many things it is joined to.
    """

    things: tuple[str, ...]
    hops: tuple[tuple[Edge, ...], ...]
    cost: int
    degrees: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many hops there are."""
        return len(self.hops)


def best_paths(
    graph: TraceGraph, start: str, end: str, *, most: int, hops: int, via: Sequence[str] = ()
) -> list[Path]:
    """Return up to `most` paths of at most `hops` hops, cheapest first, then by hops and names.

    Short paths are looked for first: each hop costs at least HOP, so that none with more hops than
    the cost of the worst one found has to be looked for.

    Args:
        via: things that every path must pass.
    """
    limit = min(1, hops)
    while True:
        found = _within_hops(graph, start, end, most, limit, via)
        needed = min(hops, (found[-1].cost - 1) // HOP) if len(found) == most else hops
        if limit >= needed:
            return found
        limit = needed if len(found) == most else limit + 1


def _within_hops(
    graph: TraceGraph, start: str, end: str, most: int, hops: int, via: Sequence[str]
) -> list[Path]:
    wanted = set(via) - {start, end}
    found: list[Path] = []
    for things in _simple_paths(graph, start, end, hops):
        if wanted <= set(things):
            found.append(_path(graph, things))
            if len(found) == most:
                break
    return found


def _path(graph: TraceGraph, things: tuple[str, ...]) -> Path:
    hops = tuple(
        tuple(sorted(graph.forward[a][b], key=lambda edge: (edge.cost, edge.id)))
        for a, b in pairwise(things)
    )
    degrees = tuple(graph.degrees[thing] for thing in things[1:-1])
    cost = sum(hop[0].cost for hop in hops) + sum(map(hub_cost, degrees))
    return Path(things=things, hops=hops, cost=cost, degrees=degrees)


def _simple_paths(graph: TraceGraph, start: str, end: str, hops: int) -> Iterator[tuple[str, ...]]:
    """Yield simple paths by cost, hops and names: best first search with exact bounds."""
    if start == end or start not in graph.forward or end not in graph.backward:
        return
    away = _within(graph.forward, graph.backward, start, end, hops)
    if away is None:
        return
    rest = _rest_costs(graph, end, away)
    queue: list[tuple[int, int, tuple[str, ...], int]] = [(rest[start], 0, (start,), 0)]
    while queue:
        _, length, things, cost = heapq.heappop(queue)
        last = things[-1]
        if last == end:
            yield things
            continue
        for other, edges in graph.forward.get(last, {}).items():
            if other in things or other not in rest or length + 1 + away[other] > hops:
                continue
            more = cost + graph.hop_cost(edges) + (0 if other == end else graph.hub_cost(other))
            bound = more + rest[other]
            heapq.heappush(queue, (bound, length + 1, (*things, other), more))


def _within(
    forward: Neighbours, backward: Neighbours, start: str, end: str, hops: int
) -> dict[str, int] | None:
    """Return how many hops the end is away, of all things on a path of at most `hops` hops.

    Both sides grow in turn, the smaller one first; None when they do not meet.
    """
    near, far = {start: 0}, {end: 0}
    fronts = [start], [end]
    depths = [0, 0]
    while sum(depths) < hops and all(fronts):
        side = int(len(fronts[1]) < len(fronts[0]))
        grown = _grow((forward, backward)[side], (near, far)[side], fronts[side])
        depths[side] += 1
        fronts = (grown, fronts[1]) if side == 0 else (fronts[0], grown)
    meeting = near.keys() & far.keys()
    if not meeting:
        return None
    return _to_end(backward, near, far, hops)


def _grow(neighbours: Neighbours, known: dict[str, int], front: list[str]) -> list[str]:
    found = []
    for thing in front:
        depth = known[thing] + 1
        for other in neighbours.get(thing, ()):
            if other not in known:
                known[other] = depth
                found.append(other)
    return found


def _to_end(
    backward: Neighbours,
    near: dict[str, int],
    far: dict[str, int],
    hops: int,
) -> dict[str, int]:
    """Go back from the end through what either side has seen, within the hops that are left."""
    away = {}
    front = {thing: 0 for thing in far if far[thing] == 0}
    depth = 0
    while front and depth <= hops:
        away.update(front)
        following = {}
        for thing in front:
            for other in backward.get(thing, ()):
                if other in away or other in following:
                    continue
                known = near.get(other)
                if (known is not None and known + depth + 1 <= hops) or other in far:
                    following[other] = depth + 1
        front = following
        depth += 1
    return away


def _rest_costs(graph: TraceGraph, end: str, away: dict[str, int]) -> dict[str, int]:
    """Return the least cost from each thing to the end, among the things given (Dijkstra)."""
    rest: dict[str, int] = {}
    queue = [(0, end)]
    while queue:
        cost, thing = heapq.heappop(queue)
        if thing in rest:
            continue
        rest[thing] = cost
        through = 0 if thing == end else graph.hub_cost(thing)
        for other, edges in graph.backward.get(thing, {}).items():
            if other in away and other not in rest:
                heapq.heappush(queue, (cost + through + graph.hop_cost(edges), other))
    return rest


def nearest_reached(graph: TraceGraph, start: str, end: str, hops: int) -> list[str]:
    """Return what can be reached from the start and is joined, in a looser graph, to the end.

    These are the things that a path would have to go on from: the farthest ones first.
    """
    near = {start: 0}
    front = [start]
    for _ in range(hops):
        front = _grow(graph.forward, near, front)
    near.pop(end, None)
    return sorted((t for t in near if t != start), key=lambda t: (-near[t], t))
