"""A case as a pyvis Network with fixed positions; labels are plain text, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
from pyvis.network import Network

from sousveil.graph.case_words import CaseWords
from sousveil.graph.networkx_graph import networkx_graph
from sousveil.view.boxes import Box
from sousveil.view.layout import layout
from sousveil.view.symbols import TERM_COLOR, TERM_SYMBOL, VIS_SHAPES

PICTURE_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "zoomView": True, "keyboard": False},
    "layout": {"randomSeed": 1},
    "nodes": {
        "font": {
            "size": 14,
            "face": "Arial, Liberation Sans, sans-serif",
            "color": "#1b1b1b",
            "strokeWidth": 4,
            "strokeColor": "#ffffff",
        },
        "scaling": {"label": {"drawThreshold": 4}},
    },
    "edges": {
        "font": {"size": 11, "align": "middle", "strokeWidth": 0, "background": "#ffffff"},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "selectionWidth": 2,
        "hoverWidth": 1,
        "chosen": {"edge": True, "label": False},
    },
}

_LINE = 20
_OPEN_COLOR = "#a3341f"
_EDGE_COLOR = "#555555"
_TERM_EDGE_COLOR = "#999999"
_GAP_COLOR, _CHOSEN_COLOR = "#222222", "#000000"
_SIZE, _TERM_SIZE = 13, 6
_FONT, _TERM_FONT = 14, 12
_TERM_FONT_COLOR = "#595959"
_LENGTH, _TERM_LENGTH = 140, 70


def to_pyvis(words: CaseWords) -> Network:
    """Return a case as a pyvis Network; `id` of an edge is its claim's id."""
    graph = networkx_graph(words)
    labels = {node: _label(data) for node, data in graph.nodes(data=True)}
    boxes = {node: _box(labels[node], _is_term(data)) for node, data in graph.nodes(data=True)}
    positions = layout(_plain(graph, boxes), boxes)
    net = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        color, symbol = class_look(words, data["type"])
        x, y = positions[node]
        gap = bool(_marks(data))
        look: dict[str, Any] = {
            "label": labels[node],
            "x": x,
            "y": y - round(boxes[node].mark),
            "size": _TERM_SIZE if _is_term(data) else _SIZE,
            "shape": VIS_SHAPES[symbol],
            "color": _node_color(color, gap=gap),
            "borderWidth": 3 if gap else 1,
            "borderWidthSelected": 3 if gap else 2,
            "shapeProperties": {"borderDashes": [4, 4] if gap else False},
        }
        if _is_term(data):
            look["font"] = {"size": _TERM_FONT, "color": _TERM_FONT_COLOR}
        net.add_node(node, **look)
    parallel: dict[tuple[str, str], int] = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        pair = (min(source, target), max(source, target))
        number = parallel[pair] = parallel.get(pair, -1) + 1
        quiet = _is_term(graph.nodes[target])
        net.add_edge(source, target, id=key, **_edge_look(data, number, quiet=quiet))
    return net


def _node_color(color: str, *, gap: bool) -> dict[str, Any]:
    """The colour of the type also where the node is chosen or pointed at; then the border tells."""
    chosen = {"background": color, "border": _CHOSEN_COLOR}
    border = _GAP_COLOR if gap else color
    return {"background": color, "border": border, "highlight": chosen, "hover": chosen}


def class_look(words: CaseWords, type_name: str) -> tuple[str, str]:
    """Return the colour and the symbol of a class, as the ontology says; terms stay quiet."""
    known = words.vocabulary.classes.get(type_name)
    if type_name == "Concept" or known is None or known.color is None or known.symbol is None:
        return TERM_COLOR, TERM_SYMBOL
    return known.color, known.symbol


def _plain(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box]) -> nx.Graph[str]:
    """The graph for the layout: a link to a term is short, one with a verb has room for it."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes))
    for a, b, data in sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1])):
        if a == b:
            continue
        terms = _is_term(graph.nodes[a]) or _is_term(graph.nodes[b])
        wanted = _TERM_LENGTH if terms else _LENGTH
        if not data["accepted"]:
            covered = round((boxes[a].height + boxes[b].height) / 3)
            wanted = max(wanted, covered + 30 + 6 * len(data["verb"]))
        known = plain.get_edge_data(a, b, {}).get("length", 0)
        plain.add_edge(a, b, length=max(wanted, known))
    return plain


def _is_term(data: dict[str, Any]) -> bool:
    return bool(data["type"] == "Concept")


def _edge_look(data: dict[str, Any], number: int, *, quiet: bool) -> dict[str, Any]:
    plain_color = _TERM_EDGE_COLOR if quiet else _EDGE_COLOR
    look: dict[str, Any] = {
        "color": plain_color if data["accepted"] else _OPEN_COLOR,
        "dashes": False if data["accepted"] else [8, 6],
        "width": 1 if quiet and data["accepted"] else 1.5,
        "smooth": {"enabled": False},
    }
    if not data["accepted"]:
        look["label"] = data["verb"]
    if number:
        look["smooth"] = {
            "enabled": True,
            "type": "curvedCW" if number % 2 else "curvedCCW",
            "roundness": 0.15 * ((number + 1) // 2),
        }
    return look


def _marks(data: dict[str, Any]) -> list[str]:
    """What is withheld, not known or not stated about a node, in words."""
    marks: dict[str, list[str]] = {}
    for fact in data["facts"]:
        if fact["kind"] in ("withheld", "unknown"):
            word = "withheld" if fact["kind"] == "withheld" else "not known"
            marks.setdefault(word, []).append(fact["relation"])
    for gap in data["gaps"]:
        marks.setdefault("not stated", []).append(gap["relation"])
    return [f"{word}: {', '.join(sorted(set(found)))}" for word, found in sorted(marks.items())]


def _label(data: dict[str, Any]) -> str:
    lines = _wrapped(data["label"], _LINE)
    for mark in _marks(data):
        lines += _wrapped(f"[{mark}]", _LINE + 4)
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a longer word is cut, for no box may grow endless."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        whole = f"{lines[-1]} {word}".strip()
        while len(whole) > 2 * width:
            lines[-1], whole = whole[: 2 * width], whole[2 * width :]
            lines.append("")
        lines[-1] = whole
    return lines


def _box(label: str, term: bool) -> Box:  # noqa: FBT001
    """The box of a mark with its label below, as vis-network draws them in Arial."""
    size, font = (_TERM_SIZE, _TERM_FONT) if term else (_SIZE, _FONT)
    lines = label.split("\n")
    above = size + 2.0
    below = size + 9.0 + font * len(lines)
    width = max(2 * above, 0.52 * font * max(map(len, lines)))
    return Box(width, above + below, (below - above) / 2)
