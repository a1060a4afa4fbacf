"""A scene as SVG that is complete by itself: text as text, literal attributes, no style, no script.

Feed readers drop styles, and so do programs that make pictures; what differs on a page (dark, in
focus, nearer) is set by the page's own style sheet, which goes before these attributes.
"""

from __future__ import annotations

from math import sqrt

from sousveil.view.html_text import text
from sousveil.view.network.formats import RING, Format
from sousveil.view.network.outline import Label, Outline, Placement, control
from sousveil.view.scene import Scene
from sousveil.view.symbols import PATHS
from sousveil.view.text_width import LINE_HEIGHT

INK, PAPER = "#1b1b1b", "#ffffff"
EDGE, OPEN = "#83838d", "#a3341f"
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
OPEN_DASHES = "5 4"
_HALO = 3
_ARROW = 3.0
_UNIT = 8.0
"""About the radius of a symbol at scale 1."""


def outline_of(scene: Scene) -> Outline:
    """Return what a layout is made from."""
    return Outline(
        labels=tuple(node.label for node in scene.nodes),
        links=tuple((s.start, s.end) for s in scene.links if s.end is not None),
        ranks=tuple(node.rank for node in scene.nodes),
        ringed=tuple(node.marked for node in scene.nodes),
    )


def scene_svgs(scene: Scene, forms: tuple[Format, ...]) -> list[tuple[Placement, str]]:
    """Return a layout and the SVG element of a scene for each format."""
    from sousveil.view.network.article import article_layouts  # a tenth of a second to load

    layouts = article_layouts(outline_of(scene), forms)
    return [
        (placed, svg_element(scene, placed, form.name))
        for form, placed in zip(forms, layouts, strict=True)
    ]


def svg_element(scene: Scene, placed: Placement, name: str) -> str:
    """Return a scene as an `svg` element for a page; `name` is its class, and makes its ids."""
    return (
        f'<svg class="{name}" viewBox="0 0 {placed.width} {placed.height}" role="img" '
        f'aria-label="{text(scene.alt)}">{svg_content(scene, placed, name)}</svg>'
    )


def svg_content(scene: Scene, placed: Placement, name: str) -> str:
    """Return arrow heads, links and things; `name` keeps the ids of two drawings apart."""
    plain: list[str] = []
    dashed: list[str] = []
    for statement, bend in zip(scene.links, placed.bends, strict=True):
        assert statement.end is not None
        path = _path(placed, statement.start, statement.end, bend)
        (plain if statement.accepted else dashed).append(f'<path class="e" d="{path}"/>')
    marks = [_node(scene, placed, n) for n in range(len(scene.nodes))]
    return (
        f"<defs>{_arrow(name, EDGE)}{_arrow(f'{name}-o', OPEN)}</defs>"
        f'<g class="es" fill="none" stroke="{EDGE}" stroke-width="1.4" '
        f'marker-end="url(#{name})">{"".join(plain)}</g>'
        f'<g class="os" fill="none" stroke="{OPEN}" stroke-width="1.4" '
        f'stroke-dasharray="{OPEN_DASHES}" marker-end="url(#{name}-o)">{"".join(dashed)}</g>'
        f'<g class="ns" font-family="{FONT}" font-size="{placed.font}" fill="{INK}" '
        f'stroke="{PAPER}" stroke-width="{_HALO}" stroke-linejoin="round" paint-order="stroke">'
        f"{''.join(marks)}</g>"
    )


def _arrow(name: str, color: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 1L8 4L0 7Z" fill="{color}"/></marker>'
    )


def _path(placed: Placement, a: int, b: int, bend: float) -> str:
    """A link from middle to rim; curved where it is one of several, or a loop."""
    ax, ay, bx, by = placed.x[a], placed.y[a], placed.x[b], placed.y[b]
    if a == b:
        reach = placed.radii[a] + 20
        return (
            f"M{ax - 4} {ay}C{ax - reach} {ay - reach} {ax + reach} {ay - reach} {ax + 4} {ay - 6}"
        )
    cx, cy = control(ax, ay, bx, by, bend) if bend else (ax, ay)
    far = sqrt((bx - cx) * (bx - cx) + (by - cy) * (by - cy)) or 1.0
    short = min(placed.radii[b] + _ARROW, far * 0.8)
    end_x, end_y = round(bx - (bx - cx) / far * short), round(by - (by - cy) / far * short)
    if not bend:
        return f"M{ax} {ay}L{end_x} {end_y}"
    return f"M{ax} {ay}Q{round(cx)} {round(cy)} {end_x} {end_y}"


def _node(scene: Scene, placed: Placement, n: int) -> str:
    node, label = scene.nodes[n], placed.labels[n]
    kind = scene.kinds[node.kind]
    x, y, radius = placed.x[n], placed.y[n], placed.radii[n]
    ring = ""
    if node.marked:
        ring = (
            f'<circle r="{radius + RING}" fill="none" stroke="{INK}" '
            f'stroke-width="1.5" stroke-dasharray="3 3"/>'
        )
    return (
        f'<g class="n" data-k="{node.kind}" transform="translate({x} {y})"><path '
        f'transform="scale({round(radius / _UNIT, 1)})" fill="{kind.color}" '
        f'd="{PATHS[kind.symbol]}"/>{ring}{_text(label, placed.font, x, y)}</g>'
    )


def _text(label: Label, font: float, node_x: int, node_y: int) -> str:
    place = {"start": label.left, "middle": (label.left + label.right) / 2, "end": label.right}
    x = round(place[label.anchor]) - node_x
    y = round(label.top + font * 0.93) - node_y
    looks = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    looks += ' font-weight="bold"' if label.bold else ""
    looks += "" if label.shown else ' class="x" display="none"'
    lines = [text(label.lines[0])]
    step = round(font * LINE_HEIGHT, 1)
    # The blank keeps the words apart where the text is copied or read aloud.
    lines += [f' <tspan x="{x}" dy="{step}">{text(line)}</tspan>' for line in label.lines[1:]]
    return f'<text{looks} x="{x}" y="{y}">{"".join(lines)}</text>'


def legend_mark(color: str, symbol: str) -> str:
    """Return a kind's mark for a legend."""
    return (
        '<svg class="m" width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">'
        f'<path d="{PATHS[symbol]}" fill="{color}"/></svg>'
    )
