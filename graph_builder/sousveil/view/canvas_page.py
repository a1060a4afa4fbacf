"""A scene of hundreds to 50,000 things as one HTML page that draws on a canvas."""

from __future__ import annotations

from collections.abc import Mapping

from sousveil.view.canvas_data import canvas_data
from sousveil.view.embed_page import footer, header, legend, page, panel, spoken, steps, tools
from sousveil.view.html_text import text
from sousveil.view.interface_words import Words, interface_words
from sousveil.view.scene import Scene
from sousveil.view.statement_html import heads
from sousveil.view.symbols import PATHS

_MOST_WITHOUT_SCRIPT = 2000
"""So many links are told as sentences where no script runs."""

_SPOKEN = ("statements-one", "statements-many", "range", "proof-there")
"""The words that the script of a canvas needs beside those of all scripts."""


def canvas_page(scene: Scene, theme: str = "auto") -> str:
    """Return a scene as a page of its own, with its evidence up to 10,000 statements."""
    words = interface_words(scene.interface)
    scene, data = canvas_data(scene, words)
    body = (
        f"{header(scene)}{tools(scene, words)}{steps(scene, words)}"
        f"{canvas_figure(scene, words)}{_without_evidence(scene, data, words)}"
        f"{canvas_table(scene, data, words)}{_without_script(scene, words)}{footer(scene, words)}"
    )
    return page(scene, body, canvas_words(data, words, len(scene.steps)), "canvas.js", theme)


def canvas_words(data: Mapping[str, object], words: Words, guided: int = 0) -> dict[str, object]:
    """Return the data of a canvas, of so many guided steps, with what its script needs of us."""
    said = spoken(words, guided) | {name: words(name) for name in _SPOKEN}
    if _lacks_evidence(data):
        said["no-room"] = words("no-room")
    return {**data, "w": said, "shapes": PATHS}


def _lacks_evidence(data: Mapping[str, object]) -> bool:
    return "e" not in data and "pages" not in data


def canvas_figure(scene: Scene, words: Words) -> str:
    """Return the canvas with its legend."""
    label = f"{scene.alt} {words('help')}"
    return (
        '<figure><div id="picture"><canvas id="canvas" tabindex="0" role="application" '
        f'aria-label="{text(label)}"></canvas><p id="here" class="sr" aria-live="polite"></p>'
        f"{panel(words)}</div><figcaption>{legend(scene, words)}</figcaption></figure>"
    )


def canvas_table(scene: Scene, data: Mapping[str, object], words: Words) -> str:
    """Return the frame of the table beneath a canvas: the script fills it when it is unfolded.

    It has the columns of a small page's table; no evidence where neither the page nor others hold
    it.
    """
    count = len(scene.statements) if "e" in data else len(scene.links)
    if not count:
        return ""
    title = words.counted("table" if "e" in data else "links-table", count)
    return (
        f'<details id="rows" hidden><summary>{text(title)}</summary><div id="turn">'
        f'<button type="button">{text(words("back"))}</button>'
        '<span id="range" role="status"></span>'
        f'<button type="button">{text(words("next"))}</button></div>'
        '<div class="t"><table id="told-rows"><caption></caption>'
        f"{heads(words, evidence=not _lacks_evidence(data))}<tbody></tbody></table></div></details>"
    )


def _without_evidence(scene: Scene, data: Mapping[str, object], words: Words) -> str:
    """What a page says that is too large to hold its evidence."""
    if not _lacks_evidence(data):
        return ""
    count = f"{len(scene.statements):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f'<p class="r">{text(words("without-evidence", n=count))}</p>'


def _without_script(scene: Scene, words: Words) -> str:
    """What is read where no script runs: what is missing there, and the links if they are few."""
    links = scene.links
    items = ""
    if len(links) <= _MOST_WITHOUT_SCRIPT:
        items = f"<ol>{''.join(f'<li>{text(s.sentence)}</li>' for s in links)}</ol>"
    return f"<noscript><p>{text(words('canvas-needs-script'))}</p>{items}</noscript>"
