"""What a thing is linked to, read by hand from the files of the first case."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sousveil.ask.neighbours import find_neighbours, neighbours_text
from sousveil.pipeline.case import Case
from sousveil.standing.as_of import AsOf
from tests.cases import RING_LAPD
from tests.test_command_line import run

BASE = "https://w3id.org/sousveil/case/ring-lapd/"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


def test_the_links_of_pillar_are_those_of_the_sources(case: Case) -> None:
    found = find_neighbours(case.words(), BASE + "pillar", 50)
    assert {(x.iri.removeprefix(BASE), x.relation, x.accepted) for x in found.links} == {
        ("ring", "run by", True),
        ("lapd-officers", "program for", True),
        ("gifts-to-officers", "under", True),
        ("pillar-reward", "under", True),
        ("pillar-statement", "concerns", True),
        ("pillar-spokesperson", "speaks for", False),
    }
    ring = next(x for x in found.links if x.iri == BASE + "ring")
    assert ring.claims[0].origins == ("Los Angeles Times, 2021-06-17", "The Verge, 2021-06-17")
    assert (found.total, found.things) == (6, 6)


def test_what_is_not_accepted_does_not_read_as_a_fact(case: Case) -> None:
    text = neighbours_text(find_neighbours(case.words(), BASE + "pillar", 50))
    assert (
        "is said to speak through\n  a spokesperson of Pillar (post), as of 2021-06-17 (not" in text
    )
    assert "    - Our desk, 2026-11-23, paragraph 2 (disputes)" in text


def test_derived_links_stand_apart_with_the_claims_they_rest_on(case: Case) -> None:
    found = find_neighbours(case.words(), BASE + "lapd-officers", 50)
    (gave,) = [x for x in found.links if x.derived and x.iri == BASE + "ring"]
    assert {claim.relation for claim in gave.claims} == {"giver", "receiver"}
    assert found.links[-1].derived is not None


def test_a_limit_keeps_the_best_documented_and_says_so(case: Case) -> None:
    found = find_neighbours(case.words(), BASE + "ring", 5)
    assert len(found.links) == 5
    assert all(link.accepted for link in found.links)
    assert f"only 5 of {found.total} links are shown" in neighbours_text(found)
    whole = find_neighbours(case.words(), BASE + "ring", 10_000)
    assert len(whole.links) == whole.total == found.total
    assert "are shown" not in neighbours_text(whole)


def test_links_are_those_of_the_time_that_is_asked_for(case: Case) -> None:
    seen = case.seen(AsOf(reported="2021-02-16"))
    found = find_neighbours(seen.words(), BASE + "lapd-officers", 50)
    # The first paper on the officers is of June 2021.
    assert found.total == 0
    text = neighbours_text(found)
    assert text.startswith("LAPD officers (group) is linked to 0 things by 0 links")


def test_the_command_prints_json_with_the_evidence() -> None:
    words = ("show", "Pillar", "--neighbours", "--limit", "2", "--json", "--case", str(RING_LAPD))
    data = json.loads(run(*words).stdout)
    assert (data["total"], len(data["links"])) == (6, 2)
    assert data["links"][0]["claims"][0]["evidence"]
