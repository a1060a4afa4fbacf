"""A picture of one class among its neighbours, as SVG: once for a wide and once for a narrow page.

Arrows lead from the one that has a relation to the one it leads to; what leads to the class stands
first: at the left, or above on a narrow page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from sousveil.view.symbols import PATHS, TERM_COLOR, TERM_SYMBOL

_WIDE, _ROW, _MIDDLE = 860, 44, 430
_NARROW, _STEP, _SPINE = 350, 50, 26
_LONGEST = {"wide": 33, "narrow": 40}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a class is drawn; one that is too general to be drawn in a case has no color."""

    label: str
    color: str | None
    symbol: str | None

    @property
    def mark(self) -> Markup:
        """The symbol around 0 0: filled in its color, or a dashed ring."""
        if self.color is None:
            return Markup(
                '<circle r="7" fill="#fff" stroke="#555" stroke-width="1.5" '
                'stroke-dasharray="3 2"/>'
            )
        path = PATHS[self.symbol or "circle"]
        return Markup('<path d="{}" fill="{}"/>').format(path, self.color)


TERM_LOOK = Look(label="", color=TERM_COLOR, symbol=TERM_SYMBOL)


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A class (or list of terms) and the relations that tie it to the one in the middle."""

    look: Look
    href: str
    relations: tuple[str, ...]
    incoming: bool
    derived: bool = False


def pictures(middle: Look, neighbours: list[Neighbour]) -> Markup:
    """Return both pictures; a style sheet shows the one that fits."""
    incoming = [n for n in neighbours if n.incoming]
    outgoing = [n for n in neighbours if not n.incoming]
    return _wide(middle, incoming, outgoing) + _narrow(middle, incoming, outgoing)


def alternative_text(middle: Look, neighbours: list[Neighbour]) -> str:
    """Return what the picture shows, in words."""
    if not neighbours:
        return f"{middle.label}, tied to no other class."
    parts = [
        f"{n.look.label} ({', '.join(n.relations)}, {'to' if n.incoming else 'from'} it)"
        for n in neighbours
    ]
    return f"{middle.label} in the middle; around it {'; '.join(parts)}."


def _svg(kind: str, width: int, height: int, title: str, parts: list[Markup]) -> Markup:
    arrow = Markup(
        '<defs><marker id="{0}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path d="M0 0.5L8 4L0 7.5Z" fill="#555"/>'
        "</marker></defs>"
    ).format(kind)
    opened = Markup(
        '<svg class="{}" role="img" viewBox="0 0 {} {}" width="{}" height="{}"><title>{}</title>'
    ).format(kind, width, height, width, height, title)
    return opened + arrow + Markup("").join(parts) + Markup("</svg>")


def _wide(middle: Look, incoming: list[Neighbour], outgoing: list[Neighbour]) -> Markup:
    every = [*incoming, *outgoing]
    half = (len(every) + 1) // 2
    left, right = every[:half], every[half:]
    rows = max(len(left), len(right), 2)
    height = rows * _ROW + 40
    centre = height / 2
    lines: list[Markup] = []
    nodes: list[Markup] = []
    for side, column in ((-1, left), (1, right)):
        for number, each in enumerate(column):
            offset = (number - (len(column) - 1) / 2) * _ROW
            # Half an ellipse: the further from the middle row, the nearer to the middle column.
            reach = 110 + 85 * max(0.0, 1 - (2 * offset / height) ** 2)
            x, y = _MIDDLE + side * reach, centre + offset
            lines.append(_line("wide", each, (x, y), (_MIDDLE, centre)))
            nodes.append(_node(each, x, y, side, "wide"))
    below = _text(0, 30, "middle", "name", middle.label)
    mark = Markup('<g transform="translate({} {})"><g transform="scale(1.8)">{}</g>{}</g>').format(
        _MIDDLE, _number(centre), middle.mark, below
    )
    return _svg("wide", _WIDE, height, middle.label, [*lines, *nodes, mark])


def _narrow(middle: Look, incoming: list[Neighbour], outgoing: list[Neighbour]) -> Markup:
    rows = len(incoming) + len(outgoing) + 1
    height = rows * _STEP + 10
    at = len(incoming) * _STEP + _STEP / 2
    parts: list[Markup] = []
    for number, each in enumerate([*incoming, *outgoing]):
        row = number if each.incoming else number + 1
        y = row * _STEP + _STEP / 2
        dashes = Markup(' stroke-dasharray="5 4"') if each.derived else Markup("")
        marks = _marker("narrow", each)
        parts.append(
            Markup('<path d="M66 {0}H{1}V{2}" class="line"{3}{4}/>').format(
                _number(y), _SPINE, _number(at + (16 if y > at else -16)), dashes, marks
            )
        )
        parts.append(_node(each, 76, y, 1, "narrow"))
    parts.append(
        Markup('<g transform="translate({} {})"><g transform="scale(1.5)">{}</g>{}</g>').format(
            _SPINE, _number(at), middle.mark, _text(22, 5, "start", "name", middle.label)
        )
    )
    return _svg("narrow", _NARROW, height, middle.label, parts)


def _line(
    kind: str, each: Neighbour, start: tuple[float, float], end: tuple[float, float]
) -> Markup:
    """A line between two symbols that leaves room for both."""
    (x, y), (to_x, to_y) = start, end
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    dx, dy = (to_x - x) / length, (to_y - y) / length
    points = (x + 12 * dx, y + 12 * dy, to_x - 20 * dx, to_y - 20 * dy)
    dashes = Markup(' stroke-dasharray="5 4"') if each.derived else Markup("")
    return Markup('<path d="M{} {}L{} {}" class="line"{}{}/>').format(
        *map(_number, points), dashes, _marker(kind, each)
    )


def _marker(kind: str, each: Neighbour) -> Markup:
    end = "end" if each.incoming else "start"
    return Markup(' marker-{}="url(#{}-arrow)"').format(end, kind)


def _node(each: Neighbour, x: float, y: float, side: int, kind: str) -> Markup:
    anchor = "start" if side > 0 else "end"
    words = _shortened(each.relations, _LONGEST[kind])
    return Markup('<a href="{}"><g transform="translate({} {})">{}{}{}</g></a>').format(
        each.href,
        _number(x),
        _number(y),
        each.look.mark,
        _text(side * 14, -1, anchor, "name", each.look.label),
        _text(side * 14, 14, anchor, "relation", words),
    )


def _shortened(relations: tuple[str, ...], longest: int) -> str:
    """Return as many relations as fit, and how many more there are."""
    for shown in range(len(relations), 0, -1):
        left = len(relations) - shown
        text = ", ".join(relations[:shown]) + (f" and {left} more" if left else "")
        if len(text) <= longest or shown == 1:
            return text
    return ""


def _text(x: float, y: float, anchor: str, kind: str, words: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>').format(
        _number(x), _number(y), anchor, kind, escape(words)
    )


def _number(value: float) -> str:
    """Return a coordinate with one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
