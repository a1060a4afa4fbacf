"""A scene of hundreds to 50,000 things as one HTML page that draws on a canvas."""

from __future__ import annotations

from sousveil.view.canvas_data import MOST_WITH_EVIDENCE, canvas_data
from sousveil.view.embed_page import SPOKEN, footer, header, legend, page, panel, steps, tools
from sousveil.view.html_text import text
from sousveil.view.interface_words import Words, interface_words
from sousveil.view.scene import Scene
from sousveil.view.symbols import PATHS

_MOST_WITHOUT_SCRIPT = 2000
"""So many links are told as sentences where no script runs."""


def canvas_page(scene: Scene, theme: str = "auto") -> str:
    """Return a scene as a page of its own, with its evidence up to 10,000 statements."""
    words = interface_words(scene.interface)
    scene, data = canvas_data(scene, words)
    body = (
        f"{header(scene)}{tools(scene, words)}{steps(scene, words)}"
        f"{canvas_figure(scene, words)}{_without_evidence(scene, words)}{_sentences(scene)}"
        f"{footer(scene, words)}"
    )
    return page(scene, body, canvas_words(data, words), "canvas.js", theme)


def canvas_words(data: dict[str, object], words: Words) -> dict[str, object]:
    """Return the data of a canvas with the shapes and words that its script needs."""
    return data | {"w": {name: words(name) for name in SPOKEN}, "shapes": PATHS}


def canvas_figure(scene: Scene, words: Words) -> str:
    """Return the canvas with its legend."""
    label = f"{scene.alt} {words('help')}"
    return (
        '<figure><div id="picture"><canvas id="canvas" tabindex="0" role="application" '
        f'aria-label="{text(label)}"></canvas><p id="here" class="sr" aria-live="polite"></p>'
        f"{panel(words)}</div><figcaption>{legend(scene, words)}</figcaption></figure>"
    )


def _without_evidence(scene: Scene, words: Words) -> str:
    """What a page says that is too large to hold its evidence."""
    count = len(scene.statements)
    if count <= MOST_WITH_EVIDENCE:
        return ""
    return f'<p class="r">{text(words("without-evidence", n=f"{count:,}"))}</p>'


def _sentences(scene: Scene) -> str:
    links = scene.links
    if len(links) > _MOST_WITHOUT_SCRIPT:
        return ""
    items = "".join(f"<li>{text(s.sentence)}</li>" for s in links)
    return f"<noscript><ol>{items}</ol></noscript>"
