"""Scenes from what people already have: a networkx graph, or a pyvis network.

Nothing of a label or title is taken as markup. What a pyvis `title` says in HTML is read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from sousveil.errors import UsageError
from sousveil.graph.claim_words import EvidenceView
from sousveil.view.interface_words import interface_words
from sousveil.view.scene import Kind, Node, Scene, Statement, in_order

PALETTE = ("#0072B2", "#D55E00", "#117733", "#AA4499", "#997700", "#332288", "#882255", "#555555")
"""Colours that stay apart for most eyes (after Okabe and Ito, and Tol); symbols differ as well."""

SYMBOLS = ("square", "circle", "triangle", "diamond", "hexagon", "star", "triangle-down")
_SHAPES = {
    "dot": "circle", "circle": "circle", "ellipse": "circle", "square": "square", "box": "square",
    "database": "square", "triangle": "triangle", "triangleDown": "triangle-down",
    "diamond": "diamond", "star": "star", "hexagon": "hexagon",
}  # fmt: skip
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NO_KIND = {"en": "thing", "de": "Eintrag", "es": "elemento"}

Attributes = Mapping[str, Any]


def networkx_scene(graph: Any, *, title: str, finding: str = "", language: str = "en") -> Scene:
    """Return a networkx graph as a scene.

    A node may have `label` (or `name`), `type` (or `kind`, `group`), `color`, `also`, and `facts`
    as `Case.to_networkx` gives them. An edge may have `verb` (or `label`, `relation`), `sentence`,
    `accepted`, `standing`, `date`, and its evidence: `evidence` (texts, or mappings with `source`,
    `url`, `quote`, `passage`), or `source`, `url` and `quote` themselves. The graph's own `stamp`
    stands on top, as `Case.to_networkx` gives it. Raises UsageError for what is no networkx graph.
    """
    if not hasattr(graph, "nodes") or not hasattr(graph, "is_directed"):
        raise UsageError(f"from_networkx takes a networkx graph, not {type(graph).__name__}")
    things = [(node, dict(data)) for node, data in graph.nodes(data=True)]
    edges = [(a, b, dict(data)) for a, b, data in graph.edges(data=True)]
    scene = _scene(things, edges, title=title, finding=finding, language=language)
    return replace(scene, stamp=str(graph.graph.get("stamp") or ""))


def pyvis_scene(net: Any, *, title: str, finding: str = "", language: str = "en") -> Scene:
    """Return a pyvis Network as a scene; titles become what is told of a thing or a link.

    Raises UsageError for what is no pyvis Network.
    """
    if not isinstance(getattr(net, "nodes", None), list) or not hasattr(net, "edges"):
        raise UsageError(f"from_pyvis takes a pyvis Network, not {type(net).__name__}")
    things = [(node["id"], _pyvis_node(node)) for node in net.nodes]
    edges = [(edge["from"], edge["to"], _pyvis_edge(edge)) for edge in net.edges]
    return _scene(things, edges, title=title, finding=finding, language=language)


def _pyvis_node(node: Attributes) -> dict[str, Any]:
    found = {key: node[key] for key in ("label", "group", "color", "shape") if node.get(key)}
    told = _plain(str(node.get("title") or ""))
    if told and told != found.get("label"):
        found["told"] = told
    return found


def _pyvis_edge(edge: Attributes) -> dict[str, Any]:
    told = _plain(str(edge.get("title") or ""))
    return {
        "label": str(edge.get("label") or ""),
        "evidence": [{"quote": told}] if told else [],
        "accepted": not edge.get("dashes"),
    }


class _Text(HTMLParser):
    """Collects the text of a piece of HTML; what scripts and styles hold is none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in ("script", "style")
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _plain(markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    reader = _Text()
    reader.feed(markup)
    reader.close()
    return " ".join("".join(reader.found).split())


def _scene(
    things: list[tuple[Any, dict[str, Any]]],
    edges: list[tuple[Any, Any, dict[str, Any]]],
    *,
    title: str,
    finding: str,
    language: str,
) -> Scene:
    words = interface_words(language)
    none = _NO_KIND[words.language]
    kinds = _kinds([data for _, data in things], none)
    place = {kind.name: n for n, kind in enumerate(kinds)}
    index = {node: n for n, (node, _) in enumerate(things)}
    labels = [_label(node, data) for node, data in things]
    nodes = tuple(
        Node(
            anchor=f"n-{n}",
            label=labels[n],
            kind=place[_kind_name(data, none)],
            also=tuple(str(a) for a in _listed(data.get("also"))),
            caption=str(data.get("told") or data.get("caption") or ""),
        )
        for n, (_, data) in enumerate(things)
    )
    statements = [
        _statement(f"c-{n}", index[a], index[b], labels, data)
        for n, (a, b, data) in enumerate(edges)
    ]
    statements += [
        _fact(f"f-{n}-{m}", n, labels, fact)
        for n, (_, data) in enumerate(things)
        for m, fact in enumerate(_listed(data.get("facts")))
        if isinstance(fact, Mapping)
    ]
    return Scene(
        title=title,
        finding=finding,
        language=language,
        interface=language,
        kinds=kinds,
        nodes=nodes,
        statements=in_order(statements),
        alt=words("alt", title=title, things=len(nodes), links=len(edges)),
    )


def _label(node: Any, data: Attributes) -> str:
    return str(data.get("label") or data.get("name") or node)


def _kind_name(data: Attributes, none: str) -> str:
    found = data.get("type") or data.get("kind") or data.get("group")
    return none if found is None else str(found)


def _kinds(found: Iterable[Attributes], none: str) -> tuple[Kind, ...]:
    """The kinds by name; a colour or shape that the nodes bring is kept, others are dealt out."""
    looks: dict[str, tuple[str | None, str | None]] = {}
    for data in found:
        color = data.get("color")
        known = color if isinstance(color, str) and _HEX.fullmatch(color) else None
        looks.setdefault(_kind_name(data, none), (known, _SHAPES.get(str(data.get("shape")))))
    own = len(set(looks.values())) == len(looks)
    kinds = []
    for n, (name, (color, symbol)) in enumerate(sorted(looks.items())):
        kinds.append(
            Kind(
                name=name,
                label=name,
                color=color or PALETTE[n % len(PALETTE)],
                symbol=symbol if symbol and own else SYMBOLS[n % len(SYMBOLS)],
            )
        )
    return tuple(kinds)


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]


def _statement(
    anchor: str, start: int, end: int | None, labels: list[str], data: Attributes
) -> Statement:
    verb = str(data.get("verb") or data.get("label") or data.get("relation") or "–")
    other = labels[end] if end is not None else str(data.get("value") or "")
    when = str(data.get("when") or data.get("during") or data.get("date") or "")
    flags = [str(flag) for flag in _listed(data.get("flags"))]
    standing = [str(data["standing"])] if data.get("standing") else []
    day = when if _DAY.fullmatch(when) else None
    return Statement(
        anchor=anchor,
        start=start,
        end=end,
        sentence=str(data.get("sentence") or f"{labels[start]} {verb} {other}"),
        verb=verb,
        accepted=bool(data.get("accepted", True)),
        standing=tuple(dict.fromkeys([*standing, *flags])),
        when=when,
        first=day and (day + "-01-01")[:10]
        if day and len(day) == 4
        else day and (day + "-01")[:10],
        last=day and (day + "-12-31")[:10] if day and len(day) == 4 else day and (day + "-31")[:10],
        origins=tuple(map(str, data["origins"])) if data.get("origins") else None,
        remarks=tuple(str(remark) for remark in _listed(data.get("remarks"))),
        evidence=tuple(_evidence(data)),
    )


def _fact(anchor: str, node: int, labels: list[str], data: Attributes) -> Statement:
    relation, value = data.get("relation"), data.get("value")
    sentence = f"{labels[node]} – {relation}: {value}"
    return _statement(anchor, node, None, labels, {**data, "sentence": sentence})


def _evidence(data: Attributes) -> Iterable[EvidenceView]:
    given = _listed(data.get("evidence"))
    if not given and any(data.get(word) for word in ("source", "url", "quote")):
        given = [data]
    for one in given:
        told: Attributes = one if isinstance(one, Mapping) else {"quote": str(one)}

        def said(*names: str, told: Attributes = told) -> str:
            return str(next((told[name] for name in names if told.get(name)), ""))

        url = said("url", "href")
        yield EvidenceView(
            id="",
            source=said("source"),
            source_label=said("source_label", "source", "title") or url,
            source_title=said("source_title"),
            url=url or None,
            passage=said("passage", "page") or None,
            via=tuple(map(str, _listed(told.get("via")))),
            inferred=bool(told.get("inferred")),
            mode=said("mode"),
            stance=said("stance") if said("stance") in ("disputes", "withdraws") else "supports",
            attributed_to=said("attributed_to") or None,
            quote=said("quote", "text") or None,
            withheld_by=said("withheld_by") or None,
            reason=said("reason") or None,
            note=None,
            discounted=said("discounted") or None,
            recorded=None,
            place="",
        )
