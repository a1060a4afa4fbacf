"""The pages of questions: what was asked with what, each row with its evidence, what is missing."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sousveil.ask.html import answer_page
from sousveil.content import content_folder
from sousveil.ledger.profile import Profile
from sousveil.pipeline import answered
from sousveil.pipeline.answered import asked_questions
from sousveil.pipeline.case import Case
from sousveil.view.explorer.question_page import AskedQuestion, command
from sousveil.view.explorer.site import explorer_pages
from tests.cases import RING_LAPD, open_case, source
from tests.servers import OpenPage
from tests.test_stories import SAYS


class Read(HTMLParser):
    """The text of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def pages_of(case: Case) -> tuple[dict[str, AskedQuestion], dict[str, str]]:
    asked = list(asked_questions(case, Profile.PUBLIC))
    pages = dict(explorer_pages(case.words(), case.stories.values(), asked))
    return {one.question.name: one for one in asked}, pages


@pytest.fixture(scope="module")
def first() -> Iterator[tuple[dict[str, AskedQuestion], dict[str, str]]]:
    with Case.open(RING_LAPD) as case:
        yield pages_of(case)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("small")
    own = folder / "queries" / "gifts-here"
    own.parent.mkdir(parents=True)
    shutil.copytree(content_folder("queries") / "who-gave-what", own)
    head = (own / "question.toml").read_text(encoding="utf-8")
    head = re.sub(r"(?m)^title = .*$", 'title = "Our own question?"', head)
    head = re.sub(r"(?m)^number = .*\n", "", head)
    (own / "question.toml").write_text(head, encoding="utf-8")
    with open_case(folder, {"sources/a.yaml": source("Paper A", SAYS)}) as case:
        return pages_of(case)[1]


def test_a_question_page_has_the_rows_with_the_pages_of_things_and_sources(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    _, pages = first
    found = Read(pages["questions/who-received-benefits.html"])
    assert "number of receivers at least 100 reported 1 piece of evidence" in found.text
    assert "number of receivers 100 reported, drifted, not accepted" in found.text
    assert "Los Angeles Times, 2021-06-17" in found.text
    assert "../things/gifts-to-officers.html" in found.links
    assert any(link.startswith("../sources/") for link in found.links)
    assert all(
        link.removeprefix("../").partition("#")[0] in pages
        for link in found.links
        if not link.startswith("http")
    )


def test_every_question_of_the_first_case_was_asked_and_leads_to_its_page(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    asked, pages = first
    assert len(asked) == len(list(content_folder("queries").glob("*/question.toml")))
    assert all(one.answer is not None for one in asked.values())
    links = Read(pages["questions.html"]).links
    assert {f"questions/{name}.html" for name in asked} <= set(links) & set(pages)


def test_what_is_not_known_and_the_record_to_ask_for_stand_on_the_page(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    _, pages = first
    reach = Read(pages["questions/reach-of-a-request.html"]).text
    assert "What is not known" in reach
    assert "withheld by" in reach or "not stated by" in reach or "not known, per" in reach
    rule = Read(pages["questions/rule-on-gifts.html"]).text
    assert "none found in these sources A record to ask for:" in rule


def test_the_command_on_a_page_is_what_was_asked(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    one = first[0]["programme-of-a-gift"]
    assert shlex.split(command(one)) == [
        "sousveil", "ask", "programme-of-a-gift", "--gift", "Ring's gifts to LAPD officers",
    ]  # fmt: skip


def test_the_rows_of_a_long_answer_are_cut_and_the_page_says_so(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    asked, pages = first
    answer = asked["single-origin-facts"].answer
    assert answer is not None
    page = pages["questions/single-origin-facts.html"]
    assert page.count("<tr") == 150 + 1
    assert f"The first 150 rows stand here; {len(answer.rows) - 150} more" in page


def test_the_cases_own_questions_have_pages_too(small: dict[str, str]) -> None:
    page = Read(small["questions/gifts-here.html"])
    assert "Our own question?" in page.text
    assert "../things/gift.html" in page.links
    assert "Our own question?" in Read(small["questions.html"]).text


def test_where_the_example_is_not_in_the_case_a_thing_of_it_is_asked_for(
    small: dict[str, str],
) -> None:
    page = Read(small["questions/programme-of-a-gift.html"]).text
    assert 'sousveil ask programme-of-a-gift --gift "gift"' in page


def test_a_question_for_which_the_case_has_no_thing_says_which_record_to_ask_for(
    small: dict[str, str],
) -> None:
    page = Read(small["questions/how-requests-travelled.html"]).text
    assert "It was not asked: this case has nothing for" in page
    assert "A record to ask for:" in page


def test_pages_of_a_large_case_give_the_command_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered, "MOST_CLAIMS", 3)
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", SAYS)}) as case:
        asked, pages = pages_of(case)
    assert all(one.answer is None for one in asked.values())
    page = Read(pages["questions/who-received-benefits.html"]).text
    assert "The case is too large for all answers to stand on its pages." in page
    assert "sousveil ask who-received-benefits --giver" in page


# ---- the lists, and what stands above all pages -------------------------------------------------


def test_the_menu_marks_the_page_that_is_open_and_no_other(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    _, pages = first
    for name in ("index.html", "things.html", "sources.html", "questions.html"):
        assert re.findall(r'<a href="([^"]*)" aria-current="page">', pages[name]) == [name]
    for name in ("things/lapd.html", "questions/who-received-benefits.html"):
        assert "aria-current" not in pages[name].partition("<body>")[2]


def test_sources_stand_in_a_table_by_day_with_what_has_no_day_last(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    page = first[1]["sources.html"]
    head, *rows = [Read(row).text for row in re.findall(r"<tr>.*?</tr>", page)]
    assert head == "Source Published Publisher What it says"
    assert rows[0] == (
        "City Council approves homeowner rebates for Ring video doorbells "
        "2017-10-19 La Canada Valley Sun 9 statements"
    )
    assert any(row.endswith("2019-01-10 The Intercept not read here") for row in rows)
    undated = ["date not known" in row for row in rows]
    assert any(undated)
    assert undated == sorted(undated)


def test_the_number_beside_a_thing_says_what_it_counts(small: dict[str, str]) -> None:
    assert "LAPD officers 2 statements" in Read(small["things.html"]).text
    assert "a gift 4 statements" in Read(small["things.html"]).text


def test_two_relayed_sources_of_one_name_are_told_apart_by_their_titles(
    first: tuple[dict[str, AskedQuestion], dict[str, str]],
) -> None:
    page = Read(first[1]["sources/techtimes-2021-06-17.html"]).text
    label = "Tech Times, on or before 2021-06-17"
    assert f"{label}: Amazon Ring Worked with 2,014 Government Agencies in 2020" in page


def test_the_wide_table_of_an_answer_scrolls_in_its_own_frame_on_a_phone(
    first: tuple[dict[str, AskedQuestion], dict[str, str]], tmp_path: Path, open_page: OpenPage
) -> None:
    answer = first[0]["partners-on-a-date"].answer
    assert answer is not None
    path = tmp_path / "answer.html"
    path.write_text(answer_page(answer), encoding="utf-8")
    opened = open_page(path, width=390)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    frame = opened.page.get_by_role("region", name=answer.question.title)
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    opened.page.keyboard.press("Tab")
    assert frame.evaluate("frame => frame === document.activeElement")
    assert opened.errors == []
