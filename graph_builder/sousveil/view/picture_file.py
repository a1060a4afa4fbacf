"""A scene as a picture: SVG by itself, PNG for social cards, PDF for print.

PNG and PDF need the extra `pictures`: resvg and typst draw the SVG with the fonts of this machine
(Arial, Liberation Sans or Helvetica, in this order), so that their bytes depend on these; the SVG's
do not.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sousveil.errors import OutsideError
from sousveil.view.html_text import text
from sousveil.view.interface_words import interface_words
from sousveil.view.network.formats import WIDE
from sousveil.view.scene import Scene
from sousveil.view.svg import (
    FONT,
    INK,
    OPEN,
    OPEN_DASHES,
    PAPER,
    legend_mark,
    scene_svgs,
    svg_content,
)
from sousveil.view.text_width import text_width, wrapped

_MARGIN = 20
_SOFT = "#56565c"
_STAMP = "#7a0019"
_TYPST = """#set page(width: auto, height: auto, margin: 0pt)
#set document(date: none)
#image("picture.svg")
"""


def svg_file(scene: Scene) -> str:
    """Return a picture by itself: title, finding, graph, legend and state; no script, no style."""
    [(placed, _)] = scene_svgs(scene, (WIDE,))
    width = placed.width + 2 * _MARGIN
    parts: list[str] = []
    y = float(_MARGIN)
    for words, size, color, bold in (
        (scene.stamp, 13.0, _STAMP, True),
        (scene.title, 22.0, INK, True),
        (scene.finding, 15.0, _SOFT, False),
    ):
        for line in _wrapped(words, placed.width, size * (1.09 if bold else 1)):
            y += size * 1.25
            parts.append(_line(line, _MARGIN, y, size, color, bold=bold))
    y += 16
    parts.append(
        f'<g transform="translate({_MARGIN} {round(y)})">{svg_content(scene, placed, "p")}</g>'
    )
    y += placed.height + 8
    legend, y = _legend(scene, y, placed.width)
    parts.append(legend)
    y += 22
    for n, line in enumerate(_wrapped(_state(scene), placed.width, 11.5)):
        y += 15 * bool(n)
        parts.append(_line(line, _MARGIN, y, 11.5, _SOFT))
    height = round(y + _MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}"><title>{text(scene.title)}</title>'
        f'<desc>{text(scene.alt)}</desc><rect width="{width}" height="{height}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>\n"
    )


def _wrapped(words: str, width: float, size: float) -> tuple[str, ...]:
    return wrapped(words, width, size, 5, 600) if words else ()


def _line(words: str, x: float, y: float, size: float, color: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{round(x)}" y="{round(y)}" font-size="{size}" fill="{color}"{weight}>'
        f"{text(words)}</text>"
    )


def _legend(scene: Scene, top: float, width: float) -> tuple[str, float]:
    x, y = float(_MARGIN), top + 14
    parts = []
    for mark, room, label in _legend_entries(scene):
        wide = room + 6 + text_width(label, 12.5) + 16
        if x + wide > width + _MARGIN and x > _MARGIN:
            x, y = float(_MARGIN), y + 21
        parts.append(
            f'<g transform="translate({round(x) + room // 2} {round(y) - 4})">{mark}</g>'
            + _line(label, x + room + 4, y, 12.5, INK)
        )
        x += wide
    return "".join(parts), y


def _legend_entries(scene: Scene) -> Iterator[tuple[str, int, str]]:
    """What occurs in the picture: a mark around 0 0, the width it takes, and its words."""
    words = interface_words(scene.interface)
    used = {node.kind for node in scene.nodes}
    for n, kind in enumerate(scene.kinds):
        if n in used:
            mark = legend_mark(kind.color, kind.symbol)
            yield mark.partition(">")[2].rpartition("</svg>")[0], 18, kind.label
    if any(not link.accepted for link in scene.links):
        look = f'stroke="{OPEN}" stroke-width="1.4" stroke-dasharray="{OPEN_DASHES}"'
        yield f'<path d="M-16 0H16" {look}/>', 34, words("open")
    if any(node.marked for node in scene.nodes):
        look = f'fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="3 3"'
        yield f'<circle r="7" {look}/>', 18, words("marked")


def _state(scene: Scene) -> str:
    words = interface_words(scene.interface)
    found = []
    if scene.origin:
        found.append(scene.origin)
    if scene.as_of:
        found.append(words("as-of", day=scene.as_of))
    if scene.version:
        found.append(words("version", n=scene.version))
    if scene.credits:
        found.append(f"{'; '.join(scene.credits)}.")
    return " ".join([*found, f"{words('made')}."])


def png_file(drawn: str, scale: int = 2) -> bytes:
    """Return an SVG as PNG, `scale` pixels to a unit; raises OutsideError without the extra."""
    resvg = _extra("resvg_py")
    made = resvg.svg_to_bytes(
        svg_string=drawn,
        zoom=scale,
        font_family="Arial",
        sans_serif_family="Liberation Sans",
    )
    return bytes(made)


def pdf_file(drawn: str) -> bytes:
    """Return an SVG as PDF, text as text; raises OutsideError without the extra."""
    typst = _extra("typst")
    with tempfile.TemporaryDirectory(prefix="sousveil-") as made:
        folder = Path(made)
        (folder / "picture.svg").write_text(drawn, encoding="utf-8")
        (folder / "picture.typ").write_text(_TYPST, encoding="utf-8")
        return bytes(typst.compile(folder / "picture.typ", root=folder, format="pdf"))


def _extra(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise OutsideError(
            "pictures need the extra `pictures`: uv tool install 'sousveil[pictures]'"
        ) from error
