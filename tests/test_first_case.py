"""The first case says what the two articles say, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.pipeline.case import Case, check_case
from tests.cases import RING_LAPD, rows

EXPECTED = Path(__file__).parent / "expected" / "ring-lapd-s1-s4.txt"


def expected_rows() -> list[str]:
    lines = EXPECTED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def found() -> set[str]:
    with Case.open(RING_LAPD) as case:
        return rows(case)


@pytest.mark.parametrize("row", expected_rows())
def test_the_case_holds_the_row_as_written_by_hand(row: str, found: set[str]) -> None:
    assert row in found


def test_the_things_of_s1_to_s4_have_no_other_claims(found: set[str]) -> None:
    subjects = {
        "gifts-to-officers",
        "pillar",
        "pillar-statement",
        "pillar-spokesperson",
        "ring-statement-to-verge",
        "protest-request",
        "email-release",
        "ring-on-protests",
        "rule-check",
        "ring-spokesperson",
    }
    extra = {row for row in found if row.split(" | ")[0] in subjects} - set(expected_rows())
    assert not extra


def test_quotations_and_passages_are_those_of_the_articles(shared_data: Path) -> None:
    found = check_case(RING_LAPD, (shared_data / "seeds",)).problems.sorted()
    assert [str(problem) for problem in found] == []


def test_silence_is_a_gap_and_no_claim() -> None:
    with Case.open(RING_LAPD) as case:
        keys = case.tables.query(
            "SELECT e.key, g.predicate, s.key FROM gap g JOIN entity e ON e.iri = g.subject "
            "JOIN source s ON s.iri = g.source ORDER BY ALL"
        )
    assert [(a, p.rpartition("#")[2], b) for a, p, b in keys] == [
        ("agencies-2014", "countedBy", "techtimes-2021-06-17"),
        ("lapd-comment-february", "askedBy", "mynewsla-2021-02-16"),
        ("pillar-statement", "saidTo", "techtimes-2021-06-17"),
        ("protest-request", "footageHandedOver", "mynewsla-2021-02-16"),
    ]


def test_derived_links_lead_from_ring_to_the_department_through_its_officers() -> None:
    with Case.open(RING_LAPD) as case:
        links = case.tables.query(
            "SELECT a.key, d.predicate, b.key, d.standing, d.origins, len(d.claims) "
            "FROM derived_link d JOIN entity a ON a.iri = d.subject "
            "JOIN entity b ON b.iri = d.object WHERE d.predicate LIKE '%gaveBenefit%' ORDER BY ALL"
        )
    assert [(a, p.rpartition("#")[2], b, s, o, n) for a, p, b, s, o, n in links] == [
        ("ring", "gaveBenefitTo", "lapd-officers", "reported", 1, 2),
        ("ring", "gaveBenefitToMembersOf", "lapd", "reported", 1, 3),
    ]


def test_the_drifted_number_is_shown_with_what_its_origin_says() -> None:
    with Case.open(RING_LAPD) as case:
        remarks = [
            remark
            for claim in case.words().claims()
            if claim.relation == "number of receivers" and claim.value == "100"
            for remark in claim.remarks
        ]
    assert (
        "drifted: Tech Times, 2021-06-17, via Los Angeles Times, 2021-06-17, says 100; "
        "Los Angeles Times, 2021-06-17 itself says at least 100"
    ) in remarks


def test_a_suit_a_death_and_a_count_read_as_what_they_are_and_no_more() -> None:
    with Case.open(RING_LAPD) as case:
        sentences = {claim.sentence for claim in case.words().claims()}
    assert {
        "ADT's suit over the blue octagon was brought against Ring",
        "death of George Floyd befell George Floyd",
        "agencies that cannot credit Ring with a solved crime had the value many",
    } <= sentences
