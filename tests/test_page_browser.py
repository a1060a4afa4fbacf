"""The pyvis page of the first case, used in a real browser as a reader would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build_files
from sousveil.pipeline.case import Case
from sousveil.pipeline.export import export_bytes
from tests.cases import RING_LAPD, open_case, source
from tests.servers import OpenedPage, OpenPage

BASE = "https://w3id.org/sousveil/case/ring-lapd/"
REQUEST = f"{BASE}protest-request"
OPEN_COLOR, GAP_COLOR = "#a3341f", "#222222"

# The claims by the sentence a reader sees, typed here from the sources.
MEMBERS = "LAPD officers counted as members of Los Angeles Police Department"
SPEAKER = "statement on Pillar, as Tech Times has it reportedly came from a spokesperson of Pillar"

# A point of the window where this line, and no thing or other line, lies under the pointer.
POINT_ON_EDGE = """
(id) => {
  const { network, edges } = window.sousveilPage;
  const { from, to } = edges.get(id);
  const ends = network.getPositions([from, to]);
  const at = (part) => ({
    x: ends[from].x + part * (ends[to].x - ends[from].x),
    y: ends[from].y + part * (ends[to].y - ends[from].y),
  });
  network.moveTo({ position: at(0.5), scale: 1, animation: false });
  const corner = document.querySelector("#graph").getBoundingClientRect();
  for (let part = 0.2; part < 0.85; part += 0.02) {
    const point = network.canvasToDOM(at(part));
    if (network.getNodeAt(point) === undefined && network.getEdgeAt(point) === id) {
      return [point.x + corner.left, point.y + corner.top];
    }
  }
  return null;
}
"""
POINT_ON_NODE = """
(id) => {
  const { network } = window.sousveilPage;
  network.focus(id, { scale: 1, animation: false });
  const point = network.canvasToDOM(network.getPosition(id));
  if (network.getNodeAt(point) !== id) return null;
  const corner = document.querySelector("#graph").getBoundingClientRect();
  return [point.x + corner.left, point.y + corner.top];
}
"""


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def page_file(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_bytes(export_bytes(case, "pyvis", Profile.PUBLIC))
    return path


@pytest.fixture
def opened(page_file: Path, open_page: OpenPage) -> OpenedPage:
    return open_page(page_file, 1400, 1000)


@pytest.fixture
def page(opened: OpenedPage) -> Iterator[Page]:
    """Yield the page; whatever a test does with it, it stays silent and asks for nothing."""
    yield opened.page
    assert opened.requests == []
    assert opened.errors == []
    assert opened.dialogs == []
    assert opened.csp_violations == []


@pytest.fixture
def smaller_page(tmp_path: Path, open_page: OpenPage) -> Page:
    """Return the page of a small case; one of hundreds of things is too full for every label."""
    blocks = "\n".join(
        f"- about: gift\n  at: {n}\n  giver: Ring\n  receiver: LAPD officers\n  in return for: "
        "recommendations\n  thing given: free devices"
        for n in (1, 2)
    )
    with open_case(tmp_path / "case", {"sources/a.yaml": source("Paper A", blocks)}) as small:
        (tmp_path / "small.html").write_bytes(export_bytes(small, "pyvis", Profile.PUBLIC))
    return open_page(tmp_path / "small.html", 1400, 1000).page


@pytest.fixture
def phone_page(page_file: Path, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    yield page
    context.close()


def claim_id(page: Page, sentence: str) -> str:
    found = page.locator("#list button.sentence", has_text=sentence)
    assert found.count() == 1, f"one link reads '{sentence}'"
    name = found.get_attribute("data-claim")
    assert name is not None
    return name


def edge_of(page: Page, sentence: str) -> dict[str, object]:
    edge: dict[str, object] = page.evaluate(
        "(id) => window.sousveilPage.edges.get(id)", claim_id(page, sentence)
    )
    return edge


def point_on(page: Page, finder: str, name: str) -> tuple[float, float]:
    """Where the page itself finds the thing: a node has no size before it is first drawn."""
    x, y = page.wait_for_function(finder, arg=name).json_value()
    return x, y


def click(page: Page, finder: str, name: str) -> None:
    page.mouse.click(*point_on(page, finder, name))


def find(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.press("#words", "Enter")


def heading(page: Page) -> str:
    return page.inner_text("#chosen h2")


def articles(page: Page) -> list[str]:
    """The articles of the panel, white space joined."""
    return [" ".join(text.split()) for text in page.locator("#panel article").all_inner_texts()]


def only(found: list[str], start: str) -> str:
    [one] = [text for text in found if text.startswith(start)]
    return one


def test_a_search_without_a_hit_lets_go_of_the_former_thing_and_offers_the_nearest(
    page: Page,
) -> None:
    find(page, "Ring users")
    assert heading(page) == "Ring users"
    find(page, "pilar")
    assert page.inner_text("#told") == "Nothing here is called that."
    assert heading(page) == "Did you mean"
    page.locator("#chosen button", has_text="Pillar").first.click()
    assert "Pillar" in heading(page)
    find(page, "qqqqqqqqqqqq")
    assert heading(page) == "Evidence"


def test_the_page_and_the_report_count_in_the_same_terms(case: Case) -> None:
    files = build_files(case, Profile.PUBLIC)
    lead = (
        export_bytes(case, "pyvis", Profile.PUBLIC)
        .decode()
        .split('<p class="lead">')[1]
        .split("</p>")[0]
    )
    things, terms, links, accepted, rest = map(int, re.findall(r"\d+", lead))
    report = files["report.md"].decode()
    assert f"| claims that the page draws as links | {links} |" in report
    assert f"| accepted claims that the page draws as links | {accepted} |" in report
    assert f"| claims | {links + rest} |" in report
    assert 0 < terms < things


# ---- the page as a whole -------------------------------------------------------------------------


def test_a_page_that_is_opened_with_the_network_up_still_asks_for_nothing(
    page_file: Path, open_page: OpenPage
) -> None:
    opened = open_page(page_file, 1400, 1000, offline=False)
    find(opened.page, "LAPD")
    opened.page.click("#everything")
    opened.page.wait_for_timeout(300)
    assert opened.requests == []
    assert opened.csp_violations == []
    assert opened.errors == []


def test_the_policy_forbids_a_script_that_is_not_the_pages_own(opened: OpenedPage) -> None:
    ran = opened.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.intruder = true";
          document.body.append(script);
          return window.intruder === true;
        }"""
    )
    opened.page.wait_for_function("window.__cspViolations.length > 0")
    assert ran is False
    assert opened.csp_violations == ["script-src-elem: inline"]


def test_the_policy_forbids_an_image_from_the_web(page_file: Path, open_page: OpenPage) -> None:
    opened = open_page(page_file, offline=False)
    opened.page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/pixel.png'; }")
    opened.page.wait_for_function("window.__cspViolations.length > 0")
    assert opened.csp_violations == ["img-src: http://127.0.0.1:9/pixel.png"]


def test_every_link_of_the_graph_is_a_line_and_shows_evidence_in_the_panel(
    page: Page, case: Case
) -> None:
    links = {key for _, _, key in case.to_networkx().edges(keys=True)}
    assert len(links) > 600
    assert set(page.evaluate("() => window.sousveilPage.edges.getIds()")) == links
    shown: list[tuple[str, bool, int, str]] = page.evaluate(
        """() => [...document.querySelectorAll("#list button.sentence")].map((button) => {
          button.click();
          const article = document.querySelector("#panel article");
          const title = article.querySelector("h3").textContent;
          const sources = [...article.querySelectorAll("ul > li")];
          const named = sources.every((item) => item.querySelector("cite").textContent.length > 3);
          const same = title === button.textContent && named;
          return [button.dataset.claim, same, sources.length, article.textContent];
        })"""
    )
    assert {claim for claim, *_ in shown} == links
    assert [claim for claim, same, _, _ in shown if not same] == []
    assert [claim for claim, _, sources, _ in shown if sources < 1] == []
    assert [claim for claim, *_, text in shown if "origin" not in text] == []


def test_no_thing_with_its_label_covers_another_in_the_picture(smaller_page: Page) -> None:
    covered = smaller_page.evaluate(
        """() => {
          const { network, nodes } = window.sousveilPage;
          const boxes = nodes.getIds().map((id) => [id, network.getBoundingBox(id)]);
          const found = [];
          boxes.forEach(([a, one], number) => boxes.slice(number + 1).forEach(([b, other]) => {
            if (one.left < other.right && other.left < one.right
              && one.top < other.bottom && other.top < one.bottom) found.push([a, b]);
          }));
          return found;
        }"""
    )
    assert covered == []


def test_the_first_view_of_a_wide_window_shows_the_whole_graph(smaller_page: Page) -> None:
    outside = smaller_page.evaluate(
        """() => {
          const { network, nodes } = window.sousveilPage;
          const { width, height } = document.querySelector("#graph").getBoundingClientRect();
          return nodes.getIds().filter((id) => {
            const { x, y } = network.canvasToDOM(network.getPosition(id));
            return x < 0 || y < 0 || x > width || y > height;
          });
        }"""
    )
    assert outside == []


# ---- search --------------------------------------------------------------------------------------


def test_search_finds_a_thing_by_its_name(page: Page) -> None:
    find(page, "Safe L.A. Task Force")
    assert heading(page) == "Safe L.A. Task Force"
    assert page.inner_text("#chosen .kind") == "police unit"


def test_search_minds_neither_capitals_nor_dots(page: Page) -> None:
    find(page, "safe la task force")
    assert heading(page) == "Safe L.A. Task Force"


def test_search_finds_a_thing_by_another_name_of_it(page: Page) -> None:
    find(page, "LAPD")
    assert heading(page) == "Los Angeles Police Department"


def test_search_puts_what_it_found_in_the_middle_of_the_picture(page: Page) -> None:
    find(page, "EFF")
    away = page.evaluate(
        """(id) => {
          const { network } = window.sousveilPage;
          const { x, y } = network.canvasToDOM(network.getPosition(id));
          const { width, height } = document.querySelector("#graph").getBoundingClientRect();
          return [Math.abs(x - width / 2), Math.abs(y - height / 2)];
        }""",
        f"{BASE}eff",
    )
    assert max(away) < 5


def test_search_offers_all_things_that_a_part_of_a_name_fits(page: Page) -> None:
    find(page, "spokesperson of")
    assert heading(page) == "a spokesperson of Pillar"
    find(page, "rules")
    assert heading(page).endswith("things are called so")
    page.click("#chosen button:text-is('LAPD rules')")
    assert heading(page) == "LAPD rules"


def test_search_says_so_when_nothing_is_found(page: Page) -> None:
    find(page, "Ministry of Silly Walks")
    assert page.inner_text("#told") == "Nothing here is called that."
    find(page, "LAPD")
    assert page.inner_text("#told") == ""


# ---- a line --------------------------------------------------------------------------------------


def test_a_click_on_a_line_shows_sentence_standing_origins_sources_and_passages(page: Page) -> None:
    click(page, POINT_ON_EDGE, claim_id(page, MEMBERS))
    [text] = articles(page)
    assert text.startswith(MEMBERS)
    assert "reported accepted; 1 independent origin: Los Angeles Times, 2021-06-17" in text
    assert "Los Angeles Times, 2021-06-17, headline — reports" in text
    assert "Tech Times, 2021-06-17, paragraph 3, via Los Angeles Times, 2021-06-17" in text
    assert "Amazon's security cam Ring useful for Los Angeles police obtaining footage" in text
    address = page.locator("#panel a").first.get_attribute("href")
    assert address is not None
    assert address.startswith("https://www.latimes.com/business/technology/story/2021-06-17/")


def test_an_accepted_line_is_drawn_whole_and_without_a_word_of_doubt(page: Page) -> None:
    edge = edge_of(page, MEMBERS)
    assert edge["dashes"] is False
    assert "label" not in edge
    assert edge["color"] != OPEN_COLOR


def test_the_disputed_speaker_is_a_dashed_line_with_a_verb_that_states_no_fact(page: Page) -> None:
    edge = edge_of(page, SPEAKER)
    assert edge["from"] == f"{BASE}pillar-statement"
    assert edge["to"] == f"{BASE}pillar-spokesperson"
    assert edge["dashes"] == [8, 6]
    assert edge["label"] == "reportedly came from"
    assert edge["color"] == OPEN_COLOR


def test_a_click_on_the_disputed_speaker_shows_the_counter_evidence_of_the_desk(page: Page) -> None:
    click(page, POINT_ON_EDGE, claim_id(page, SPEAKER))
    [text] = articles(page)
    assert text.startswith(SPEAKER)
    assert "disputed, conflicting not accepted" in text
    assert "Tech Times, 2021-06-17, paragraph 5 — reports" in text
    assert "conflicts with: a Ring spokesperson, says The Verge, 2021-06-17" in text
    against = page.locator("#panel li.against").all_inner_texts()
    assert [" ".join(item.split()) for item in against] == [
        "Against it: Our desk, 2026-11-23, paragraph 2 — reports "
        "Our own reading of the rules and of Pillar"
    ]


def test_dashed_lines_are_exactly_the_links_that_are_not_accepted(page: Page, case: Case) -> None:
    open_links = {
        key
        for _, _, key, data in case.to_networkx().edges(keys=True, data=True)
        if not data["accepted"]
    }
    assert len(open_links) > 50
    dashed = page.evaluate(
        "() => window.sousveilPage.edges.get().filter((e) => e.dashes && e.label).map((e) => e.id)"
    )
    plain = page.evaluate(
        "() => window.sousveilPage.edges.get().filter((e) => !e.dashes && !e.label).length"
    )
    assert set(dashed) == open_links
    assert plain == case.to_networkx().number_of_edges() - len(open_links)


# ---- a thing -------------------------------------------------------------------------------------


def test_a_click_on_the_request_shows_what_is_not_known_withheld_and_not_stated(page: Page) -> None:
    click(page, POINT_ON_NODE, REQUEST)
    assert heading(page) == "e-mail to Ring users about the 2020 protests"
    found = articles(page)
    asked = only(found, "number asked:")
    assert asked.startswith("number asked: not known reported accepted")
    assert "The Intercept, 2021-02-16, excerpt — reports" in asked
    area = only(found, "area:")
    assert area.startswith("area: withheld by redaction")
    assert "MyNewsLA, 2021-02-16, paragraph 5, via The Intercept, 2021-02-16" in area
    handed = only(found, "footage handed over:")
    assert handed == "footage handed over: not stated MyNewsLA, 2021-02-16 does not say."


def test_a_click_on_the_request_shows_both_dates_as_conflicting(page: Page) -> None:
    click(page, POINT_ON_NODE, REQUEST)
    found = articles(page)
    assert "conflicting not accepted" in only(found, "date: 2020-06-16")
    july = only(found, "date: 2020-07-16")
    assert "conflicting not accepted" in july
    assert "conflicts with: 2020-06-16, says Electronic Frontier Foundation, 2021-02-16" in july


def test_the_gaps_of_the_request_are_marked_on_its_label_and_its_border(page: Page) -> None:
    node = page.evaluate("(id) => window.sousveilPage.nodes.get(id)", REQUEST)
    label = " ".join(node["label"].split())
    assert "[not known: number asked]" in label
    assert "[not stated: footage handed over]" in label
    assert "[withheld: area, hours]" in label
    assert node["color"]["border"] == GAP_COLOR
    assert node["shapeProperties"]["borderDashes"] == [4, 4]
    assert node["borderWidth"] == 3


def test_a_thing_without_gaps_bears_no_mark(page: Page) -> None:
    node = page.evaluate("(id) => window.sousveilPage.nodes.get(id)", f"{BASE}lapd-officers")
    assert node["label"] == "LAPD officers"
    assert node["color"]["border"] == node["color"]["background"]
    assert node["shapeProperties"]["borderDashes"] is False


def test_a_link_in_the_panel_of_a_thing_leads_to_its_evidence(page: Page) -> None:
    click(page, POINT_ON_NODE, f"{BASE}pillar-statement")
    page.click(f'#panel button.sentence:text-is("{SPEAKER}")')
    assert heading(page) == "One link"
    assert only(articles(page), SPEAKER)


def test_close_empties_the_panel_and_takes_the_choice_back(page: Page) -> None:
    click(page, POINT_ON_NODE, REQUEST)
    page.click("#close")
    assert heading(page) == "Evidence"
    assert articles(page) == []
    assert page.evaluate("() => window.sousveilPage.network.getSelectedNodes()") == []


# ---- the legend ----------------------------------------------------------------------------------


def hidden(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => window.sousveilPage.nodes.get().filter((n) => n.hidden).map((n) => n.id).sort()"
    )
    return found


def test_a_button_of_the_legend_hides_the_things_of_its_type_and_shows_them_again(
    page: Page,
) -> None:
    button = page.locator('button.type[data-type="Company"]')
    assert " ".join(button.inner_text().split()) == "company (8)"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert hidden(page) == [
        f"{BASE}{key}"
        for key in (
            "adt", "amazon", "axon", "flock-safety", "fusus-company", "mark43", "ring",
            "shotspotter",
        )
    ]  # fmt: skip
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert hidden(page) == []


def test_a_search_shows_a_hidden_type_again(page: Page) -> None:
    button = page.locator('button.type[data-type="Company"]')
    button.click()
    find(page, "Ring LLC")
    assert heading(page) == "Ring"
    assert hidden(page) == []
    assert button.get_attribute("aria-pressed") == "true"


def test_the_legend_has_the_colours_of_the_picture(page: Page) -> None:
    drawn = page.evaluate(
        "(id) => window.sousveilPage.nodes.get(id).color.background", f"{BASE}ring"
    )
    legend = page.locator('button.type[data-type="Company"] path').get_attribute("fill")
    assert drawn == legend


# ---- by keyboard ---------------------------------------------------------------------------------


def test_a_sentence_of_the_list_opens_the_panel_by_keyboard(page: Page) -> None:
    page.locator("button.type").last.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("() => document.activeElement.textContent")
    assert focused == page.inner_text("#list button.sentence >> nth=0")
    page.keyboard.press("Enter")
    assert only(articles(page), focused)
    assert page.evaluate("() => document.activeElement.id") == "panel"
    assert page.locator("#panel").bounding_box() is not None
    assert page.evaluate("() => document.querySelector('#panel').getBoundingClientRect().top") < 900


# ---- on a phone ----------------------------------------------------------------------------------


def tap(page: Page, finder: str, name: str) -> None:
    page.evaluate("() => document.querySelector('#picture').scrollIntoView()")
    page.touchscreen.tap(*point_on(page, finder, name))
    page.wait_for_selector("#panel.chosen")


@pytest.mark.parametrize(
    ("finder", "name", "shown"),
    [
        (POINT_ON_NODE, lambda _: REQUEST, "e-mail to Ring users about the 2020 protests"),
        (POINT_ON_EDGE, lambda page: claim_id(page, SPEAKER), "One link"),
    ],
    ids=["thing", "line"],
)
def test_a_tap_on_a_phone_brings_the_evidence_into_view_beside_what_was_tapped(
    phone_page: Page, finder: str, name: Callable[[Page], str], shown: str
) -> None:
    tap(phone_page, finder, name(phone_page))
    assert heading(phone_page) == shown
    sheet = phone_page.locator("#panel").bounding_box()
    picture = phone_page.locator("#graph").bounding_box()
    assert sheet is not None
    assert picture is not None
    assert 0 < sheet["y"] < 844 - 250
    assert sheet["y"] + sheet["height"] <= 845
    assert sheet["width"] == 390
    assert sheet["y"] - max(0, picture["y"]) > 250, "the picture stays to be seen above the sheet"
    phone_page.click("#close")
    assert phone_page.locator("#panel.chosen").count() == 0


def test_a_phone_has_no_sideways_scrolling(phone_page: Page) -> None:
    assert phone_page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_labels_are_readable_in_the_first_view_of_a_phone(phone_page: Page) -> None:
    scale = phone_page.evaluate("() => window.sousveilPage.network.getScale()")
    assert 14 * scale >= 9


def test_everything_to_tap_on_a_phone_is_at_least_24_pixels_high_and_wide(
    phone_page: Page,
) -> None:
    tap(phone_page, POINT_ON_NODE, REQUEST)
    small = phone_page.evaluate(
        """() => [...document.querySelectorAll("button, input, #panel a")]
          .map((e) => [e.textContent, e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 24)
          .map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []
