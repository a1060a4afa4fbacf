"""A scene as one HTML file: picture, evidence, table and steps; no request, no storage.

Everything stands in the file as text before any script runs. The script makes the picture answer;
it reads what it needs from the page itself. A policy by hash lets it run and nothing else.
"""

from __future__ import annotations

from typing import Any

from sousveil.content import content_folder
from sousveil.view.html_text import json_text, policy, text
from sousveil.view.interface_words import Words, interface_words
from sousveil.view.network.formats import NARROW, WIDE
from sousveil.view.scene import Scene
from sousveil.view.statement_html import statement_table
from sousveil.view.svg import EDGE, INK, OPEN, OPEN_DASHES, legend_mark, scene_svgs

THEMES = ("auto", "light", "dark")
MOST_THINGS = 300
"""Above so many things a picture is drawn on a canvas."""

SPOKEN = (
    "close", "links", "page", "nothing", "several", "step", "connections-one", "connections-many",
    "shown",
)  # fmt: skip
"""The words that a script needs."""


def part(name: str) -> str:
    """Return a built script or style sheet of the viewer."""
    path = content_folder("visualizations") / "viewer" / "bundle" / name
    return path.read_text(encoding="utf-8").strip()


def embed_page(scene: Scene, theme: str = "auto") -> str:
    """Return a scene of up to 300 things as one HTML page."""
    words = interface_words(scene.interface)
    drawn = scene_svgs(scene, (WIDE, NARROW)) if scene.nodes else []
    pictures = "".join(svg for _, svg in drawn)
    figure = (
        f'<figure><div id="picture">{pictures}{panel(words)}</div>'
        f"<figcaption>{legend(scene, words)}</figcaption></figure>"
        if scene.nodes
        else f'<p class="empty">{text(words("empty"))}</p>'
    )
    body = (
        f"{header(scene)}{tools(scene, words)}{steps(scene, words)}{figure}"
        f"{statements(scene, words)}"
        f"{footer(scene, words)}"
    )
    return page(scene, body, page_data(scene, words), "viewer.js", theme)


def page(
    scene: Scene,
    body: str,
    data: dict[str, Any],
    script_name: str,
    theme: str,
    *,
    whole: bool = False,
) -> str:
    """Return a whole page around a body; `data` is for the script, `whole` a case's own page."""
    script = part(script_name)
    style = part("explorer-style.css" if whole else "viewer-style.css")
    if script_name == "canvas.js":
        style += part("canvas-style.css")
    main = '<main class="case">' if whole else "<main>"
    hue = "" if theme == "auto" else f' class="{theme}"'
    return (
        f'<!doctype html>\n<html lang="{text(scene.language)}"{hue}>\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([script], [style])}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="description" content="{text(scene.finding or scene.alt)}">\n'
        f"<title>{text(scene.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{main}{body}</main>\n"
        f'<script type="application/json" id="data">{json_text(data)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def page_data(scene: Scene, words: Words) -> dict[str, Any]:
    """Return what the script cannot read from the page: names, addresses, steps, its words."""
    also = {n: node.also for n, node in enumerate(scene.nodes) if node.also}
    captions = {n: node.caption for n, node in enumerate(scene.nodes) if node.caption}
    pages = {n: node.href for n, node in enumerate(scene.nodes) if node.href}
    data: dict[str, Any] = {
        "n": [node.label for node in scene.nodes],
        "i": [node.anchor for node in scene.nodes],
        "k": [kind.label for kind in scene.kinds],
        "w": spoken(words, len(scene.steps)),
    }
    given = (("also", also), ("caption", captions), ("page", pages))
    return data | {name: value for name, value in given if value}


def spoken(words: Words, steps: int) -> dict[str, str]:
    """Return the words that a script needs, on a page with so many guided steps."""
    hint = words.counted("steps-hint", steps)
    return {**{name: words(name) for name in SPOKEN}, "steps-hint": hint}


def header(scene: Scene) -> str:
    """Return the stamp of a desk's page, the title and the finding."""
    stamp = f'<p class="stamp">{text(scene.stamp)}</p>' if scene.stamp else ""
    finding = f'<p class="finding">{text(scene.finding)}</p>' if scene.finding else ""
    return f"{stamp}<header><h1>{text(scene.title)}</h1>{finding}</header>"


def tools(scene: Scene, words: Words) -> str:
    """Return the search and the dates; the script shows what it can serve."""
    if not scene.nodes:
        return ""
    dates = ""
    if any(s.first or s.last for s in scene.links):
        dates = (
            f'<fieldset id="time" hidden><legend>{text(words("date"))}</legend>'
            f"{_slider('since', words('from'))}{_slider('until', words('until'))}"
            f"{_undated(scene, words)}</fieldset>"
        )
    return (
        '<form id="tools" role="search" autocomplete="off" hidden>'
        f'<label for="find">{text(words("find"))}</label>'
        f'<input id="find" type="search" list="names" placeholder="{text(words("find-hint"))}">'
        f'<datalist id="names"></datalist><button>{text(words("show"))}</button>'
        f"{zoom_buttons(words)}{dates}"
        '<p id="told" role="status"></p></form>'
    )


def _slider(name: str, label: str) -> str:
    return f'<label>{text(label)} <input type="range" id="{name}"><output></output></label>'


def _undated(scene: Scene, words: Words) -> str:
    some = any(not (s.first or s.last) for s in scene.links)
    return f"<small>{text(words('undated'))}</small>" if some else ""


def zoom_buttons(words: Words) -> str:
    """Return the buttons that zoom; they stand above the picture, and cover no label."""
    buttons = (("+", "nearer", "+"), ("-", "farther", "−"), ("0", "whole", "⤢"))
    return (
        '<div id="zoom">'
        + "".join(
            f'<button type="button" data-z="{z}" aria-label="{text(words(name))}" '
            f'title="{text(words(name))}">{sign}</button>'
            for z, name, sign in buttons
        )
        + "</div>"
    )


def panel(words: Words) -> str:
    """Return the place where evidence opens."""
    label = text(words("evidence"))
    return f'<section id="panel" aria-label="{label}" tabindex="-1" hidden></section>'


def legend(scene: Scene, words: Words) -> str:
    """Return the kinds with their marks, and what the lines mean; the script makes them filters."""
    counts: dict[int, int] = {}
    for node in scene.nodes:
        counts[node.kind] = counts.get(node.kind, 0) + 1
    items = [
        f'<li data-k="{n}">{legend_mark(kind.color, kind.symbol)}'
        f"<span>{text(kind.label)} ({counts[n]})</span></li>"
        for n, kind in enumerate(scene.kinds)
        if n in counts
    ]
    links = scene.links
    if any(s.accepted for s in links):
        items.append(f'<li data-s="a">{_line(EDGE, "")}<span>{text(words("accepted"))}</span></li>')
    if any(not s.accepted for s in links):
        dashed = _line(OPEN, f' stroke-dasharray="{OPEN_DASHES}"')
        items.append(f'<li data-s="o">{dashed}<span>{text(words("open"))}</span></li>')
    if any(node.marked for node in scene.nodes):
        ring = (
            '<svg class="m" width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">'
            f'<circle r="7" fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="3 3"/>'
            "</svg>"
        )
        items.append(f"<li>{ring}<span>{text(words('marked'))}</span></li>")
    return f'<ul id="legend">{"".join(items)}</ul>'


def _line(color: str, dashes: str) -> str:
    return (
        '<svg class="l" width="34" height="10" aria-hidden="true">'
        f'<path d="M1 5H33" stroke="{color}" stroke-width="2"{dashes}/></svg>'
    )


def steps(scene: Scene, words: Words) -> str:
    """Return the guided steps as a list that reads by itself."""
    if not scene.steps:
        return ""
    items = "".join(
        f'<li data-n="{" ".join(map(str, step.nodes))}" '
        f'data-c="{" ".join(map(str, step.statements))}"><p>{text(step.text)}</p></li>'
        for step in scene.steps
    )
    return (
        f'<section id="steps"><h2>{text(words("steps"))}</h2><ol>{items}</ol>'
        f'<div hidden><button type="button" id="back">{text(words("back"))}</button>'
        f'<span id="at" role="status"></span>'
        f'<button type="button" id="next">{text(words("next"))}</button></div></section>'
    )


def statements(scene: Scene, words: Words) -> str:
    """Return all statements as a table that folds."""
    if not scene.statements:
        return ""
    title = words.counted("table", len(scene.statements))
    table = statement_table(scene.statements, words, scene.source_pages)
    return (
        f'<details id="all"><summary>{text(title)}</summary><div class="t">{table}</div></details>'
    )


def footer(scene: Scene, words: Words) -> str:
    """Return the parties' answers, the state, the correction and the credits."""
    found = ""
    if scene.parties:
        items = "".join(f"<li>{text(party)}</li>" for party in scene.parties)
        found += (
            f'<section id="parties"><h2>{text(words("parties"))}</h2><ul>{items}</ul></section>'
        )
    if scene.correction:
        found += (
            f'<p class="correction"><strong>{text(words("correction"))}</strong> '
            f"{text(scene.correction)}</p>"
        )
    state = []
    if scene.origin:
        state.append(scene.origin)
    if scene.as_of:
        state.append(words("as-of", day=scene.as_of))
    if scene.version:
        state.append(words("version", n=scene.version))
    if scene.credits:
        state.append(f"{words('credits')} {'; '.join(scene.credits)}.")
    state.append(f"{words('made')}.")
    return f"<footer>{found}<p>{text(' '.join(state))}</p></footer>"
