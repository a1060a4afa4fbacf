"""The second bundled case, on other tools than the first: nothing is fitted to one case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.ledger.lookup import find_entity
from sousveil.pipeline.case import Case, check_case
from sousveil.pipeline.shape_problems import shape_problems
from sousveil.view.claim_days import claim_days
from tests.cases import REPOSITORY, rows

POLICE_TOOLS = REPOSITORY / "cases" / "police-tools"
EXPECTED = Path(__file__).parent / "expected" / "police-tools.txt"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(POLICE_TOOLS) as opened:
        yield opened


def test_the_second_case_holds_the_rows_written_by_hand(case: Case) -> None:
    lines = EXPECTED.read_text(encoding="utf-8").splitlines()
    expected = {line for line in lines if line and not line.startswith("#")}
    assert len(expected) > 20
    assert expected - rows(case) == set()


def test_the_second_case_is_clean_and_conforms_to_the_shapes() -> None:
    checked = check_case(POLICE_TOOLS)
    assert checked.problems.sorted() == []
    assert shape_problems(POLICE_TOOLS, checked) == []


def test_the_day_of_an_event_is_that_of_its_date_and_not_of_what_came_later(case: Case) -> None:
    suit = find_entity(case.tables, "union-square-suit")  # filed 2020-10-07, ruled on 2022-02-09
    assert claim_days(case.words()).of_event[suit] == ("2020-10-07", "2020-10-07")


def test_an_offer_and_an_allegation_make_no_derived_link(case: Case) -> None:
    assert case.tables.query("FROM derived_link") == []


def test_a_name_is_kept_with_the_time_in_which_it_was_used(case: Case) -> None:
    (row,) = (row for row in rows(case) if row.startswith("geolitica | called | PredPol"))
    assert row.split(" | ")[3]


def test_the_wrongly_accused_man_is_shown_by_what_happened_to_him(case: Case) -> None:
    sentences = {claim.sentence for claim in case.words().claims()}
    assert "Citizen's bounty on a suspect concerned a man wrongly named as a suspect" in sentences
