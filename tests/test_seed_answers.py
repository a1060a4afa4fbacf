"""The answers of the first case to what the two first articles say, against rows written by hand.

The questions 1, 11 and 13 are in test_questions, 15 and 29, whose rows are no claims, in
test_answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from sousveil.stores.protocol import Store
from tests.cases import RING_LAPD

ARTICLES = {"techtimes-2021-06-17": "T", "mynewsla-2021-02-16": "M"}
EXPECTED = Path(__file__).parent / "expected" / "seed-answers.txt"
HEAD = re.compile(r"\[(?P<number>\d+) (?P<name>[a-z-]+)(?P<given>( [a-z_]+=[a-z0-9-]+)*)\]")


def sections() -> dict[str, list[str]]:
    """Return the expected lines by their heading."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found[line] = []
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(case: Case) -> Iterator[Store]:
    with case.store() as opened:
        yield opened


@pytest.mark.parametrize("heading", sections())
def test_an_answer_has_exactly_what_the_two_first_articles_say(
    heading: str, case: Case, store: Store
) -> None:
    head = HEAD.fullmatch(heading)
    assert head is not None
    given = dict(word.split("=") for word in head["given"].split())
    answer = case.ask(head["name"], given, store=store)
    keys: dict[str, str] = dict(case.tables.query("SELECT iri, key FROM entity"))
    articles = dict(case.tables.query("SELECT iri, key FROM source"))
    found: set[str] = set()
    for claim in {c.id: c for row in answer.rows for c in row.claims}.values():
        places = {
            ARTICLES[articles[e.source]] + (e.passage or "").removeprefix("paragraph ")
            for e in claim.evidence
            if articles[e.source] in ARTICLES
        }
        if places:
            by_number = sorted(places, key=lambda place: (place[0], int(place[1:])))
            accepted = "accepted" if claim.accepted else "not accepted"
            subject = keys.get(claim.subject, claim.subject)
            found.add(
                f"{subject} | {claim.relation} | {claim.value} | {accepted}"
                f" <- {' '.join(by_number)}"
            )
    for row in answer.rows:
        if not row.claims and "source" in row.values:
            thing = row.values["subject"].iri
            assert thing is not None
            told = [row.values[name].words for name in ("relation", "why", "source")]
            found.add(" | ".join([keys[thing], *told]))
    said = {line for line in sections()[heading] if not line.startswith("?")}
    assert found == said
    for line in sections()[heading]:
        if line.startswith("? "):
            assert line.removeprefix("? ") in answer.not_known


def test_each_question_that_the_articles_answer_has_its_rows() -> None:
    numbers = {int(heading[1:].split(" ")[0]) for heading in sections()}
    elsewhere = {1, 11, 13, 15, 29}
    answered = {1, 11, 13, 19, 30, 31, 33, 34, 38} | {
        2, 3, 5, 14, 15, 17, 18, 22, 26, 29, 35, 37, 40,
    }  # fmt: skip
    assert numbers | elsewhere == answered
