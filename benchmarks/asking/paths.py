"""Paths on an open graph, ours and networkx's.

python -m benchmarks.asking.paths FOLDER
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

import networkx as nx

from benchmarks.asking.made_graph import BASE
from benchmarks.asking.worker import opened
from sousveil.ask.paths import best_paths
from sousveil.ask.trace import HOPS, PATHS
from sousveil.ask.trace_graph import TraceGraph, Wanted, open_graph

PAIRS = [
    ("company-0", "group-900"),
    ("company-1", "company-2"),
    ("company-0", "protest-3"),
    ("company-17", "group-11"),
    ("group-5", "group-6"),
    ("agency-3", "program-2"),
]
"""company-0 to company-4 are hubs."""


def main(folder: Path) -> None:
    """Print CPU seconds of paths, with the hops that `sousveil trace` allows, and with six."""
    case = opened(folder)
    start = time.process_time()
    graph = open_graph(case.words(), Wanted())
    print(f"\nopen the graph: {time.process_time() - start:.1f} CPU s")
    print(f"\n| pair (neighbours) | at most {HOPS} hops | at most 6 hops | networkx, any hops |")
    print("|---|---|---|---|", flush=True)
    peer = _peer(graph)
    for pair in PAIRS:
        one, other = (BASE + name for name in pair)
        if not {one, other} <= graph.degrees.keys():
            print(f"| {' - '.join(pair)} | not in so small a graph | | |")
            continue
        cells = []
        for hops in (HOPS, 6):
            start = time.process_time()
            found = best_paths(graph, one, other, most=PATHS, hops=hops)
            lengths = [path.length for path in found]
            cells.append(f"{time.process_time() - start:.2f} (hops {_listed(lengths)})")
        start = time.process_time()
        search = nx.shortest_simple_paths(peer, one, other, weight="cost")
        lengths = [len(path) - 1 for path in islice(search, PATHS)]
        cells.append(f"{time.process_time() - start:.2f} (hops {_listed(lengths)})")
        ends = " - ".join(f"{name} ({graph.degrees.get(BASE + name, 0)})" for name in pair)
        print(f"| {ends} | {' | '.join(cells)} |", flush=True)


def _listed(lengths: list[int]) -> str:
    return ", ".join(map(str, lengths)) or "none"


def _peer(graph: TraceGraph) -> nx.DiGraph[str]:
    peer: nx.DiGraph[str] = nx.DiGraph()
    for a, others in graph.forward.items():
        for b, edges in others.items():
            peer.add_edge(a, b, cost=graph.hop_cost(edges) + graph.hub_cost(b))
    return peer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
