"""An answer drawn as an embed: its own claims, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.errors import UsageError
from sousveil.ledger.profile import Profile
from sousveil.pipeline.asking import ask_engine
from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD
from tests.test_privacy import OFFICER, officer_case

BENEFITS = {"giver": "Ring", "body": "LAPD"}


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


def test_an_embed_has_the_claims_of_the_answer_and_no_others(case: Case) -> None:
    answer = case.ask("who-received-benefits", BENEFITS)
    scene = answer.embed().scene
    assert {node.label for node in scene.nodes} == {
        "Ring's gifts to LAPD officers",
        "Ring",
        "LAPD officers",
        "Pillar",
    }
    claims = {claim.id for row in answer.rows for claim in row.claims}
    assert len(scene.statements) == len(claims) == 11
    # Ring ran Pillar, the case says; the answer does not.
    assert not any("direction" in statement.sentence for statement in scene.statements)
    assert scene.title == answer.question.title
    assert scene.finding == "giver: Ring; body: Los Angeles Police Department"


def test_a_page_holds_the_evidence_and_the_time_it_was_asked_for(case: Case) -> None:
    answer = case.ask("who-received-benefits", BENEFITS, reported="2021-12-31")
    embed = answer.embed("de")
    assert embed.scene.interface == "de"
    page = embed.html()
    assert "Tech Times" in page
    assert "what was reported by 2021-12-31" in page


def test_it_is_the_same_from_every_engine(case: Case) -> None:
    direct = case.ask("who-received-benefits", BENEFITS)
    other = ask_engine(case, "who-received-benefits", BENEFITS, "rdflib")
    assert other == direct
    assert other.embed().html() == direct.embed().html()


def test_an_answer_without_rows_cannot_be_drawn(case: Case) -> None:
    with pytest.raises(UsageError, match="'rule-on-gifts' has no claim to draw"):
        case.ask("rule-on-gifts", body="LAPD").embed()


def test_a_closed_case_is_told() -> None:
    with Case.open(RING_LAPD) as case:
        answer = case.ask("who-received-benefits", BENEFITS)
    with pytest.raises(UsageError, match="the case is closed; make the embed while it is open"):
        answer.embed()


def test_a_withheld_name_is_in_no_public_embed(tmp_path: Path) -> None:
    with Case.open(officer_case(tmp_path)) as case:
        public = case.ask("single-origin-facts").embed().html()
        assert "a sergeant of the night watch" in public
        assert OFFICER not in public
        desk = case.ask("single-origin-facts", profile=Profile.DESK).embed().html()
        assert OFFICER in desk
