"""An embed in a real browser: evidence on click, on a desktop and on a phone, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page

from benchmarks.viewer.fixture import made_embed
from benchmarks.viewer.made_network import made_network
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.pipeline.embed import embed_bytes, embed_of
from sousveil.view.embed import Embed, from_networkx
from tests.cases import RING_LAPD
from tests.servers import OpenedPage, OpenPage

WIDE = "#picture > svg.wide"
GIVER = "Ring's gifts to LAPD officers came from Ring"
BOXES = """
(picture) => {
  const svg = document.querySelector(picture);
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  return [...svg.querySelectorAll(".n")].map((node) => ({
    label: box(node.querySelector("text")),
    mark: box(node.querySelector("path")),
  }));
}
"""


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(case: Case) -> Embed:
    return embed_of(case, "gifts")


@pytest.fixture(scope="module")
def gifts(case: Case, made: Embed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("embed") / "gifts.html"
    path.write_bytes(embed_bytes(case, made, Profile.PUBLIC))
    return path


@pytest.fixture(scope="module")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_embed(50).save(tmp_path_factory.mktemp("made") / "fifty.html")


@pytest.fixture
def opened(gifts: Path, open_page: OpenPage) -> OpenedPage:
    return open_page(gifts, settle=False)


@pytest.fixture
def page(opened: OpenedPage) -> Iterator[Page]:
    """Yield the page; whatever a test does with it, it stays silent and asks for nothing."""
    yield opened.page
    assert opened.requests == []
    assert opened.errors == []
    assert opened.dialogs == []
    assert opened.csp_violations == []


@pytest.fixture
def phone(gifts: Path, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True
    )
    page = context.new_page()
    page.goto(gifts.as_uri())
    yield page
    context.close()


def node(page: Page, label: str, picture: str = WIDE) -> str:
    """A selector of a thing by its whole label."""
    found = page.evaluate(
        "([picture, label]) => [...document.querySelectorAll(`${picture} .n`)].findIndex("
        "(n) => n.getAttribute('aria-label').startsWith(`${label}, `))",
        [picture, label],
    )
    assert found >= 0, label
    return f"{picture} .n >> nth={found}"


def panel(page: Page) -> str:
    return " ".join(page.inner_text("#panel").split())


def heading(page: Page) -> str:
    return page.inner_text("#panel h2")


def shown_links(page: Page) -> int:
    return page.locator(f"{WIDE} .e:not(.off)").count()


def click_link(page: Page, sentence: str) -> None:
    """Click upon the line of a link, at a point where nothing else lies."""
    point = page.evaluate(
        """(sentence) => {
          const rows = [...document.querySelectorAll("#all tbody tr")]
            .filter((row) => row.dataset.e.includes(" "));
          const index = rows.findIndex((row) => row.cells[0].textContent === sentence);
          const line = document.querySelectorAll("#picture > svg.wide .e")[index];
          const hit = line.previousSibling;
          const matrix = line.getScreenCTM();
          for (let part = 0.2; part < 0.85; part += 0.02) {
            const at = line.getPointAtLength(part * line.getTotalLength()).matrixTransform(matrix);
            if (document.elementFromPoint(at.x, at.y) === hit) return [at.x, at.y];
          }
          return null;
        }""",
        sentence,
    )
    assert point, sentence
    page.mouse.click(*point)


# ---- evidence ------------------------------------------------------------------------------------


def test_a_click_on_a_link_shows_who_says_so_and_where(page: Page) -> None:
    click_link(page, GIVER)
    assert heading(page) == GIVER
    told = panel(page)
    assert "reported" in told
    assert "1 independent origin: Los Angeles Times, 2021-06-17" in told
    assert "Tech Times, 2021-06-17, paragraph 3, via Los Angeles Times, 2021-06-17" in told
    links = page.locator("#panel a").all()
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}
    assert all((link.get_attribute("href") or "").startswith("https://") for link in links)


def test_a_click_on_a_thing_shows_what_is_said_of_it_and_its_links(page: Page) -> None:
    page.click(node(page, "Ring's gifts to LAPD officers"))
    assert heading(page) == "Ring's gifts to LAPD officers"
    told = panel(page)
    assert told.startswith("× Ring's gifts to LAPD officers benefit transfer · ")
    assert "Free devices or discount codes." in told
    assert "officers had as number of receivers: at least 100" in told
    assert "Tech Times, 2021-06-17, via Los Angeles Times, 2021-06-17, says 100; " in told
    page.click(f'#panel button:text-is("{GIVER}")')
    assert heading(page) == GIVER


def test_a_chosen_thing_stands_out_with_its_neighbours_and_the_rest_fades(page: Page) -> None:
    page.click(node(page, "Amazon"))
    assert page.locator(f"{WIDE}.dim").count() == 1
    lit = page.locator(f"{WIDE} .n.on").all()
    names = {each.get_attribute("aria-label") for each in lit}
    assert {name.split(",")[0] for name in names if name} == {
        "Amazon", "Ring", "Amazon's purchase of Ring",
    }  # fmt: skip


def test_the_pointer_over_a_link_tells_its_verb_upon_it(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    line = page.locator(f"{WIDE} .es .h").first
    line.dispatch_event("pointerover", {"pointerType": "mouse", "bubbles": True})
    sentence = page.locator("#all tbody tr th").first.text_content() or ""
    verb = page.text_content(f"{WIDE} .verb") or "?"
    assert verb in sentence


def test_escape_and_the_cross_close_the_panel_and_give_the_focus_back(page: Page) -> None:
    selector = node(page, "Pillar")
    page.focus(selector)
    page.keyboard.press("Enter")
    assert page.is_visible("#panel")
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Pillar,")
    page.click(selector)
    page.click("#panel .close")
    assert page.is_hidden("#panel")
    assert page.locator(f"{WIDE}.dim").count() == 0


# ---- search, filters, time, zoom, address --------------------------------------------------------


def test_search_finds_a_thing_by_another_name_of_it(page: Page) -> None:
    page.fill("#find", "lapd")
    page.press("#find", "Enter")
    assert heading(page) == "Los Angeles Police Department"


def test_search_offers_what_is_called_so_and_says_when_nothing_is(page: Page) -> None:
    page.fill("#find", "statement on")
    page.press("#find", "Enter")
    assert heading(page) == "2 things are called so"
    page.click("#panel button.link >> nth=0")
    assert heading(page).startswith("statement on")
    page.fill("#find", "zzzzz")
    page.press("#find", "Enter")
    assert page.inner_text("#told") == "Nothing here is called that."


def test_an_entry_of_the_legend_hides_its_kind_with_its_links_and_shows_them_again(
    page: Page,
) -> None:
    before = shown_links(page)
    switch = page.locator('#legend [data-k] button:has-text("company (2)")')
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    assert page.is_hidden(node(page, "Ring"))
    assert shown_links(page) < before
    assert f"of {before} links shown" in page.inner_text("#told")
    switch.click()
    assert page.is_visible(node(page, "Ring"))
    assert shown_links(page) == before


def test_links_that_are_not_accepted_can_be_hidden(page: Page) -> None:
    page.click('#legend [data-s="o"] button')
    assert page.locator(f"{WIDE} .os .e:not(.off)").count() == 0
    assert page.locator(f"{WIDE} .es .e:not(.off)").count() > 0


def test_the_time_slider_keeps_links_without_a_date_and_hides_what_came_later(page: Page) -> None:
    before = shown_links(page)
    page.locator("#until").fill("0")
    assert page.locator("#until + output").inner_text() == "2016"
    dated = page.evaluate(
        """() => [...document.querySelectorAll("#picture > svg.wide .e")].flatMap((line, c) => {
          const row = [...document.querySelectorAll("#all tbody tr")]
            .filter((each) => each.dataset.e.includes(" "))[c];
          return line.classList.contains("off") ? [row.cells[2].textContent] : [];
        })"""
    )
    assert any(day.startswith("2018") for day in dated)
    assert "date not known" not in dated
    assert 0 < shown_links(page) < before


def test_zoom_by_buttons_keys_and_ctrl_wheel_but_not_by_the_plain_wheel(page: Page) -> None:
    def box() -> list[float]:
        return [float(v) for v in (page.get_attribute(WIDE, "viewBox") or "").split()]

    full = box()
    page.click('#zoom [data-z="+"]')
    assert box()[2] < full[2]
    page.click('#zoom [data-z="0"]')
    assert box() == full
    page.focus(node(page, "Ring"))
    page.keyboard.press("+")
    assert box()[2] < full[2]
    page.keyboard.press("0")
    page.hover(node(page, "Ring"))
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(50)
    assert box() == full
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "(w) => document.querySelector('svg.wide').viewBox.baseVal.width < w", arg=full[2]
    )


def test_the_address_brings_a_view_back(page: Page, gifts: Path) -> None:
    page.click(node(page, "Pillar"))
    page.click('#legend [data-s="o"] button')
    page.click('#zoom [data-z="+"]')
    address = page.url
    zoomed = page.get_attribute(WIDE, "viewBox")
    page.goto("about:blank")
    page.goto(address)
    assert heading(page) == "Pillar"
    assert page.get_attribute('#legend [data-s="o"] button', "aria-pressed") == "false"
    assert [round(float(v)) for v in (page.get_attribute(WIDE, "viewBox") or "").split()] == [
        round(float(v)) for v in (zoomed or "").split()
    ]


def test_nothing_is_stored(page: Page) -> None:
    page.click(node(page, "Pillar"))
    page.click('#legend [data-s="o"] button')
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


# ---- steps and table -----------------------------------------------------------------------------


def test_the_steps_lead_through_the_graph_by_button_and_by_key(page: Page) -> None:
    assert page.locator("#steps li:visible").count() == 0
    page.click("#next")
    assert page.inner_text("#at") == "1 of 5"
    assert page.inner_text("#steps li.now").startswith("From 2016 on, Ring gave")
    assert page.locator(f"{WIDE} .n.on").count() == 3
    assert page.locator(f"{WIDE} .e.on").count() == 2
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#at") == "2 of 5"
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#at") == "1 of 5"
    for _ in range(4):
        page.click("#next")
    assert page.is_disabled("#next")


def test_the_table_holds_every_statement_and_sorts_by_each_column(page: Page, made: Embed) -> None:
    page.click("#all summary")
    rows = page.locator("#all tbody tr")
    first = rows.first.text_content()
    assert rows.count() == len(made.scene.statements) > 40
    page.click("#all thead button >> nth=2")
    dates = page.locator("#all tbody tr td:nth-child(3)").all_inner_texts()
    assert dates[0] == "–"
    assert [d for d in dates if d[:2] == "20"] == sorted(d for d in dates if d[:2] == "20")
    page.click("#all thead button >> nth=2")
    assert page.get_attribute("#all thead th >> nth=2", "aria-sort") == "descending"
    assert rows.count() == len(made.scene.statements)
    assert rows.first.text_content() != first


def test_a_statement_that_is_not_accepted_has_a_verb_that_states_no_fact(page: Page) -> None:
    sentences = page.locator("#all tr.o th").all_text_contents()
    assert (
        "statement on Pillar, as Tech Times has it reportedly came from a spokesperson of Pillar"
        in sentences
    )


# ---- by keyboard alone ---------------------------------------------------------------------------


def test_arrow_keys_go_from_thing_to_thing_and_enter_opens(page: Page) -> None:
    page.focus(f"{WIDE} .n[tabindex='0']")
    seen = set()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(seen) > 3
    page.keyboard.press("Enter")
    assert (
        heading(page)
        == page.evaluate(
            "document.querySelector('svg.wide .n[tabindex=\"0\"]').getAttribute('aria-label')"
        ).split(", ")[0]
    )
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "close"
    page.keyboard.press("Enter")
    assert page.is_hidden("#panel")


def test_tab_reaches_every_control_once_and_the_picture_with_one_stop(page: Page) -> None:
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(() => { const e = document.activeElement; "
            "return e.closest('svg') ? 'picture' : e.id || e.dataset.z || e.tagName; })()"
        )
        reached.append(name)
        if name == "SUMMARY":
            break
    assert reached.count("picture") == 1
    for wanted in ("find", "since", "until", "next", "+", "-", "0", "SUMMARY"):
        assert wanted in reached


# ---- on a phone ----------------------------------------------------------------------------------


def test_a_phone_gets_its_own_drawing_without_sideways_scrolling(phone: Page) -> None:
    assert phone.is_visible("#picture > svg.narrow")
    assert phone.is_hidden(WIDE)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_a_tap_on_a_phone_opens_the_evidence_in_view(phone: Page) -> None:
    phone.tap(node(phone, "Pillar", "#picture > svg.narrow"))
    assert heading(phone) == "Pillar"
    box = phone.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert 0 <= box["y"] <= 844 - 120


def test_everything_to_tap_is_at_least_24_pixels_high_and_wide(phone: Page) -> None:
    phone.click("#next")
    phone.tap(node(phone, "Pillar", "#picture > svg.narrow"))
    small = phone.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, svg.narrow .n")]
          .map((e) => [e.textContent || e.id, e.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.height < 23.9 || box.width < 23.9))
          .map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []


# ---- two fingers ---------------------------------------------------------------------------------


def test_two_fingers_zoom_the_picture_about_the_point_between_them(phone: Page) -> None:
    picture = "#picture > svg.narrow"
    phone.locator(picture).scroll_into_view_if_needed()
    box = phone.locator(picture).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 500) / 2
    middle = (
        "([name, x, y]) => { const p = new DOMPoint(x, y).matrixTransform("
        "document.querySelector(name).getScreenCTM().inverse()); return [p.x, p.y]; }"
    )
    before = phone.evaluate(middle, [picture, x, y])
    wide = phone.evaluate("(name) => document.querySelector(name).viewBox.baseVal.width", picture)
    session = phone.context.new_cdp_session(phone)

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": x + far, "y": y, "id": n} for n, far in enumerate(apart)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", -40)
    fingers("touchStart", -40, 40)
    for far in range(44, 81, 4):
        fingers("touchMove", -far, far)
    fingers("touchEnd")
    now = phone.evaluate("(name) => document.querySelector(name).viewBox.baseVal.width", picture)
    assert wide / now == pytest.approx(2, rel=0.1)
    assert phone.evaluate(middle, [picture, x, y]) == pytest.approx(before, abs=8)
    assert phone.is_hidden("#panel")
    assert phone.evaluate("visualViewport.scale") == 1


# ---- labels as the browser draws them ------------------------------------------------------------


@pytest.mark.parametrize(("width", "picture"), [(1280, WIDE), (390, "#picture > svg.narrow")])
def test_every_label_of_50_things_is_clear_of_all_others_as_it_is_drawn(
    fifty: Path, open_page: OpenPage, width: int, picture: str
) -> None:
    page = open_page(fifty, width, settle=False).page
    assert clashes(page, picture, 50) == []


@pytest.fixture(scope="module")
def sixties(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of exactly 60 things: around hubs, in a ring with chords, in pieces, as a tree."""
    names = [thing.label for thing in made_network(60)[0]]
    graphs = [
        nx.barabasi_albert_graph(60, 2, seed=1),
        nx.watts_strogatz_graph(60, 4, 0.2, seed=2),
        nx.disjoint_union_all([nx.star_graph(9), nx.cycle_graph(20), nx.path_graph(30)]),
        nx.random_labeled_tree(60, seed=4),
    ]
    folder = tmp_path_factory.mktemp("sixty")
    made = []
    for number, graph in enumerate(graphs):
        assert graph.number_of_nodes() == 60
        nx.set_node_attributes(graph, dict(enumerate(names)), "label")
        nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, "knows"), "verb")
        made.append(from_networkx(nx.DiGraph(graph)).save(folder / f"{number}.html"))
    return made


@pytest.mark.parametrize(("width", "picture"), [(1280, WIDE), (390, "#picture > svg.narrow")])
@pytest.mark.parametrize("number", range(4))
def test_every_label_of_60_things_is_clear_in_graphs_of_any_form(
    sixties: list[Path], open_page: OpenPage, number: int, width: int, picture: str
) -> None:
    page = open_page(sixties[number], width, settle=False).page
    assert clashes(page, picture, 60) == []


def clashes(page: Page, picture: str, count: int) -> list[tuple[int, int, float, float]]:
    """Pairs of a label with a label or mark that covers it, with how much, as they are drawn."""
    boxes = page.evaluate(BOXES, picture)
    assert len(boxes) == count
    assert all(each["label"]["right"] - each["label"]["left"] > 5 for each in boxes)
    found = []
    for a, one in enumerate(boxes):
        for b, two in enumerate(boxes):
            if a == b:
                continue
            for other in (two["label"], two["mark"]):
                across = min(one["label"]["right"], other["right"]) - max(
                    one["label"]["left"], other["left"]
                )
                down = min(one["label"]["bottom"], other["bottom"]) - max(
                    one["label"]["top"], other["top"]
                )
                if across > 0.5 and down > 1:
                    found.append((a, b, across, down))
    return found


# ---- where things are missing --------------------------------------------------------------------


def test_without_script_the_picture_the_steps_and_the_table_are_there(
    gifts: Path, made: Embed, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(gifts.as_uri())
    assert page.locator(f"{WIDE} .n").count() == 14
    assert page.locator("#steps li:visible").count() == 5
    assert page.is_hidden("#tools")
    page.click("#all summary")
    assert page.locator("#all tbody tr:visible").count() == len(made.scene.statements)
    context.close()


def test_in_print_the_table_is_open_and_the_controls_are_gone(page: Page, made: Embed) -> None:
    page.emulate_media(media="print")
    assert page.is_hidden("#tools")
    assert page.locator("#all tbody tr:visible").count() == len(made.scene.statements)
    assert page.locator("#steps li:visible").count() == 5
