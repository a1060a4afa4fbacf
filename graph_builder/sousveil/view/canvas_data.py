"""A large scene in few bytes: whole numbers as base64 of variable-length integers (LEB128).

Things stand in Z-order, so neighbours in the picture are neighbours in the list: coordinates and
the ends of links are told as small differences.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sousveil.view.interface_words import Words
from sousveil.view.network.formats import SIDE
from sousveil.view.network.layouts import Layouts
from sousveil.view.scene import Scene, Statement, StepView
from sousveil.view.statement_html import evidence_words, standing_words

GRID = 8191
"""Positions are told as whole numbers from 0 to this."""

MOST_WITH_EVIDENCE, MOST_BESIDE_PAGES = 10_000, 2_000
"""Above so many statements a page carries no evidence itself: where there are pages of things, it
is told there, and the limit is lower."""


def canvas_data(
    scene: Scene, words: Words, *, pages_in: str = "", layouts: Layouts | None = None
) -> tuple[Scene, dict[str, Any]]:
    """Return the scene in Z-order, and its data for the script.

    `pages_in` is the folder of the things' pages; where it is given, evidence stands there.
    `layouts` may know the layout already.
    """
    links = [(s.start, s.end) for s in scene.links if s.end is not None]
    x, y, order = (layouts or Layouts()).of(len(scene.nodes), links)
    scene = _reordered(scene, order)
    unit = GRID / SIDE
    told = scene.links
    data: dict[str, Any] = {
        "n": [node.label for node in scene.nodes],
        "k": [kind.label for kind in scene.kinds],
        "look": [[kind.color, kind.symbol] for kind in scene.kinds],
        "kinds": packed(node.kind for node in scene.nodes),
        "xy": packed(_differences([round(x[n] * unit) for n in order]))
        + "."
        + packed(_differences([round(y[n] * unit) for n in order])),
        "links": packed(_ends(told)),
        "accepted": sum(1 for s in told if s.accepted),
    }
    data["verbs"], data["v"] = _indexed([s.verb for s in told])
    data["standings"], data["s"] = _indexed([standing_words(s, words) for s in told])
    times, data["t"] = _indexed([(s.when, s.first or "", s.last or "") for s in told])
    data["times"] = times
    said = {
        n: s.sentence
        for n, s in enumerate(told)
        if s.end is not None
        and s.sentence != f"{scene.nodes[s.start].label} {s.verb} {scene.nodes[s.end].label}"
    }
    anchors = [node.anchor for node in scene.nodes]
    if pages_in or any(not anchor.startswith("n-") for anchor in anchors):
        data["i"] = anchors
        data["c"] = [s.anchor for s in told]
    marked = [n for n, node in enumerate(scene.nodes) if node.marked]
    also = {n: node.also for n, node in enumerate(scene.nodes) if node.also}
    captions = {n: node.caption for n, node in enumerate(scene.nodes) if node.caption}
    if pages_in:
        data["pages"] = pages_in
    if len(scene.statements) <= (MOST_BESIDE_PAGES if pages_in else MOST_WITH_EVIDENCE):
        data["e"] = [_evidence(s, words) for s in told]
        data["facts"] = [
            [
                s.start, s.sentence, standing_words(s, words), s.when, _evidence(s, words),
                int(not s.accepted),
            ]
            for s in scene.statements
            if s.end is None
        ]  # fmt: skip
    given = (("said", said), ("marked", marked), ("also", also), ("caption", captions))
    return scene, data | {name: value for name, value in given if value}


def _reordered(scene: Scene, order: Sequence[int]) -> Scene:
    place = [0] * len(order)
    for new, old in enumerate(order):
        place[old] = new
    statements = [
        replace(s, start=place[s.start], end=None if s.end is None else place[s.end])
        for s in scene.statements
    ]
    statements.sort(
        key=lambda s: (s.end is None, s.end is not None and not s.accepted, s.start, s.end or 0)
    )
    return replace(
        scene,
        nodes=tuple(scene.nodes[old] for old in order),
        statements=tuple(statements),
        steps=tuple(_renumbered(step, scene, place, statements) for step in scene.steps),
    )


def _renumbered(
    step: StepView, scene: Scene, place: Sequence[int], statements: Sequence[Statement]
) -> StepView:
    """A step by the new numbers; what is in focus of a fact is its thing."""
    number = {s.anchor: n for n, s in enumerate(statements) if s.end is not None}
    told = [scene.statements[n] for n in step.statements]
    nodes = [*step.nodes, *(s.start for s in told if s.end is None)]
    return StepView(
        text=step.text,
        nodes=tuple(dict.fromkeys(place[n] for n in nodes)),
        statements=tuple(number[s.anchor] for s in told if s.end is not None),
    )


def _ends(links: Sequence[Statement]) -> Iterable[int]:
    """Each link as the difference of its start to the one before, and of its end to its start."""
    before = 0
    for link in links:
        assert link.end is not None
        yield _folded(link.start - before)
        yield _folded(link.end - link.start)
        before = link.start


def _differences(values: Sequence[int]) -> Iterable[int]:
    before = 0
    for value in values:
        yield _folded(value - before)
        before = value


def _folded(value: int) -> int:
    """A whole number as one that is not negative, small ones first (zigzag)."""
    return value * 2 if value >= 0 else -value * 2 - 1


def packed(values: Iterable[int]) -> str:
    """Return whole numbers of 0 or more as base64 of LEB128."""
    found = bytearray()
    for value in values:
        while value > 127:
            found.append(value & 127 | 128)
            value >>= 7
        found.append(value)
    return base64.b64encode(bytes(found)).decode("ascii")


def _indexed(values: Sequence[Any]) -> tuple[list[Any], str]:
    """The different values, and which of them each one is."""
    known: dict[Any, int] = {}
    places = [known.setdefault(value, len(known)) for value in values]
    return list(known), packed(places)


def _evidence(statement: Statement, words: Words) -> list[Any]:
    """Each piece as [before, source, address, after, title, quotation, mark, note]; then the rest.

    The rest are the words on the origins and the remarks.
    """
    found: list[Any] = []
    for one in statement.evidence:
        before, after, mark = evidence_words(one, words)
        title = one.source_title if one.source_title != one.source_label else ""
        piece = [before, one.source_label, one.url or "", after, title, one.quote or "", mark]
        found.append([*piece, f"{words('note')} {one.note}"] if one.note else piece)
    origins = ""
    if statement.origins is not None and statement.evidence:
        count = len(statement.origins)
        origins = words.counted("origins", count) if count else words("no-origin")
        origins += f": {'; '.join(statement.origins)}" if count else ""
    return [found, origins, list(statement.remarks)]
