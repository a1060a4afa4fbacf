"""What is offered where nothing is called as somebody has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.ledger.lookup import find_entity, find_source
from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD, open_case


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


def offered(case: Case, words: str) -> str:
    with pytest.raises(UsageError) as told:
        find_entity(case.tables, words)
    head, _, found = str(told.value).partition("; did you mean ")
    assert head == f"nothing in this case is called '{words}'"
    return found


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("moore", "'Michel Moore' or "),
        ("guariglia", "'Matthew Guariglia' or "),
        ("Guarilia", "'Matthew Guariglia' or "),
        ("Brian", "'Brian Huseman'?"),
        ("Markey", "'Edward Markey' or "),
        ("Edard", "'Edward Markey'?"),
        ("Arcadia", "'Arcadia residents' or 'City of Arcadia' or "),
        ("Protests Kings", "'agencies that searched on the No Kings protests'?"),
    ],
)
def test_a_word_of_a_longer_name_leads_to_it_misspelt_too(
    words: str, first: str, case: Case
) -> None:
    assert offered(case, words).startswith(first)


@pytest.mark.parametrize(
    ("words", "only"), [("Rng", "'Ring'?"), ("Pilar", "'Pillar'?"), ("xyzzy", ""), ("?", "")]
)
def test_a_misspelt_name_leads_to_the_name_alone_and_nonsense_to_nothing(
    words: str, only: str, case: Case
) -> None:
    assert offered(case, words) == only


def test_what_stands_in_many_names_is_offered_in_part_and_counted(case: Case) -> None:
    found = offered(case, "police").split(" or ")
    assert len(found) == 9
    assert all("police" in name.casefold() for name in found[:8])
    assert found[8].startswith("one of ")


def test_what_is_offered_is_a_name(case: Case) -> None:
    for name in offered(case, "markey").rstrip("?").split(" or "):
        assert find_entity(case.tables, name.strip("'"))


def test_a_thing_is_offered_once_by_its_name_before_its_key(tmp_path: Path) -> None:
    entities = """
    Person:
      ann-miller:
        name: Ann Miller
        also: [Miller]
        exposure: public official
    Post:
      miller-post: head of the office
    Group:
      group: friends of Miller and others
    """
    with open_case(tmp_path, {}, entities=entities) as small:
        assert offered(small, "Ann") == "'Ann Miller'?"
        assert offered(small, "head") == "'head of the office'?"
        assert offered(small, "post") == "'miller-post'?"


def test_a_word_of_a_source_leads_to_it(case: Case) -> None:
    with pytest.raises(UsageError, match=r"did you mean 'techtimes-.* or 'techtimes-2021-06-17'\?"):
        find_source(case.tables, "techtimes")
