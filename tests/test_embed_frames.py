"""An embed within an article: in a sandboxed frame, in every theme, for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sousveil.ledger.profile import Profile
from sousveil.pipeline.answered import asked_questions
from sousveil.pipeline.case import Case
from sousveil.pipeline.embed import embed_bytes, embed_of
from sousveil.view.embed import SANDBOX, from_networkx
from sousveil.view.explorer.site import explorer_pages
from tests.cases import RING_LAPD
from tests.servers import OpenPage

WIDE = "#picture > svg.wide"
ARTICLE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>An article</title>
<style>body {{ max-width: 40rem; margin: 0 auto; }} iframe {{ width: 100%; border: 0; }}</style>
<h1>An article</h1><p>{before}</p>
<iframe id="graph" title="Graph" height="300" sandbox="{sandbox}" src="{src}"></iframe>
<p>{before}</p>
<script>
window.told = [];
window.addEventListener("message", (event) => {{
  window.told.push(event.data);
  if (event.data && event.data.type === "embed-size") {{
    document.querySelector("#graph").height = event.data.height;
  }}
}});
</script></html>"""


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the embed of the gifts, and an article around it."""
    made = tmp_path_factory.mktemp("article")
    data = embed_bytes(case, embed_of(case, "gifts"), Profile.PUBLIC)
    (made / "gifts.html").write_bytes(data)
    article = ARTICLE.format(before="words " * 300, sandbox=SANDBOX, src="gifts.html?childId=g1")
    (made / "article.html").write_text(article, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def site(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    asked = list(asked_questions(case, Profile.PUBLIC))
    for name, page in explorer_pages(case.words(), case.stories.values(), asked):
        path = made / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    return made


# ---- in an article -------------------------------------------------------------------------------


def test_in_a_sandboxed_frame_the_embed_answers_and_tells_its_height(
    folder: Path, open_page: OpenPage
) -> None:
    opened = open_page(folder / "article.html", settle=False)
    page = opened.page
    page.wait_for_function("() => document.querySelector('#graph').height > 500")
    frame = page.frame_locator("#graph")
    frame.locator("#next").click()
    assert frame.locator("#at").inner_text() == "1 of 5"
    before = page.evaluate("() => Number(document.querySelector('#graph').height)")
    frame.locator("#all summary").click()
    page.wait_for_function(
        "(before) => document.querySelector('#graph').height > before + 500", arg=before
    )

    def heights() -> tuple[int, int]:
        """The height that the frame has, and the one that its page needs."""
        inner = frame.locator("html").evaluate("(e) => Math.ceil(e.getBoundingClientRect().height)")
        return page.evaluate("() => Number(document.querySelector('#graph').height)"), inner

    for _ in range(100):  # the table's words and columns come after it is opened
        if len(set(heights())) == 1:
            break
        page.wait_for_timeout(100)
    assert len(set(heights())) == 1, heights()
    assert opened.requests == []
    assert opened.errors == []


def test_the_height_is_told_in_the_words_of_amp_of_datawrapper_and_of_pym(
    folder: Path, open_page: OpenPage
) -> None:
    page = open_page(folder / "article.html", settle=False).page
    page.wait_for_function("() => window.told.length >= 3")
    told: list[Any] = page.evaluate("() => window.told.slice(0, 3)")
    amp = next(t for t in told if isinstance(t, dict) and t.get("sentinel") == "amp")
    assert amp["type"] == "embed-size"
    height = amp["height"]
    assert {"datawrapper-height": {"g1": height}} in told
    assert f"pymxPYMxg1xPYMxheightxPYMx{height}" in told


def test_a_plain_wheel_over_the_picture_scrolls_the_article(
    folder: Path, open_page: OpenPage
) -> None:
    page = open_page(folder / "article.html", settle=False).page
    page.wait_for_function("() => document.querySelector('#graph').height > 500")
    page.locator("#graph").scroll_into_view_if_needed()
    before = page.evaluate("() => window.scrollY")
    box = page.locator("#graph").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, min(box["y"] + 300, 880))
    page.mouse.wheel(0, 200)
    page.wait_for_function("(before) => window.scrollY !== before", arg=before)


def test_a_notebook_shows_the_embed_in_a_frame_that_can_do_nothing_to_it(
    tmp_path: Path, open_page: OpenPage
) -> None:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("Ring", "LAPD", verb="asked", evidence='an "e-mail" <b>&amp;</b> & more')
    shown = from_networkx(graph, title="A 'small' \"graph\"")._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>x</title>{shown}", encoding="utf-8")
    page = open_page(path, settle=False).page
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "A 'small' \"graph\""
    frame.locator("svg.wide .n >> nth=0").click()
    frame.locator("#panel button.link").click()
    assert 'an "e-mail" <b>&amp;</b> & more' in frame.locator("#panel").inner_text()
    assert escape("allow-scripts") in shown
    assert "allow-same-origin" not in shown


# ---- themes and readers --------------------------------------------------------------------------


def colours(page: Page) -> tuple[str, str]:
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("() => getComputedStyle(document.querySelector('svg.wide .ns text')).fill")
    return paper, ink


@pytest.mark.parametrize(
    ("theme", "device", "dark"),
    [
        ("auto", "dark", True),
        ("auto", "light", False),
        ("light", "dark", False),
        ("dark", "light", True),
    ],
)
def test_a_page_is_dark_or_light_as_the_device_or_the_editor_says(
    case: Case, tmp_path: Path, browser: Browser, theme: str, device: Any, dark: bool
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(embed_bytes(case, embed_of(case, "gifts"), Profile.PUBLIC, theme))
    context = browser.new_context(color_scheme=device)
    page = context.new_page()
    page.goto(path.as_uri())
    expected = ("rgb(21, 23, 26)", "rgb(236, 238, 242)") if dark else (
        "rgb(255, 255, 255)", "rgb(27, 27, 27)"
    )  # fmt: skip
    assert colours(page) == expected
    context.close()


def test_with_forced_colours_text_and_lines_take_the_readers_colours(
    folder: Path, browser: Browser
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((folder / "gifts.html").as_uri())
    ink = page.evaluate(
        "() => { const p = document.createElement('p'); p.style.color = 'CanvasText';"
        "document.body.append(p); return getComputedStyle(p).color; }"
    )
    line = page.evaluate("() => getComputedStyle(document.querySelector('svg.wide .es .e')).stroke")
    assert line == ink
    context.close()


def test_nothing_moves_by_itself_whatever_motion_a_reader_wants(
    folder: Path, browser: Browser
) -> None:
    context = browser.new_context(reduced_motion="no-preference")
    page = context.new_page()
    page.goto((folder / "gifts.html").as_uri())
    page.locator("svg.wide .n").first.press("Enter")
    moving = page.evaluate(
        """() => [document.getAnimations().length, ...[...document.querySelectorAll("*")]
          .map((each) => getComputedStyle(each))
          .map((each) => each.transitionDuration + each.animationName)
          .filter((each) => each !== "0snone")]"""
    )
    assert moving == [0]
    context.close()


@pytest.mark.parametrize(
    ("language", "close", "find"), [("de", "Schließen", "Suchen"), ("es", "Cerrar", "Buscar")]
)
def test_the_buttons_speak_german_and_spanish(
    case: Case, tmp_path: Path, open_page: OpenPage, language: str, close: str, find: str
) -> None:
    path = embed_of(case, "Pillar", language=language).save(tmp_path / "page.html")
    page = open_page(path, settle=False).page
    assert page.inner_text("label[for=find]") == find
    page.click(f"{WIDE} .n >> nth=0")
    assert page.get_attribute("#panel .close", "aria-label") == close


def test_labels_from_right_to_left_stand_in_their_own_direction_and_stay_clear(
    tmp_path: Path, open_page: OpenPage
) -> None:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    names = ["شرطة لوس أنجلوس", "משטרת לוס אנג'לס", "Ring (רינג)", "警察署と住民の会"]
    for name in names[1:]:
        graph.add_edge(names[0], name, verb="طلب")
    page = open_page(
        from_networkx(graph, title=names[0]).save(tmp_path / "p.html"), settle=False
    ).page
    texts = page.locator(f"{WIDE} .n text").all_text_contents()
    assert {" ".join(t.split()) for t in texts} == set(names)
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('svg.wide .n text')].map((t) => {"
        "const b = t.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"
    )
    for n, (left, right, top, bottom) in enumerate(boxes):
        assert left >= 0
        for other in boxes[n + 1 :]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            assert apart


# ---- accessibility, by axe-core ------------------------------------------------------------------


def broken_rules(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_an_embed(
    folder: Path, browser: Browser, width: int, scheme: Any
) -> None:
    # The policy lets nothing run but the page's own script; the check itself must get past it.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto((folder / "gifts.html").as_uri())
    assert broken_rules(page) == []
    page.click("#all summary")
    page.click("#next")
    page.click("#picture > svg:visible .n >> nth=0")
    assert broken_rules(page) == []
    context.close()


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "things.html",
        "sources.html",
        "things/lapd.html",
        "sources/techtimes-2021-06-17.html",
        "questions.html",
        "questions/who-received-benefits.html",
    ],
)
def test_axe_finds_nothing_in_the_explorer(site: Path, browser: Browser, name: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((site / name).as_uri())
    page.wait_for_timeout(300)
    assert broken_rules(page) == []
    context.close()


# ---- the explorer --------------------------------------------------------------------------------


def test_no_page_of_the_explorer_scrolls_sideways_on_a_phone(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    pages = [*site.glob("*.html"), *site.glob("questions/*.html"), *site.glob("sources/*.html")]
    assert len(pages) > 180
    wide = {}
    for path in sorted(pages):
        page.goto(path.as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[path.relative_to(site).as_posix()] = width
    context.close()
    assert wide == {}


BROKEN_WORDS = """
() => {
  const found = [];
  for (const row of [...document.querySelectorAll("tr")].slice(0, 20)) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      for (const { 0: word, index } of text.data.matchAll(/\\S+/g)) {
        if (!/^\\p{L}{2,12}[,.;:]?$/u.test(word)) continue;
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
        if (new Set(tops).size > 1) found.push(word);
      }
    }
  }
  return found;
}
"""


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_up_to_12_letters_is_broken_in_a_table(
    site: Path, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    broken = {}
    wide = ("chain-to-the-document", "documents-behind", "who-requested-from-whom", "who-gave-what")
    for name in (*(f"questions/{one}" for one in wide), "index", "things/lapd"):
        page.goto((site / f"{name}.html").as_uri())
        if page.is_visible("#rows"):
            page.click("#rows summary")
            page.wait_for_selector("#told-rows tbody tr")
        if found := page.evaluate(BROKEN_WORDS):
            broken[name] = found
    context.close()
    assert broken == {}


def test_every_link_of_the_explorer_leads_to_a_page_that_is_there(site: Path) -> None:
    import re

    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for href in set(re.findall(r'href="([^"#][^"]*)"', text)):
            if not href.startswith(("http:", "https:")):
                assert (path.parent / href.partition("#")[0]).resolve().is_file(), (path, href)


def test_the_explorers_pages_are_styled_from_a_folder_and_ask_nobody(
    site: Path, open_page: OpenPage
) -> None:
    opened = open_page(site / "things" / "lapd.html")
    page = opened.page
    assert page.evaluate("() => getComputedStyle(document.body).margin") == "0px"
    assert page.inner_text("h1") == "Los Angeles Police Department"
    page.click("nav a >> nth=1")
    page.wait_for_url("**/things.html")
    assert opened.csp_violations == []
    assert opened.requests == []
    assert opened.errors == []


@pytest.mark.parametrize(("width", "form"), [(390, "narrow"), (1280, "wide")])
def test_the_neighbours_of_a_thing_can_be_read_at_any_width(
    site: Path, open_page: OpenPage, width: int, form: str
) -> None:
    page = open_page(site / "things" / "gifts-to-officers.html", width, settle=False).page
    assert page.locator(".hood:visible").count() == 1
    texts = page.evaluate(
        """(form) => [...document.querySelectorAll(`.hood.${form} text`)].map((each) => {
          const { left, top, right, bottom } = each.getBoundingClientRect();
          const scale = each.getScreenCTM().a;
          const size = parseFloat(getComputedStyle(each).fontSize) * scale;
          return { left, top, right, bottom, size };
        })""",
        form,
    )
    assert len(texts) == 12
    assert min(each["size"] for each in texts) >= 10.5
    assert min(each["left"] for each in texts) >= 0
    assert max(each["right"] for each in texts) <= width
    covered = [
        (a, b)
        for a, one in enumerate(texts)
        for b, two in enumerate(texts)
        if a < b
        and min(one["right"], two["right"]) - max(one["left"], two["left"]) > 0.5
        and min(one["bottom"], two["bottom"]) - max(one["top"], two["top"]) > 3
    ]
    assert covered == []


def test_a_search_of_the_whole_case_leads_to_a_thing_and_its_page(
    site: Path, open_page: OpenPage
) -> None:
    opened = open_page(site / "index.html", settle=False)
    page = opened.page
    page.fill("#find", "LAPD")
    page.press("#find", "Enter")
    assert page.inner_text("#panel h2") == "Los Angeles Police Department"
    page.click("#panel a")
    page.wait_for_url("**/things/lapd.html")
    assert opened.errors == []


def test_a_source_page_tells_what_it_says_and_whom_it_relays(
    site: Path, open_page: OpenPage
) -> None:
    page = open_page(site / "sources" / "techtimes-2021-06-17.html", settle=False).page
    text = " ".join(page.inner_text("main").split())
    assert "Relays" in text
    assert "Los Angeles Times, 2021-06-17" in text
    assert (
        "paragraph 3: Ring's gifts to LAPD officers reportedly had as number of receivers: 100, "
        "via Los Angeles" in text
    )
    assert "drifted" in text
