"""The first case says what the two articles say, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.pipeline.case import Case, check_case
from tests.cases import RING_LAPD, rows

EXPECTED = sorted((Path(__file__).parent / "expected").glob("ring-lapd-s*.txt"))
# Told in these files in part only: what else is known of them belongs to no part of S1 to S8.
IN_PART = {"ring", "amazon", "lapd-officers"}


def expected_rows() -> list[str]:
    lines = [line for path in EXPECTED for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def found() -> set[str]:
    with Case.open(RING_LAPD) as case:
        return rows(case)


@pytest.mark.parametrize("row", expected_rows())
def test_the_case_holds_the_row_as_written_by_hand(row: str, found: set[str]) -> None:
    assert row in found


def test_the_things_of_s1_to_s8_have_no_other_claims(found: set[str]) -> None:
    subjects = {row.split(" | ")[0] for row in expected_rows()} - IN_PART
    assert len(EXPECTED) == 2
    assert {"gifts-to-officers", "protest-request", "partners-ft", "gift-review"} <= subjects
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
        ("arcadia-second-round", "approvedOn", "arcadia-2018-10-16"),
        ("cancelled-campaigners", "countedBy", "letsdatascience-2026-07"),
        ("cancelled-early-2026", "countedBy", "letsdatascience-2026-07"),
        ("cancelled-states", "countedBy", "letsdatascience-2026-07"),
        ("community-rules-2025", "forbids", "ring-community-page"),
        ("el-monte-users", "countedBy", "peopleandtech-2019-07"),
        ("familiar-faces-suit", "docketNumber", "rainsnews-2026-06"),
        ("fire-partners-2023", "countedBy", "markup-2024-01-24"),
        ("fusus-users", "countedBy", "vice-2024-02-01"),
        ("gift-investigation", "outcome", "kroq-2021-06"),
        ("lapd-comment-february", "askedBy", "mynewsla-2021-02-16"),
        ("legal-demands-2020", "countedBy", "hacksnew-2021-01-31"),
        ("partners-april-2019", "countedBy", "ubergizmo-2019-07"),
        ("partners-house", "countedBy", "cnet-2020-02-19"),
        ("partners-markey", "countedBy", "markey-2019-09-05"),
        ("partners-with-lapd", "countedBy", "eff-2021-02-16"),
        ("pillar", "launchedOn", "apb-2021-06"),
        ("pillar-statement", "saidTo", "techtimes-2021-06-17"),
        ("plates-published", "countedBy", "high-plains-2026-01"),
        ("police-partners-2023", "countedBy", "markup-2024-01-24"),
        ("protest-request", "footageHandedOver", "mynewsla-2021-02-16"),
        ("request-rules-before-june-2021", "forbids", "georgetown-2021"),
        ("requests-guardian", "countedBy", "guardian-2021-05-18"),
        ("san-jose-searches", "countedBy", "briefly-2025-12"),
        ("santa-clarita-rebates", "approvedOn", "signal-2018-06"),
    ]


def test_derived_links_lead_from_givers_to_receivers_and_through_officers_to_the_lapd() -> None:
    with Case.open(RING_LAPD) as case:
        links = case.tables.query(
            "SELECT a.key, d.predicate, b.key, d.standing, d.origins, len(d.claims) "
            "FROM derived_link d JOIN entity a ON a.iri = d.subject "
            "JOIN entity b ON b.iri = d.object WHERE d.predicate LIKE '%gaveBenefit%' ORDER BY ALL"
        )
    assert [(a, p.rpartition("#")[2], b, s, o, n) for a, p, b, s, o, n in links] == [
        ("city-of-akron", "gaveBenefitTo", "akron-residents", "reported", 1, 2),
        ("el-monte-police", "gaveBenefitTo", "el-monte-witnesses", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "conference-guests", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "lakeland-police", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "lapd-officers", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "lapd-station", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "pillar-members", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "ring-users", "reported", 1, 2),
        ("ring", "gaveBenefitTo", "topeka-police", "reported", 1, 2),
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


def test_an_offer_makes_no_gift() -> None:
    with Case.open(RING_LAPD) as case:
        offered = case.tables.query(
            "SELECT DISTINCT o.key FROM claim c JOIN entity o ON o.iri = c.object "
            "WHERE c.predicate LIKE '%#offeredTo' ORDER BY ALL"
        )
        got = case.tables.query(
            "SELECT b.key FROM derived_link d JOIN entity b ON b.iri = d.object "
            "WHERE d.predicate LIKE '%gaveBenefitTo'"
        )
    assert [key for (key,) in offered] == ["lakeland-police", "lapd-officer", "national-city-staff"]
    # The Lakeland police got cameras as well; an offer of credits alone makes no gift.
    assert {key for (key,) in offered} & {key for (key,) in got} == {"lakeland-police"}
