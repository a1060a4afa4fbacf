"""All pages of a case's explorer, by file name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sousveil.graph.case_words import CaseWords
from sousveil.model.story import Story
from sousveil.view.embed_page import embed_page, part
from sousveil.view.explorer.frame import STYLE_FILE
from sousveil.view.explorer.index_page import FIRST_PAGE, index_page, is_bare
from sousveil.view.explorer.lists import sources_page, things_page
from sousveil.view.explorer.material import SiteMaterial, joined
from sousveil.view.explorer.question_page import (
    QUESTIONS_FILE,
    AskedQuestion,
    question_file,
    question_page,
    questions_page,
)
from sousveil.view.explorer.source_page import source_page
from sousveil.view.explorer.thing_page import thing_page
from sousveil.view.network.layouts import Layouts
from sousveil.view.story_scene import story_scene


def explorer_pages(
    words: CaseWords,
    stories: Iterable[Story] = (),
    questions: Sequence[AskedQuestion] | None = (),
    *,
    mark: str = "",
    story_marks: Mapping[str, str] | None = None,
    stands: Callable[[str, str], bool] = lambda _iri, _file: False,
    layouts: Layouts | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield (file name, content) of each page.

    Each page is made from the case's words alone, one after the other, so that a caller may write,
    compare or keep them one by one. `mark` stands on top of all of them, and one of `story_marks`
    (by key) on a story's page. `layouts` may know that of the first page.

    What is there already is left out: the pages of questions where `questions` is None, and those
    of things and sources of which `stands` tells so, given the IRI and the file; without an IRI it
    is asked for the first page, where that has links alone.
    """
    told = tuple(sorted(stories, key=lambda story: story.key))
    more = ((QUESTIONS_FILE, "questions"),) if questions is None or questions else ()
    site = SiteMaterial(words, more, mark)
    if not (is_bare(site) and stands("", FIRST_PAGE)):
        yield FIRST_PAGE, index_page(site, told, layouts)
    yield STYLE_FILE, part("explorer-style.css") + "\n"
    yield "things.html", things_page(site)
    yield "sources.html", sources_page(site)
    if questions:
        yield QUESTIONS_FILE, questions_page(site, questions)
    for one in questions or ():
        yield question_file(one.question.name), question_page(site, one)
    anew = {iri for iri in (*site.things, *site.sources) if not stands(iri, site.pages[iri])}
    site.read(anew if len(anew) < len(site.pages) / 2 else None)
    for iri in site.things:
        if iri in anew:
            yield site.pages[iri], thing_page(site, iri)
    for iri in site.sources:
        if iri in anew:
            yield site.pages[iri], source_page(site, iri)
    for story in told:
        yield (
            f"stories/{story.key}.html",
            _story_page(site, story, (story_marks or {}).get(story.key, "")),
        )


def _story_page(site: SiteMaterial, story: Story, mark: str) -> str:
    scene = story_scene(site.case, story)
    return embed_page(replace(scene, stamp=joined(scene.stamp, mark)))
