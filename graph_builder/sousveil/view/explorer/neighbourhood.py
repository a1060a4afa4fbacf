"""A thing between what leads to it and what it leads to, as a small picture of rows.

It costs next to nothing to lay out, so that each of thousands of pages has one; every line has
its verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sousveil.view.html_text import text
from sousveil.view.svg import EDGE, FONT, INK, OPEN, OPEN_DASHES, PAPER
from sousveil.view.symbols import PATHS

MOST = 9
"""Rows on each side; the rest is told as a number."""

_WIDTH, _ROW, _MIDDLE = 1080, 30, 540
_LEFT, _RIGHT = 290, 790
_LEVEL = 160
"""How far a line runs level, beneath its verb."""
_LONGEST, _LONGEST_VERB = 42, 32
_NARROW, _NARROW_ROW, _SPINE, _COLUMN = 360, 38, 16, 74
_NARROW_LONGEST = 42


class Neighbour(NamedTuple):
    """A thing on one side: its label and look, the verb of its line, and where its page is."""

    label: str
    color: str
    symbol: str
    verb: str
    accepted: bool
    href: str


def neighbourhood_svg(
    look: tuple[str, str],
    before: Sequence[Neighbour],
    after: Sequence[Neighbour],
    alt: str,
) -> str:
    """Return the picture of what leads to a thing and where it leads; empty without either.

    It is drawn twice, for a wide page and for a phone; the style sheet shows one of them.
    """
    if not before and not after:
        return ""
    return _wide(look, before, after, alt) + _narrow(look, before, after, alt)


def _wide(
    look: tuple[str, str], before: Sequence[Neighbour], after: Sequence[Neighbour], alt: str
) -> str:
    left, right = before[:MOST], after[:MOST]
    more = len(before) > MOST or len(after) > MOST
    color, symbol = look
    rows = max(len(left), len(right), 2)
    height = rows * _ROW + 16 + (16 if more else 0)
    middle = rows * _ROW / 2 + 8
    parts = [_side(left, rows, middle, -1), _side(right, rows, middle, 1)]
    if len(before) > MOST:
        parts.append(_more(len(before) - MOST, _LEFT - 14, height, "end"))
    if len(after) > MOST:
        parts.append(_more(len(after) - MOST, _RIGHT + 14, height, "start"))
    parts.append(_mark(_MIDDLE, middle, 1.3, color, symbol))
    return _svg("wide", _WIDTH, height, alt, parts)


def _narrow(
    look: tuple[str, str], before: Sequence[Neighbour], after: Sequence[Neighbour], alt: str
) -> str:
    """What leads here above, where it leads below: each row reads down, as a sentence does."""
    above, below = before[:MOST], after[:MOST]
    y = 4.0
    rows: list[tuple[Neighbour, float, bool]] = []
    parts: list[str] = []
    for one in above:
        rows.append((one, y, True))
        y += _NARROW_ROW
    if len(before) > MOST:
        parts.append(_more(len(before) - MOST, _COLUMN + 14, y + 20, "start"))
        y += 20
    middle = y + 20
    y += 40
    for one in below:
        rows.append((one, y, False))
        y += _NARROW_ROW
    if len(after) > MOST:
        parts.append(_more(len(after) - MOST, _COLUMN + 14, y + 20, "start"))
        y += 20
    drawn = [_narrow_row(one, top, middle, first=first) for one, top, first in rows]
    parts = [*drawn, *parts, _mark(_SPINE, middle, 1.3, *look)]
    return _svg("narrow", _NARROW, round(y + 8), alt, parts)


def _narrow_row(one: Neighbour, top: float, middle: float, *, first: bool) -> str:
    """A neighbour's name with its verb, below it where it leads here, above it where it follows."""
    name_y, verb_y = (top + 14, top + 28) if first else (top + 28, top + 14)
    y = name_y - 4
    bend = (_SPINE + _COLUMN) / 2
    start, end = f"{_SPINE} {middle}", f"{_COLUMN - 8} {y}"
    return (
        f'<path {_line(one)} d="M{start}C{_SPINE} {y} {bend} {y} {end}"/>'
        f"{_mark(_COLUMN, y, 0.8, one.color, one.symbol)}"
        f'<a href="{text(one.href)}"><text x="{_COLUMN + 14}" y="{name_y}">'
        f"{text(_short(one.label, _NARROW_LONGEST))}</text></a>"
        f'<text x="{_COLUMN + 14}" y="{verb_y}" font-size="11" font-style="italic">'
        f"{text(_short(one.verb, _NARROW_LONGEST))}</text>"
    )


def _svg(name: str, width: int, height: float, alt: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="hood {name}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{text(alt)}" font-family="{FONT}" font-size="12.5" fill="{INK}">'
        f"{''.join(parts)}</svg>"
    )


def _mark(x: float, y: float, scale: float, color: str, symbol: str) -> str:
    return (
        f'<g class="ns"><path transform="translate({x} {y})scale({scale})" fill="{color}" '
        f'd="{PATHS[symbol]}"/></g>'
    )


def _line(one: Neighbour) -> str:
    group, color, dashes = ("es", EDGE, "") if one.accepted else (
        "os", OPEN, f' stroke-dasharray="{OPEN_DASHES}"'
    )  # fmt: skip
    return f'class="{group}" fill="none" stroke="{color}" stroke-width="1.4"{dashes}'


def _side(found: Sequence[Neighbour], rows: int, middle: float, way: int) -> str:
    top = 8 + (rows - len(found)) * _ROW / 2 + _ROW / 2
    x = _RIGHT if way > 0 else _LEFT
    anchor = "start" if way > 0 else "end"
    parts = []
    for n, one in enumerate(found):
        y = top + n * _ROW
        start, level, end = x - 12 * way, x - (12 + _LEVEL) * way, _MIDDLE + 14 * way
        bend = (level + end) / 2
        parts.append(
            f"<path {_line(one)} "
            f'd="M{start} {y}H{level}C{bend} {y} {bend} {middle} {end} {middle}"/>'
            f'<path transform="translate({x} {y})scale(.8)" fill="{one.color}" '
            f'd="{PATHS[one.symbol]}"/>'
            f'<a href="{text(one.href)}"><text x="{x + 14 * way}" y="{y + 4}" '
            f'text-anchor="{anchor}">{text(_short(one.label, _LONGEST))}</text></a>'
            f'<text class="ns" stroke="{PAPER}" stroke-width="4" paint-order="stroke" '
            f'x="{x - 16 * way}" y="{y - 3}" font-size="10.5" font-style="italic" '
            f'text-anchor="{"end" if way > 0 else "start"}">'
            f"{text(_short(one.verb, _LONGEST_VERB))}</text>"
        )
    return "".join(parts)


def _more(number: int, x: int, height: float, anchor: str) -> str:
    return f'<text x="{x}" y="{height - 6}" text-anchor="{anchor}">+ {number}</text>'


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1].rstrip()}…"
