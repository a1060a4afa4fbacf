"""The pages of the ontology: whole, linked, readable in a real browser, and asking for nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from sousveil.pipeline.writing import MARK
from sousveil.view.ontology_pages import ontology_pages
from sousveil.view.symbols import PATHS
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.properties import record_properties
from tests.test_command_line import run


class Links(HTMLParser):
    """The targets of links, the anchors, and the texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: list[str] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "href" and value and tag in ("a", "link"):
                self.targets.append(value)
            elif name == "id" and value and tag != "marker":
                self.anchors.append(value)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("docs") / "pages"
    done = run("ontology", "docs", "-o", str(made))
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Links]:
    return {p.name: Links(p.read_text(encoding="utf-8")) for p in folder.glob("*.html")}


def test_there_is_a_page_for_every_class_and_every_link_leads_somewhere(
    pages: dict[str, Links], folder: Path
) -> None:
    classes = {f"class-{name}.html" for name in load_vocabulary().classes}
    assert set(pages) == {"index.html", "relations.html", "terms.html"} | classes
    assert {p.name for p in folder.iterdir()} == {*pages, "style.css", MARK}
    for name, page in pages.items():
        assert len(set(page.anchors)) == len(page.anchors), name
        for target in page.targets:
            file, _, anchor = unquote(target).partition("#")
            if target.startswith("data:"):
                continue
            assert (folder / (file or name)).is_file(), f"{name}: {target}"
            if anchor:
                assert anchor in pages[file or name].anchors, f"{name}: {target}"


def test_every_page_can_be_reached_from_the_index(pages: dict[str, Links]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in pages and name not in reached:
            reached.add(name)
            waiting += [target.partition("#")[0] for target in pages[name].targets]
    assert reached == set(pages)


def test_no_page_holds_a_script(pages: dict[str, Links]) -> None:
    for page in pages.values():
        assert not page.tags & {"script", "iframe", "img", "object", "form"}


def test_the_page_of_the_benefit_transfer_says_what_a_reporter_asks(
    pages: dict[str, Links],
) -> None:
    text = pages["class-BenefitTransfer.html"].text
    for words in (
        "The giving of goods, discounts, money or favours by one agent to others.",
        "Ring's gifts to LAPD officers are a benefit transfer.",
        "Not the program under which it was given.",
        "a benefit transfer came from an agent",
        "an agent made a benefit transfer",
        "a benefit transfer reportedly came from an agent",
        "Takes a term of benefits",
    ):
        assert words in text, words


def test_the_picture_of_a_class_shows_its_neighbours_in_their_looks(folder: Path) -> None:
    page = (folder / "class-BenefitTransfer.html").read_text(encoding="utf-8")
    wide = page[page.index('<svg class="wide"') :].partition("</svg>")[0]
    names = re.findall(r'class="name">([^<]+)<', wide)
    around = set(zip(names[:-1], re.findall(r'class="relation">([^<]+)<', wide), strict=True))
    assert names[-1] == "benefit transfer"
    assert around >= {
        ("agent", "giver, receiver"), ("program", "under"), ("place", "place"),
        ("benefits", "thing given"), ("considerations", "in return for"),
        ("footage request", "covers"), ("protest", "follows"), ("agent", "requested footage of"),
    }  # fmt: skip
    looks = re.findall(r'<path d="([^"]+)" fill="(#[0-9A-F]{6})"/>', wide)
    assert (PATHS["hexagon"], "#117733") in looks  # the program
    assert looks[-1] == (PATHS["star"], "#D55E00")  # the benefit transfer itself
    assert looks.count((PATHS["circle"], "#B0B0B0")) == 4  # four lists of terms


def test_every_class_has_both_pictures_and_its_words(folder: Path, pages: dict[str, Links]) -> None:
    for name, each in load_vocabulary().classes.items():
        page = (folder / f"class-{name}.html").read_text(encoding="utf-8")
        assert page.count('<svg class="wide"') == page.count('<svg class="narrow"') == 1
        for words in (each.definition, each.example, each.counter_example):
            assert words in pages[f"class-{name}.html"].text


def test_every_relation_and_term_stands_on_its_page(pages: dict[str, Links]) -> None:
    vocabulary = load_vocabulary()
    for relation in vocabulary.relations.values():
        assert relation.definition in pages["relations.html"].text
        for name in relation.domain:
            assert relation.verbs.reads_back in pages[f"class-{name}.html"].text
    for term in vocabulary.terms.values():
        assert term.definition in pages["terms.html"].text


def test_the_pages_are_the_same_bytes_each_time() -> None:
    one = ontology_pages(load_vocabulary(), record_properties())
    assert one == ontology_pages(load_vocabulary(), record_properties())


@pytest.mark.parametrize("width", [390, 1400])
def test_every_page_opens_without_a_request_and_without_scrolling_sideways(
    width: int, browser: Browser, folder: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: errors.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    try:
        for path in sorted(folder.glob("*.html")):
            page.goto(path.as_uri())
            found = page.evaluate(
                """() => ({
                  wide: document.documentElement.scrollWidth,
                  shown: [...document.querySelectorAll("figure svg")]
                    .filter((svg) => svg.getBoundingClientRect().width > 0)
                    .map((svg) => svg.classList[0]),
                  out: [...document.querySelectorAll("figure svg text")]
                    .filter((text) => {
                      const box = text.getBoundingClientRect();
                      const frame = text.ownerSVGElement.getBoundingClientRect();
                      return box.width && (box.left < frame.left || box.right > frame.right);
                    }).map((text) => text.textContent),
                  small: [...document.querySelectorAll("figure svg text")]
                    .map((text) => text.getBoundingClientRect().height)
                    .filter((height) => height && height < 11),
                  font: getComputedStyle(document.body).fontFamily,
                })"""
            )
            assert found["wide"] <= width, path.name
            assert found["out"] == [], path.name
            assert found["small"] == [], path.name
            assert found["font"].startswith("Arial")
            if path.name.startswith("class-"):
                assert found["shown"] == ["narrow" if width < 760 else "wide"], path.name
    finally:
        context.close()
    assert errors == []
    assert len(asked) > 50
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}


def test_a_reader_comes_from_the_index_to_a_neighbour_in_the_picture(
    browser: Browser, folder: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True)
    page = context.new_page()
    try:
        page.goto((folder / "index.html").as_uri())
        page.get_by_role("link", name="footage request", exact=True).click()
        assert page.locator("h1").inner_text().strip() == "Footage request"
        page.locator("svg.narrow a", has_text="place").first.click()
        assert page.url.endswith("/class-Place.html")
    finally:
        context.close()
