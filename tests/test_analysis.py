"""Analyses of a small case whose numbers can be counted on paper, and of the first case."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from math import log
from pathlib import Path

import pandas as pd
import pytest

from sousveil.ask.analysis import Analysis, analyse
from sousveil.ask.analysis_formats import ANALYSIS_FORMATS, analysis_table
from sousveil.errors import UsageError
from sousveil.pipeline.case import Case
from tests.cases import BASE, RING_LAPD, open_case, source
from tests.test_command_line import run

# A chain: spokesperson - Pillar - Ring - gift - officers - LAPD; and apart from it an answer.
CHAIN = """
- about: a Ring spokesperson
  at: 1
  speaks for: Pillar
- about: pillar
  at: 2
  run by: Ring
- about: gift
  at: 3
  giver: Ring
  receiver: LAPD officers
- about: officers
  at: 4
  member group of: LAPD
- about: answer
  at: 5
  speaker: another spokesperson
"""
ALLEGED = """
- about: gift
  at: 1
  said by: Acme
  giver: Acme
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    files = {
        "sources/a.yaml": source("Paper A", CHAIN),
        "sources/b.yaml": source("Paper B", ALLEGED, published="2022-01-01"),
    }
    with open_case(tmp_path_factory.mktemp("analysis"), files) as case:
        yield case


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


def cells(found: Analysis, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.cells[c] for c in columns) for row in found.rows]


def test_brokers_are_who_the_best_paths_pass(small: Case) -> None:
    found = small.analyse("brokers")
    # Of eight things there are 21 pairs without any one of them; six of the eight are the chain.
    # 2 things lie before Ring and 3 behind it: 6 pairs; before the officers 4, behind them 1.
    assert cells(found, "thing", "betweenness %") == [
        ("Ring", round(100 * 6 / 21, 2)),
        ("LAPD officers", round(100 * 4 / 21, 2)),
    ]
    assert {claim.relation for claim in found.rows[0].claims} == {"giver", "run by"}
    assert all(claim.evidence for row in found.rows for claim in row.claims)


def test_things_of_every_class_are_listed_on_demand(small: Case) -> None:
    found = small.analyse("brokers", types=())
    assert [row.cells["thing"] for row in found.rows][:2] == ["a gift", "Ring"]
    assert {row.cells["thing"] for row in found.rows} == {
        "a gift", "Ring", "Pillar", "LAPD officers",
    }  # fmt: skip


def test_components_are_told_with_their_members(small: Case) -> None:
    found = small.analyse("components")
    assert cells(found, "component", "things", "links") == [(1, 6, 5), (2, 2, 1)]
    assert [claim.relation for claim in found.rows[1].claims] == ["speaker"]


def test_common_neighbours_are_ranked_and_linked_pairs_left_out(small: Case) -> None:
    found = small.analyse("alike")
    # Each pair has one neighbour in common, which has two links: 1 / ln 2.
    assert cells(found, "thing", "other", "score", "in common") == [
        ("LAPD officers", "Ring", round(1 / log(2), 3), 1),
        ("Ring", "a Ring spokesperson", round(1 / log(2), 3), 1),
    ]
    (only,) = small.analyse("alike", "LAPD officers").rows
    assert only.cells["neighbours"] == "a gift (2)"
    assert {claim.relation for claim in only.claims} == {"giver", "receiver"}


def test_what_two_things_share_is_told_with_the_paths_from_each(small: Case) -> None:
    found = small.analyse("shared", "Ring", "LAPD")
    # Each hop is reported (20 more) by one origin (10 more): 1.3; two from Ring, one from LAPD.
    assert cells(found, "thing", "cost") == [("LAPD officers", 3.9)]
    assert found.rows[0].cells["paths"] == (
        "Ring - a gift - LAPD officers; Los Angeles Police Department - LAPD officers"
    )
    assert {claim.relation for claim in found.rows[0].claims} == {
        "giver", "receiver", "member group of",
    }  # fmt: skip
    assert not small.analyse("shared", "Ring", "LAPD", "another spokesperson").rows


def test_only_accepted_claims_count_unless_all_are_asked_for(small: Case) -> None:
    accepted, every = small.analyse("components"), small.analyse("components", every=True)
    assert (accepted.size, every.size) == ((8, 6), (9, 7))
    assert "Acme" in str(every.rows[0].cells["members"])
    assert accepted.claims_used == "accepted claims only"
    assert "contested" in every.claims_used


def test_an_analysis_sees_the_case_as_of_a_time(small: Case) -> None:
    before = small.analyse("components", every=True, reported="2021-12-31")
    assert before.size == (8, 6)
    assert before.as_of == {"reported": "2021-12-31"}


def test_who_else_got_gifts_of_the_same_giver(case: Case) -> None:
    found = case.analyse("same", "LAPD", limit=500)
    others = {
        row.things[0].rsplit("/", 1)[-1]
        for row in found.rows
        if (row.cells["what"], row.cells["which"]) == ("the same giver", "Ring")
    }
    labels = {row.cells["who"] for row in found.rows if row.cells["what"] == "the same giver"}
    # Every receiver of a gift of Ring in the sources of the case, but for the LAPD's officers.
    assert labels == {
        "Lakeland Police Department",
        "Topeka Police Department",
        "Ring users",
        "police at the chiefs' conference of 2018",
        "Pillar members",
        "an LAPD station",
    }
    assert len(others) == 6
    topeka = next(row for row in found.rows if row.cells["who"] == "Topeka Police Department")
    said = {(claim.relation, claim.value) for claim in topeka.claims}
    # The LAPD got it through its officers, and the claim that says so is told.
    assert ("member group of", "Los Angeles Police Department") in said
    assert ("receiver", "Topeka Police Department") in said


def test_the_programme_of_the_gifts_is_shared_too(case: Case) -> None:
    found = case.analyse("same", "LAPD officers", limit=500)
    assert ("Pillar members", "the same programme", "Pillar") in cells(
        found, "who", "what", "which"
    )


def test_hubs_are_dampened_so_that_the_company_is_no_path_to_everything(case: Case) -> None:
    found = case.analyse("shared", "Topeka Police Department", "LAPD", hops=3)
    ring = next((row for row in found.rows if row.cells["thing"] == "Ring"), None)
    assert ring is not None
    assert "what many things are joined to costs more" in found.how


@pytest.mark.parametrize(("kind", "things"), [("shared", ("Ring", "LAPD")), ("alike", ("Ring",))])
def test_what_counts_direct_links_only_says_so(
    kind: str, things: tuple[str, ...], case: Case
) -> None:
    assert "derived links are not counted" in case.analyse(kind, *things).how


def test_a_limit_is_said_aloud(case: Case) -> None:
    found = case.analyse("alike", limit=2)
    assert len(found.rows) == 2
    assert f"only 2 of {found.total} rows are shown" in ANALYSIS_FORMATS["table"](found)


def test_every_format_has_the_claims_with_their_evidence(small: Case) -> None:
    found = small.analyse("shared", "Ring", "LAPD")
    data = json.loads(ANALYSIS_FORMATS["json"](found))
    assert {c["relation"] for c in data["rows"][0]["claims"]} == {
        "giver", "receiver", "member group of",
    }  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(ANALYSIS_FORMATS["csv"](found))))
    assert {line["source"] for line in lines} == {"Paper A, 2021-01-01"}
    assert len(lines) == 3
    note = ANALYSIS_FORMATS["md"](found)
    assert "[^1]: a gift came from Ring: Paper A, 2021-01-01, paragraph 3" in note
    assert "how: " in ANALYSIS_FORMATS["table"](found)


def test_python_gets_frames_graphs_and_escaped_html(small: Case) -> None:
    found = small.analyse("shared", "Ring", "LAPD")
    frame = found.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["thing", "type", "cost", "paths", "claims"]
    graph = found.to_networkx()
    assert set(graph) == {BASE + key for key in ("ring", "gift", "officers", "lapd")}
    assert all(about["evidence"] for _, _, about in graph.edges(data=True))
    html = replace(found, case_title="<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "Paper A, 2021-01-01, paragraph 3" in html


def test_wrong_calls_are_answered_with_what_there_is(small: Case) -> None:
    for words, message in (
        (("brokrs",), "no analysis 'brokrs'; did you mean 'brokers'"),
        (("shared", "Ring"), "'shared' takes 2 or more things, got 1"),
        (("brokers", "Ring"), "'brokers' takes 0 things, got 1"),
        (("same",), "'same' takes 1 thing, got 0"),
        (("shared", "Ring", "ring"), "the same thing is named twice"),
        (("same", "Rin"), "nothing in this case is called 'Rin'; did you mean 'Ring'"),
    ):
        with pytest.raises(UsageError, match=message):
            small.analyse(*words)
    with pytest.raises(UsageError, match="no class 'Agnt'; did you mean 'Agent'"):
        small.analyse("brokers", types=["Agnt"])


def test_the_command_tells_a_wrong_name_before_it_reads_a_case(tmp_path: Path) -> None:
    done = run("analyse", "brokrs", "--case", str(RING_LAPD))
    assert done.returncode == 2
    assert "did you mean 'brokers'" in done.stderr


def test_a_graph_of_one_link_is_told_in_the_singular(tmp_path: Path) -> None:
    says = "- about: pillar\n  at: 1\n  run by: Ring"
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}) as one:
        assert ": 2 things, 1 link\n" in analysis_table(one.analyse("components"))


def test_an_empty_answer_says_what_was_kept_out(small: Case) -> None:
    found = analyse(small.words(), "alike", types=("Protest",))
    assert not found.rows
    text = analysis_table(found)
    assert "only accepted claims were counted; --all counts the others too" in text
    assert "only things of the class Protest were listed; --type any lists all" in text
    everything = analysis_table(analyse(small.words(), "brokers", every=True, types=()))
    assert "--all" not in everything
    assert "--type" not in everything
