"""Positions for a graph, computed beforehand: the same on every machine.

Stress majorisation (Gansner, Koren, North 2004) per connected component, from a start that is
drawn from the nodes' names; then, while the stress is kept low, boxes are pushed off each other and
off the links of others; then the components are packed in rows. Only + - * / and the square root
are used, which IEEE 754 rounds alike everywhere; positions are rounded to whole units.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from math import sqrt

import networkx as nx

from sousveil.view.boxes import GAP, Box, push_apart, push_off_links, separate

LENGTH = 120
"""The wanted length of a link without one of its own, in units of the picture."""

_ROUNDS = 60
_CLEARING_ROUNDS = 50
_CLEARING_WORK = 6000
"""Nodes times rounds: a large component is cleared in fewer rounds."""
_STRETCH = 1.08
_NEAR = 6.0
"""How many times more the length of a link weighs than a distance over several."""

_LARGEST = 400

Points = dict[str, tuple[float, float]]


def layout(graph: nx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Return the middle of each node's box; a link may have a wanted `length`, a whole number.

    Components of more than 400 nodes get a plain grid ordered by neighbourhood.
    """
    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), part[0]),
    )
    place = [_stressed if len(part) <= _LARGEST else _grid for part in parts]
    return _pack([put(graph, part, boxes) for put, part in zip(place, parts, strict=True)], boxes)


def _start(node: str, spread: float) -> tuple[float, float]:
    digest = hashlib.sha256(node.encode("utf-8")).digest()
    x, y = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
    return (x / 2**32 - 0.5) * spread, (y / 2**32 - 0.5) * spread


def _stressed(graph: nx.Graph[str], part: Sequence[str], boxes: Mapping[str, Box]) -> Points:
    spread = LENGTH * sqrt(len(part))
    starts = [_start(node, spread) for node in part]
    x, y = [x for x, _ in starts], [y for _, y in starts]
    goals = _goals(graph, part)
    ordered = [boxes[node] for node in part]
    index = {node: number for number, node in enumerate(part)}
    links = sorted(
        (min(index[a], index[b]), max(index[a], index[b]))
        for a, b in graph.subgraph(part).edges()
        if a != b
    )
    for _ in range(_ROUNDS):
        _relax(x, y, goals)
    x = [value * _STRETCH for value in x]
    rounds = min(_CLEARING_ROUNDS, _CLEARING_WORK // len(part))
    for number in range(rounds):
        x = [value / _STRETCH for value in x]
        _relax(x, y, goals, 0.25 * (rounds - number) / rounds)
        x = [value * _STRETCH for value in x]
        push_off_links(x, y, ordered, links)
        push_apart(x, y, ordered)
    separate(x, y, ordered)
    return {node: (x[number], y[number]) for node, number in index.items()}


def _goals(graph: nx.Graph[str], part: Sequence[str]) -> list[list[tuple[int, float, float]]]:
    """Per node the others, each with its wanted distance and the weight of that."""
    index = {node: number for number, node in enumerate(part)}
    goals = []
    for node in part:
        far = nx.single_source_dijkstra_path_length(
            graph, node, weight=lambda _a, _b, link: link.get("length", LENGTH)
        )
        goals.append(
            [
                (index[n], float(d), (_NEAR if graph.has_edge(node, n) else 1.0) / (d * d))
                for n, d in sorted(far.items())
                if n != node
            ]
        )
    return goals


def _relax(
    x: list[float],
    y: list[float],
    goals: Sequence[Sequence[tuple[int, float, float]]],
    part: float = 1.0,
) -> None:
    """Move each node, that part of the way, to where its distances fit best."""
    for node, others in enumerate(goals):
        here_x, here_y = x[node], y[node]
        sum_x = sum_y = total = 0.0
        for other, goal, weight in others:
            away_x, away_y = here_x - x[other], here_y - y[other]
            ratio = goal / (sqrt(away_x * away_x + away_y * away_y) or 1.0)
            sum_x += weight * (x[other] + ratio * away_x)
            sum_y += weight * (y[other] + ratio * away_y)
            total += weight
        if total:
            x[node] += part * (sum_x / total - here_x)
            y[node] += part * (sum_y / total - here_y)


def _grid(graph: nx.Graph[str], part: Sequence[str], boxes: Mapping[str, Box]) -> Points:
    first = max(part, key=lambda node: (graph.degree(node), node))
    order = [first, *(target for _, target in nx.bfs_edges(graph, first))]
    width = max(boxes[node].width for node in part) + GAP
    height = max(boxes[node].height for node in part) + GAP
    columns = max(1, int(sqrt(len(order) * height / width)))
    return {
        node: (number % columns * width, number // columns * height)
        for number, node in enumerate(order)
    }


def _pack(parts: Sequence[Points], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Set components in rows below the largest one."""
    result: dict[str, tuple[int, int]] = {}
    width = left = top = row = 0.0
    for number, points in enumerate(parts):
        low_x = min(x - boxes[n].width / 2 for n, (x, _) in points.items())
        low_y = min(y - boxes[n].height / 2 for n, (_, y) in points.items())
        wide = max(x + boxes[n].width / 2 for n, (x, _) in points.items()) - low_x
        high = max(y + boxes[n].height / 2 for n, (_, y) in points.items()) - low_y
        if number == 0:
            width = wide
        elif left + wide > width and left:
            left, top, row = 0.0, top + row + 4 * GAP, 0.0
        for name, (x, y) in points.items():
            result[name] = (round(x - low_x + left), round(y - low_y + top))
        left += wide + 4 * GAP
        row = max(row, high)
    return result
