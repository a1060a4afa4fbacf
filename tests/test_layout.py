"""The layout: the same everywhere, and no box covers another."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from sousveil.view import boxes as boxes_module
from sousveil.view import layout as layout_module
from sousveil.view.boxes import Box, push_off_links, separate
from sousveil.view.layout import layout

SMALL = Box(80.0, 50.0, 10.0)
WIDE = Box(180.0, 110.0, 40.0)

POSITIONS_OF_A_STAR = """
import json, networkx as nx
from sousveil.view.boxes import Box
from sousveil.view.layout import layout
graph = nx.Graph()
graph.add_edges_from(("middle", f"leaf {number}") for number in range(20))
graph.add_edges_from((f"leaf {number}", f"leaf {number + 7}") for number in range(13))
print(json.dumps(layout(graph, {node: Box(90.0, 50.0, 12.0) for node in graph})))
"""


def overlaps(positions: dict[str, tuple[int, int]], boxes: dict[str, Box]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(sorted(positions), 2)
        if abs(positions[a][0] - positions[b][0]) < (boxes[a].width + boxes[b].width) / 2
        and abs(positions[a][1] - positions[b][1]) < (boxes[a].height + boxes[b].height) / 2
    ]


def numbered(edges: list[tuple[int, int]]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((f"node {a}", f"node {b}") for a, b in edges)
    return graph


def positions_in_another_process(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", POSITIONS_OF_A_STAR],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_positions_do_not_depend_on_the_hash_seed_of_the_process() -> None:
    first, second = positions_in_another_process("1"), positions_in_another_process("4242")
    assert len(json.loads(first)) == 21
    assert first == second


def test_positions_do_not_depend_on_the_order_in_which_nodes_and_links_were_added() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (3, 0), (3, 4), (5, 6)]
    there = numbered(edges)
    back = numbered([(b, a) for a, b in reversed(edges)])
    sizes = dict.fromkeys(there, SMALL)
    assert layout(there, sizes) == layout(back, sizes)


@pytest.mark.parametrize("module", [layout_module, boxes_module])
def test_the_layout_takes_from_math_only_the_square_root_and_raises_to_no_power(
    module: object,
) -> None:
    """Powers, sines and logarithms are rounded differently by different C libraries."""
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8"))
    imported = {
        (node.module, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    } | {
        (name.name, "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert {what for where, what in imported if where == "math"} == {"sqrt"}
    assert not {where for where, _ in imported} & {"random", "numpy", "time", "cmath", "scipy"}
    powers = [node for node in ast.walk(tree) if isinstance(node, ast.Pow)]
    whole = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and isinstance(node.left, ast.Constant)
        and isinstance(node.right, ast.Constant)
    ]
    assert len(powers) == len(whole), "a power of anything but two whole numbers"


def test_no_box_covers_another_for_sixty_nodes_with_long_labels() -> None:
    edges = [(0, n) for n in range(1, 25)] + [(n, n + 24) for n in range(1, 25)]
    edges += [(n, n + 1) for n in range(48, 59)] + [(5, 55), (7, 40), (12, 33), (20, 59)]
    graph = numbered(edges)
    sizes = {node: WIDE if number % 3 else SMALL for number, node in enumerate(sorted(graph))}
    positions = layout(graph, sizes)
    assert len(positions) == 60
    assert overlaps(positions, sizes) == []


def test_no_box_covers_another_where_all_sixty_are_linked_to_each_other() -> None:
    graph = numbered(list(combinations(range(60), 2)))
    sizes = dict.fromkeys(graph, WIDE)
    assert overlaps(layout(graph, sizes), sizes) == []


def test_boxes_that_start_on_one_spot_come_apart() -> None:
    x, y = [0.0] * 60, [0.0] * 60
    separate(x, y, [WIDE] * 60)
    positions = {f"{n:02}": (round(x[n]), round(y[n])) for n in range(60)}
    assert overlaps(positions, dict.fromkeys(positions, WIDE)) == []


def test_an_empty_graph_has_no_positions() -> None:
    assert layout(nx.Graph(), {}) == {}


def test_a_single_node_stands_with_its_box_at_the_corner() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("alone")
    assert layout(graph, {"alone": SMALL}) == {"alone": (40, 25)}


def test_disconnected_pieces_stand_apart_and_the_largest_stands_on_top() -> None:
    graph = numbered([(0, 1), (1, 2), (2, 3), (4, 5), (6, 7)])
    graph.add_node("node 8")
    sizes = dict.fromkeys(graph, SMALL)
    positions = layout(graph, sizes)
    assert set(positions) == {f"node {n}" for n in range(9)}
    assert overlaps(positions, sizes) == []
    largest = max(positions[f"node {n}"][1] for n in range(4))
    assert all(positions[f"node {n}"][1] > largest for n in range(4, 9))


def test_a_link_from_a_node_to_itself_changes_nothing() -> None:
    plain = numbered([(0, 1), (1, 2)])
    looped = numbered([(0, 1), (1, 2), (1, 1)])
    sizes = dict.fromkeys(plain, SMALL)
    assert layout(looped, sizes) == layout(plain, sizes)


def test_a_link_that_wants_more_length_gets_more() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", length=80)
    graph.add_edge("c", "d", length=400)
    tiny = dict.fromkeys(graph, Box(4.0, 4.0))
    positions = layout(graph, tiny)

    def far(one: str, other: str) -> float:
        across = positions[one][0] - positions[other][0]
        down = positions[one][1] - positions[other][1]
        return float((across * across + down * down) ** 0.5)

    assert far("c", "d") > 3 * far("a", "b")


def test_a_box_on_the_link_of_two_others_is_pushed_aside() -> None:
    x, y = [0.0, 500.0, 250.0], [0.0, 0.0, 5.0]
    for _ in range(60):
        push_off_links(x, y, [Box(20.0, 20.0)] * 3, [(0, 1)])
    assert abs(y[2] - y[0]) >= 10, "half of its height clear of the line"


def test_a_component_of_five_hundred_nodes_is_a_grid_without_overlaps() -> None:
    graph = numbered([(n // 2, n) for n in range(1, 500)])
    sizes = dict.fromkeys(graph, SMALL)
    positions = layout(graph, sizes)
    assert len(positions) == 500
    assert overlaps(positions, sizes) == []
