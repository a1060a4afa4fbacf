"""The smallest documented subgraph that joins several things.

Approximated by the metric closure: the cheapest path between each two of the things, and of these
the ones that a minimum spanning tree of the things takes (Kou, Markowsky and Berman, 1981); at most
twice as costly as the best there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sousveil.ask.paths import Path, best_paths
from sousveil.ask.trace_graph import TraceGraph

HOW = (
    "the cheapest path between each two things, and of these the fewest and cheapest that join "
    "all (at most twice as costly as the best)"
)


def joining_paths(
    graph: TraceGraph, things: Sequence[str], *, hops: int
) -> tuple[list[Path], list[list[str]]]:
    """Return the paths that join the things, and the groups that no path joins (one: all joined).

    Args:
        things: IRIs, each once.
        hops: the most hops that a path between two of them may have.
    """
    found: list[Path] = []
    for one, other in combinations(sorted(things), 2):
        found += best_paths(graph, one, other, most=1, hops=hops)
    group = {thing: thing for thing in things}

    def root(thing: str) -> str:
        while group[thing] != thing:
            thing = group[thing]
        return thing

    taken = []
    for path in sorted(found, key=lambda p: (p.cost, p.length, p.things)):
        one, other = root(path.things[0]), root(path.things[-1])
        if one != other:
            group[one] = other
            taken.append(path)
    groups: dict[str, list[str]] = {}
    for thing in sorted(things):
        groups.setdefault(root(thing), []).append(thing)
    return taken, sorted(groups.values())
