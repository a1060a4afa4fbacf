"""Pages of hundreds of things: a canvas, and beneath it the table of what is chosen, or of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from benchmarks.made_case import made_case
from sousveil.pipeline.case import Case
from sousveil.view.canvas_page import canvas_page
from sousveil.view.case_scene import CaseMaterial, case_scene
from sousveil.view.embed import from_networkx
from sousveil.view.explorer.site import explorer_pages
from sousveil.view.interface_words import interface_words
from sousveil.view.scene import Scene, StepView
from sousveil.view.statement_html import statement_table
from tests.cases import RING_LAPD
from tests.servers import OpenPage

ROWS = """
(table) => [...table.tBodies[0].rows].map((row) => [row.className,
  ...[...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, " ").trim())])
"""
ALL_ROWS = f"""
(table) => {{
  const found = ({ROWS.strip()})(table);
  const next = document.querySelector("#turn").lastElementChild;
  while (next.checkVisibility() && !next.disabled) {{
    next.click();
    found.push(...({ROWS.strip()})(table));
  }}
  return found;
}}
"""
TABLE = "#told-rows"


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """All things of the first case, with all that is said of them."""
    with Case.open(RING_LAPD) as case:
        things = [iri for (iri,) in case.tables.query("SELECT iri FROM entity ORDER BY iri")]
        yield case_scene(CaseMaterial(case.words()), things, title="All of it")


def test_bare_links_are_the_links_without_what_is_told_of_them(scene: Scene) -> None:
    with Case.open(RING_LAPD) as case:
        things = [iri for (iri,) in case.tables.query("SELECT iri FROM entity ORDER BY iri")]
        bare = case_scene(
            CaseMaterial(case.words()), things, title=scene.title, facts=False, evidence=False
        )
    assert bare.nodes == scene.nodes
    assert len(bare.links) > 300
    assert bare.statements == tuple(
        replace(link, origins=None, evidence=(), remarks=()) for link in scene.links
    )


@pytest.fixture(scope="module")
def whole(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canvas") / "whole.html"
    path.write_text(canvas_page(scene), encoding="utf-8")
    return path


def network() -> nx.DiGraph[int]:
    """400 things and 399 links with evidence, of which each third is not accepted."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((n, {"label": f"thing {n}"}) for n in range(400))
    for n, (one, two) in enumerate(nx.barabasi_albert_graph(400, 1, seed=3).edges):
        words = {"verb": "knows", "standing": "reported", "date": f"20{n % 20 + 10}-01-01"}
        graph.add_edge(one, two, **words, accepted=n % 3 != 0, evidence=f"says so {n}")
    return graph


def sentences(graph: nx.DiGraph[int], thing: int) -> set[str]:
    return {f"thing {a} knows thing {b}" for a, b in graph.edges if thing in (a, b)}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return from_networkx(network(), title="Many").save(
        tmp_path_factory.mktemp("canvas") / "many.html"
    )


def unfold(page: Page) -> None:
    """Open the table beneath the canvas; its rows come with an event after the click."""
    page.click("#rows summary")
    page.wait_for_function(f"() => document.querySelector('{TABLE} caption')?.textContent")


def all_rows(page: Page) -> list[list[str]]:
    """The class and the cells of the rows of all pages of the table, from the page it is at."""
    found: list[list[str]] = page.locator(TABLE).evaluate(ALL_ROWS)
    return found


def find(page: Page, name: str) -> None:
    page.fill("#find", name)
    page.press("#find", "Enter")


# ---- the picture ---------------------------------------------------------------------------------


def test_400_things_are_drawn_on_a_canvas_that_answers_to_search_and_keys(
    tmp_path: Path, open_page: OpenPage
) -> None:
    graph: nx.Graph[Any] = nx.barabasi_albert_graph(400, 1, seed=3)
    nx.set_node_attributes(graph, {n: f"thing {n}" for n in graph}, "label")
    for _, _, data in graph.edges(data=True):
        data["evidence"] = "says so"
    opened = open_page(from_networkx(graph, title="Many").save(tmp_path / "p.html"), settle=False)
    page = opened.page
    page.wait_for_function("() => performance.getEntriesByName('sousveil-done').length")
    page.fill("#find", "thing 7")
    page.press("#find", "Enter")
    page.click("#panel ul.links button >> nth=0")
    assert "says so" in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#here").startswith("thing ")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == page.inner_text("#here")
    page.click('#zoom [data-z="+"]')
    assert "view=" in page.url
    assert opened.errors == []
    assert opened.csp_violations == []


# ---- the table -----------------------------------------------------------------------------------


def test_the_table_says_word_for_word_what_the_table_of_a_small_page_says(
    whole: Path, scene: Scene, open_page: OpenPage, browser: Browser
) -> None:
    page = open_page(whole, settle=False).page
    unfold(page)
    found = all_rows(page)
    context = browser.new_context()
    small = context.new_page()
    small.set_content(statement_table(scene.statements, interface_words("en"), {}))
    expected: list[list[str]] = small.locator("table").evaluate(ROWS)
    context.close()
    assert len(expected) > 500
    assert {row[0] for row in expected} == {"", "o"}
    assert sorted(found) == sorted(expected)
    assert page.inner_text(f"{TABLE} caption") == f"{len(expected)} statements"


@pytest.mark.parametrize("column", range(4))
def test_the_table_sorts_all_its_rows_by_each_column_both_ways(
    many: Path, open_page: OpenPage, column: int
) -> None:
    page = open_page(many, settle=False).page
    unfold(page)
    texts = [row[column + 1] for row in all_rows(page)]
    order = "(texts) => texts.sort(new Intl.Collator('en', { numeric: true }).compare)"
    rising = page.evaluate(order, texts)
    head = f"{TABLE} thead button >> nth={column}"
    page.click(head)
    assert page.inner_text("#range") == "1–50 of 399"
    assert [row[column + 1] for row in all_rows(page)] == rising
    page.click(head)
    assert [row[column + 1] for row in all_rows(page)] == rising[::-1]
    assert page.get_attribute(f"{TABLE} thead th >> nth={column}", "aria-sort") == "descending"
    assert page.locator(f"{TABLE} [aria-sort]").count() == 1


def test_the_table_follows_what_is_chosen_and_what_is_filtered(
    many: Path, open_page: OpenPage
) -> None:
    opened = open_page(many, settle=False)
    page = opened.page
    unfold(page)
    graph = network()
    find(page, "thing 7")
    wanted = sentences(graph, 7)
    assert {row[1] for row in all_rows(page)} == wanted
    assert page.inner_text(f"{TABLE} caption") == f"thing 7 · {len(wanted)} statements"
    assert page.is_hidden("#turn")
    page.click("#panel ul.links button >> nth=0")
    [only] = all_rows(page)
    assert only[1] == page.inner_text("#panel h2")
    assert only[4] in " ".join(page.inner_text("#panel").split())
    page.keyboard.press("Escape")
    assert page.inner_text(f"{TABLE} caption") == "399 statements"
    open_ones = sum(not data["accepted"] for _, _, data in graph.edges(data=True))
    assert sum(row[0] == "o" for row in all_rows(page)) == open_ones
    page.click('#legend [data-s="o"] button')
    assert page.inner_text(f"{TABLE} caption") == f"{399 - open_ones} statements"
    assert page.locator(f"{TABLE} tr.o").count() == 0
    assert opened.errors == []
    assert opened.csp_violations == []


def test_the_pages_of_the_table_are_turned_by_keyboard(many: Path, open_page: OpenPage) -> None:
    page = open_page(many, settle=False).page
    page.focus("#rows summary")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('#told-rows tbody tr').length === 50")
    assert page.is_disabled("#turn button >> nth=0")
    first = page.locator(TABLE).evaluate(ROWS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.inner_text("#range") == "51–100 of 399"
    second = page.locator(TABLE).evaluate(ROWS)
    assert not [row for row in second if row in first]
    page.click("#turn button >> nth=0")
    assert page.locator(TABLE).evaluate(ROWS) == first


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_unfolded_table_and_a_phone_does_not_scroll_sideways(
    whole: Path, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(whole.as_uri())
    unfold(page)
    find(page, "LAPD")
    page.wait_for_function("() => document.querySelectorAll('#told-rows tbody tr').length > 1")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert (
        page.locator(f"{TABLE} tbody th[scope=row]").count()
        == page.locator(f"{TABLE} tbody tr").count()
    )
    context.close()


@pytest.mark.parametrize(
    ("language", "summary", "caption", "range_"),
    [
        ("de", "Alle 399 Aussagen mit ihren Belegen als Tabelle", "399 Aussagen", "1–50 von 399"),
        ("es", "Las 399 afirmaciones con sus pruebas, en una tabla", "399 afirmaciones",
         "1–50 de 399"),
    ],
)  # fmt: skip
def test_the_table_speaks_german_and_spanish(
    tmp_path: Path, open_page: OpenPage, language: str, summary: str, caption: str, range_: str
) -> None:
    made = from_networkx(network(), language=language).save(tmp_path / "page.html")
    page = open_page(made, settle=False).page
    assert page.inner_text("#rows summary") == summary
    unfold(page)
    assert page.inner_text(f"{TABLE} caption") == caption
    assert page.inner_text("#range") == range_


def test_in_print_the_table_has_all_its_rows(many: Path, open_page: OpenPage) -> None:
    page = open_page(many, settle=False).page
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
          window.printed = document.querySelectorAll("#told-rows tbody tr").length;
        })"""
    )
    page.pdf()
    assert page.evaluate("window.printed") == 399


def test_without_script_the_links_are_told_and_what_is_missing(
    many: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(many.as_uri())
    assert page.is_hidden("#rows")
    assert page.inner_text("noscript p") == (
        "The picture, and the evidence of each statement, need a script."
    )
    assert page.locator("noscript li:visible").count() == 399
    context.close()


def test_a_step_shows_its_own_things_and_claims_on_a_canvas(
    scene: Scene, tmp_path: Path, open_page: OpenPage
) -> None:
    linked = next(n for n, s in enumerate(scene.statements) if s.end is not None and n > 40)
    told = next(n for n, s in enumerate(scene.statements) if s.end is None)
    steps = (
        StepView(text="A link", nodes=(), statements=(linked,)),
        StepView(text="A fact", nodes=(), statements=(told, linked)),
    )
    thing = scene.statements[linked].start
    alone = StepView(text="A thing", nodes=(thing,), statements=())
    about = {s.sentence for s in scene.statements if thing in (s.start, s.end)}
    path = tmp_path / "page.html"
    path.write_text(canvas_page(replace(scene, steps=(*steps, alone))), encoding="utf-8")
    opened = open_page(path, settle=False)
    page = opened.page
    unfold(page)
    for _ in steps:
        page.click("#next")
        assert [row[1] for row in all_rows(page)] == [scene.statements[linked].sentence]
    page.click("#next")
    assert {row[1] for row in all_rows(page)} == about
    assert opened.errors == []


# ---- where the evidence has no room --------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of a case whose evidence stands on the pages of its things only."""
    folder = tmp_path_factory.mktemp("large")
    with Case.open(made_case(folder / "case", 5, 231)) as case:
        assert len(case.words().claims()) > 2000
        for name, content in explorer_pages(case.words()):
            path = folder / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    return folder / "site"


def test_a_link_of_a_large_case_leads_to_its_evidence_on_the_page_of_its_thing(
    large: Path, open_page: OpenPage
) -> None:
    opened = open_page(large / "index.html", settle=False)
    page = opened.page
    unfold(page)
    cells = page.locator(f"{TABLE} tbody tr >> nth=3").locator("th, td")
    sentence = cells.nth(0).inner_text()
    link = cells.nth(3).locator("a")
    assert link.inner_text().startswith("The evidence, on the page of ")
    link.click()
    page.wait_for_url("**/things/*.html#c-*")
    row = page.locator("tr:target")
    assert row.locator("th").inner_text() == sentence
    assert row.locator("td >> nth=2").locator("li").count() > 0
    page.go_back()
    find(page, page.evaluate("JSON.parse(document.querySelector('#data').textContent).n[5]"))
    page.click("#panel ul.links button >> nth=0")
    heading = page.inner_text("#panel h2")
    page.click("#panel a")
    page.wait_for_url("**/things/*.html#c-*")
    assert page.inner_text("tr:target th") == heading
    assert opened.errors == []


def test_a_single_file_without_room_for_its_evidence_says_so(
    tmp_path: Path, open_page: OpenPage
) -> None:
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(network())
    graph.add_edges_from([(1, 2)] * 9_700, verb="met", evidence="says so")
    made = from_networkx(graph).save(tmp_path / "page.html")
    opened = open_page(made, settle=False)
    page = opened.page
    assert "10\u202f099 statements are too many to hold their evidence" in page.inner_text("main")
    unfold(page)
    assert page.locator(f"{TABLE} thead th").all_inner_texts() == [
        "Statement", "Standing", "Date",
    ]  # fmt: skip
    assert page.inner_text("#range") == "1–50 of 10099"
    find(page, "thing 7")
    page.click("#panel ul.links button >> nth=0")
    assert "This one file has no room for the evidence." in page.inner_text("#panel")
    assert opened.errors == []
