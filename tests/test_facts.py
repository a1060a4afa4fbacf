"""Every row of the list of checked public facts is in a case with its source, or says why not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from tests.cases import REPOSITORY
from tests.facts import CASES, TABLES, Fact, Tracing, facts, page

# Names of a junior officer and of a private person stand in the list, and never in the repository.
ROLE = re.compile(r"\b(Detective|journalist) [A-Z]\w+ [A-Z]\w+")
RELAYED = {"reported-secondhand", "mirror"}
IN_A_CASE = {"primary", "primary-allegation", "reported", "disputed", *RELAYED}
# What the first case is about, in the words of the list.
SUBJECT = re.compile(
    r"\b(Ring|Amazon|Axon|Flock|Doorbot|Neighbors|Pillar|Safe L\.A\.|Fusus|Familiar Faces|ALPR)\b|"
    r"doorbell|security-camera|Partner agencies|LAPD,(redacted|told|opened|preliminary)"
)


@pytest.fixture(scope="module", params=CASES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def case(name: str) -> Iterator[Case]:
    with Case.open(REPOSITORY / "cases" / name) as opened:
        yield opened


@pytest.fixture(scope="module")
def tracing(case: Case) -> Tracing:
    return Tracing.of(case)


@pytest.fixture(scope="module")
def listed(shared_data: Path) -> dict[int, dict[str, str]]:
    text = (shared_data / "domain_facts.csv").read_text(encoding="utf-8")
    return dict(enumerate(csv.DictReader(text.splitlines()), start=2))


def by_role(row: dict[str, str]) -> str:
    words = " | ".join((row["subject"], row["relation"], row["object"]))
    return ROLE.sub(lambda match: f"a {match[1].lower()}", words)


def kept(name: str) -> list[Fact]:
    return [fact for fact in facts(name) if not fact.left_out]


def test_the_table_is_made_from_the_mapping_and_the_case(name: str, case: Case) -> None:
    assert (TABLES / f"{name}.md").read_text(encoding="utf-8") == page(name, case)


def test_every_claim_of_the_mapping_is_in_the_case_with_that_source(
    name: str, tracing: Tracing
) -> None:
    wanted = [pair for fact in facts(name) for pair in (*fact.own, *fact.also)]
    assert [pair for pair in wanted if pair not in tracing.found] == []


def test_a_row_has_claims_or_a_reason_never_both(name: str) -> None:
    for fact in facts(name):
        assert bool(fact.own) != bool(fact.left_out), fact
        assert bool(fact.source) == bool(fact.own), fact


def test_the_mapping_names_each_row_as_the_list_does(
    name: str, listed: dict[int, dict[str, str]]
) -> None:
    for fact in facts(name):
        row = listed[fact.row]
        assert (fact.fact, fact.certainty) == (by_role(row), row["certainty"]), fact.row


def test_each_claim_comes_from_the_address_of_its_row(
    name: str, case: Case, tracing: Tracing, listed: dict[int, dict[str, str]]
) -> None:
    vias = dict(
        case.tables.query(
            "SELECT e.hash, list(s.url) FROM (SELECT hash, unnest(via) AS v FROM evidence) e "
            "JOIN source s ON s.iri = e.v WHERE s.url IS NOT NULL GROUP BY e.hash"
        )
    )
    wrong = []
    for fact in kept(name):
        for pair in fact.own:
            evidence = tracing.found[pair].evidence
            urls = {tracing.urls.get(pair[0]), *vias.get(evidence.id.rpartition("/")[2], ())}
            if listed[fact.row]["source_url"] not in urls:
                wrong.append((fact.row, pair, urls))
    assert wrong == []


def test_what_was_read_at_second_hand_names_its_original(name: str, tracing: Tracing) -> None:
    relayed = [fact for fact in kept(name) if fact.certainty in RELAYED]
    assert relayed
    assert [
        (fact.row, pair)
        for fact in relayed
        for pair in fact.own
        if not tracing.found[pair].evidence.via
    ] == []


def test_what_is_disputed_comes_out_as_claims_that_disagree(name: str, tracing: Tracing) -> None:
    for fact in kept(name):
        if fact.certainty != "disputed":
            continue
        claims = [tracing.found[pair].claim for pair in (*fact.own, *fact.also)]
        assert any(
            {"conflicting", "disputed", "denied", "drifted"} & {claim.standing, *claim.flags}
            or any(remark.startswith("differs") for remark in claim.remarks)
            for claim in claims
        ), fact.row


def test_no_row_that_is_unverified_is_in_a_case(listed: dict[int, dict[str, str]]) -> None:
    used = {fact.row for name in CASES for fact in kept(name)}
    assert [row for row in used if listed[row]["certainty"] not in IN_A_CASE] == []
    addresses = {row["source_url"] for row in listed.values() if row["certainty"] == "unverified"}
    assert addresses
    for name in CASES:
        for path in (REPOSITORY / "cases" / name / "sources").glob("*.yaml"):
            assert not any(url in path.read_text(encoding="utf-8") for url in addresses), path


def test_the_first_case_answers_for_every_row_of_the_list(
    listed: dict[int, dict[str, str]],
) -> None:
    mapped = facts("ring-lapd")
    assert [fact.row for fact in mapped] == list(listed)


def test_every_row_on_the_first_case_s_subjects_is_in_it_but_for_two_kinds(
    listed: dict[int, dict[str, str]],
) -> None:
    left = [fact for fact in facts("ring-lapd") if fact.left_out]
    on_subject = [
        fact.row
        for fact in left
        if listed[fact.row]["certainty"] in IN_A_CASE
        and SUBJECT.search(",".join(listed[fact.row][k] for k in ("subject", "relation", "object")))
    ]
    assert on_subject == [38]  # a copy whose original nobody has found


def test_what_the_first_case_leaves_to_another_is_there() -> None:
    left = {
        (fact.row, match[1])
        for fact in facts("ring-lapd")
        if (match := re.fullmatch(r"in the case ([\w-]+)", fact.left_out or ""))
    }
    there = {(fact.row, name) for name in CASES[:] for fact in kept(name)}
    assert left <= there
