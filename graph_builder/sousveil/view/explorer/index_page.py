"""The explorer's first page: the whole case as a picture, with search, and the way to all pages."""

from __future__ import annotations

from dataclasses import replace

from sousveil.model.story import Story
from sousveil.view.canvas_data import MOST_BESIDE_PAGES, canvas_data
from sousveil.view.canvas_page import canvas_figure, canvas_table, canvas_words
from sousveil.view.case_scene import case_scene
from sousveil.view.embed_page import (
    footer,
    header,
    legend,
    page,
    page_data,
    panel,
    statements,
    tools,
)
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.html_text import text
from sousveil.view.network.formats import CASE, NARROW
from sousveil.view.network.layouts import Layouts
from sousveil.view.scene import Scene
from sousveil.view.svg import scene_svgs

FIRST_PAGE = "index.html"


def index_page(
    site: SiteMaterial, stories: tuple[Story, ...], layouts: Layouts | None = None
) -> str:
    """Return the page; up to 150 things as SVG with every label clear, else on a canvas.

    `layouts` may know the layout of the latter already.
    """
    drawn, tally = site.drawn, site.tally
    small = len(drawn) <= CASE.all_clear
    scene = case_scene(
        site.case,
        drawn,
        title=site.words.tables.header.title,
        pages=site.pages,
        facts=tally["links"] + tally["facts"] <= MOST_BESIDE_PAGES,
        evidence=not is_bare(site),
    )
    scene = replace(
        scene,
        finding=site.frame.words("lead", things=len(drawn), **tally),
        credits=(site.words.tables.header.licence or "",),
        stamp=site.frame.mark,
    )
    return _small(site, scene, stories) if small else _large(site, scene, stories, layouts)


def is_bare(site: SiteMaterial) -> bool:
    """Tell whether links are drawn without evidence, and then without facts: there are too many."""
    return len(site.drawn) > CASE.all_clear and site.tally["links"] > MOST_BESIDE_PAGES


def _small(site: SiteMaterial, scene: Scene, stories: tuple[Story, ...]) -> str:
    words = site.frame.words
    pictures = "".join(svg for _, svg in scene_svgs(scene, (CASE, NARROW))) if scene.nodes else ""
    figure = (
        f'<figure><div id="picture">{pictures}{panel(words)}</div>'
        f"<figcaption>{legend(scene, words)}</figcaption></figure>"
        if scene.nodes
        else f'<p class="empty">{text(words("empty"))}</p>'
    )
    body = (
        f"{_top(site, scene, stories)}{tools(scene, words)}{figure}"
        f"{statements(scene, words)}{footer(scene, words)}"
    )
    return page(scene, body, page_data(scene, words), "viewer.js", "auto", whole=True)


def _large(
    site: SiteMaterial, scene: Scene, stories: tuple[Story, ...], layouts: Layouts | None
) -> str:
    words = site.frame.words
    scene, data = canvas_data(scene, words, pages_in="things/", layouts=layouts)
    body = (
        f"{_top(site, scene, stories)}{tools(scene, words)}{canvas_figure(scene, words)}"
        f"{canvas_table(scene, data, words)}"
        f"<noscript><p>{text(words('needs-script'))}</p></noscript>{footer(scene, words)}"
    )
    return page(scene, body, canvas_words(data, words), "canvas.js", "auto", whole=True)


def _top(site: SiteMaterial, scene: Scene, stories: tuple[Story, ...]) -> str:
    told = ""
    if stories:
        items = "".join(
            f'<li><a href="stories/{story.key}.html">{text(story.title)}</a></li>'
            for story in stories
        )
        title = text(site.frame.words("stories"))
        told = f'<p class="kind">{title}</p><ul class="columns">{items}</ul>'
    return f"{site.frame.nav(here=FIRST_PAGE)}{header(scene)}{told}"
