"""The overview after a build, `show`, and the networkx graph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sousveil.graph.claim_words import dated_verb
from sousveil.ledger.lookup import find_entity
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.view.entity_text import entity_data, entity_text
from sousveil.view.overview import overview
from sousveil.view.report import overview_text, report_markdown
from tests.cases import RING_LAPD, open_case, source


def lines(case: Case, title: str) -> list[str]:
    return list(next(s for s in overview(case.words()).sections if s.title == title).lines)


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.open(RING_LAPD)


def test_the_overview_names_drift_conflicts_and_differences_once_each(case: Case) -> None:
    tech, la = "Tech Times, 2021-06-17", "Los Angeles Times, 2021-06-17"
    assert (
        f"Ring's gifts to LAPD officers, number of receivers: {tech}, via {la}, says 100; "
        f"{la} itself says at least 100"
    ) in lines(case, "Drift")
    email = "e-mail to Ring users about the 2020 protests, date"
    june = (
        "2020-06-16 (Electronic Frontier Foundation, 2021-02-16; Georgetown Free Speech Project, "
        "2021)"
    )
    first = "2020-06-01 (Atlanta Black Star, 2021-02-19)"
    july = "2020-07-16 (MyNewsLA, 2021-02-16; The Intercept, 2021-02-16)"
    assert lines(case, "Conflicts") == [
        "ADT's suit over the blue octagon, date: 2021-04-26 (US District Court for the Southern "
        "District of Florida, 2021-04-26); 2021-04-27 (ADT, 2021-04-27)",
        "Amazon's purchase of Ring, price: 1,000,000,000 (MIT Technology Review, 2018-10-19); "
        "839,000,000 (CNET, 2019-08)",
        f"LAPD asked about the gifts, outcome: no immediate response (The Verge, 2021-06-17); "
        f"refused ({tech})",
        "Ring's request rules of 7 June 2021, area unit: square miles (Request for Assistance - "
        "Policy); miles (CNET, 2021-06-03; The Ambient, 2021-06)",
        f"{email}: {first}; {june}",
        f"{email}: {first}; {july}",
        f"{email}: {june}; {july}",
        "partnership of the Chula Vista police with Ring, signed on: 2019-04 (Voice of San Diego, "
        "2019-08-16); 2019-05 (CNET, 2019-08)",
        "statement on gifts to police, as The Verge has it, speaker: a Ring spokesperson (The "
        f"Verge, 2021-06-17); a spokesperson of Pillar ({tech})",
    ]
    assert (
        f"Ring's gifts to LAPD officers, number of receivers: at least 100 ({la}); 100 ({tech})"
    ) in lines(case, "Differences")


def test_the_overview_lists_gaps_withheld_values_and_unread_sources(case: Case) -> None:
    request = "e-mail to Ring users about the 2020 protests"
    assert f"{request}: 'footage handed over' is not stated by MyNewsLA, 2021-02-16" in lines(
        case, "Gaps"
    )
    assert lines(case, "Withheld and not known") == [
        *(
            f"LAPD requests released with parts blacked out: '{relation}' is withheld by Los "
            "Angeles Police Department (by redaction)"
            for relation in ("covers", "date", "hours")
        ),
        f"{request}: 'area' is withheld by redaction",
        f"{request}: 'hours' is withheld by Los Angeles Police Department (by redaction)",
        f"{request}: 'number asked' is not known",
    ]
    unread = lines(case, "Unread sources")
    nobody_read = [
        path
        for path in (RING_LAPD / "sources").glob("*.yaml")
        if "\nknown through: " in path.read_text(encoding="utf-8")
    ]
    assert len(unread) == len(nobody_read) > 40
    # The one on which most rests comes first.
    assert unread[0].startswith("report on Ring partnerships (Financial Times, on or before")
    email = "E-mail from the Safe L.A. Task Force to Ring users: known through MyNewsLA"
    assert sum(line.startswith(email) for line in unread) == 1


def test_terminal_and_report_tell_the_same_numbers(case: Case) -> None:
    terminal = overview_text(overview(case.words()))
    report = report_markdown(overview(case.words()))
    for title, number in (("Drift", 6), ("Conflicts", 9), ("Differences", 12), ("Gaps", 26)):
        assert f"{title.lower()}: {number}\n" in terminal
        assert f"## {title} ({number})" in report


def test_one_of_a_kind_is_told_in_the_singular(tmp_path: Path) -> None:
    says = "- about: paper-a\n  at: 1\n  called: The Paper"
    entities = "NewsOrganization:\n  paper-a: Paper A\n"
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}, entities=entities) as one:
        told = overview_text(overview(one.words()))
    assert told.startswith("A small case: 1 entity, 1 source, 1 claim, 1 piece of evidence\n")


def test_markdown_in_a_source_stays_text_in_the_report(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n  number of receivers: withheld by LAPD (*see* [this] <b>)"
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}) as small:
        report = report_markdown(overview(small.words()))
    assert "\\*see\\* \\[this\\] \\<b\\>" in report


def test_show_tells_that_a_claim_is_retracted_by_whom_and_why(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    (folder / "decisions" / "2026-12.yaml").write_text(
        "- decision: retract source\n  source: latimes-2021-06-17\n"
        "  because: The paper took the story back.\n  by: third editor\n  decided: 2026-12-01\n",
        encoding="utf-8",
    )
    with Case.open(folder) as case:
        iri = find_entity(case.tables, "gifts-to-officers")
        public = entity_text(case.words(), iri)
        desk = entity_text(case.words(Profile.DESK), iri)
    assert "giver: Ring\n  retracted; not accepted; 0 origins" in public
    reason = "its source was retracted by an editor: The paper took the story back."
    assert reason in public
    assert "third editor" not in public
    assert f"{reason} (third editor)" in desk
    correction = (
        "title: correction\nkind: Correction\npublisher: Tech Times\npublished: 2021-07-01\n"
    )
    (folder / "decisions" / "2026-12.yaml").unlink()
    (folder / "sources" / "techtimes-correction.yaml").write_text(
        f"{correction}read: 2026-11-23\ncorrects: techtimes-2021-06-17\n\nsays:\n"
        "- about: gifts-to-officers\n  at: 1\n  withdraws:\n    number of receivers: 100\n",
        encoding="utf-8",
    )
    with Case.open(folder) as case:
        text = entity_text(case.words(), find_entity(case.tables, "gifts-to-officers"))
    assert "number of receivers: 100\n  retracted; not accepted; 0 origins" in text
    assert "(does not count: its publisher withdrew it: correction)" in text


def test_show_as_data_holds_the_same_claims_as_the_text(case: Case) -> None:
    iri = find_entity(case.tables, "Pillar")
    data = entity_data(case.words(), iri)
    text = entity_text(case.words(), iri)
    assert data["label"] == "Pillar"
    assert {claim["relation"] for claim in data["claims"]} == {
        "ended", "kind of program", "program for", "run by", "running in",
    }  # fmt: skip
    for claim in data["claims"]:
        assert f"{claim['relation']}: {claim['value']}" in text
    # The statement and its speaker, the gifts and the reward under it.
    assert {claim["subject_label"] for claim in data["leadsHere"]} == {
        "statement on Pillar, as Tech Times has it", "a spokesperson of Pillar",
        "Ring's gifts to LAPD officers", "Ring's devices for members of Pillar",
    }  # fmt: skip


def test_every_edge_of_the_networkx_graph_carries_its_evidence(case: Case) -> None:
    graph = case.to_networkx()
    base = case.tables.header.base
    assert graph.number_of_edges() > 100
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert data["id"] == key
        assert data["evidence"]
        assert all(piece["source"].startswith(base) for piece in data["evidence"])
    dashed = graph[f"{base}pillar-statement"][f"{base}pillar-spokesperson"]
    (edge,) = dashed.values()
    assert edge["accepted"] is False
    assert edge["standing"] == "disputed"
    assert [e["source_label"] for e in edge["evidence"] if e["stance"] == "disputes"] == [
        "Our desk, 2026-11-23"
    ]
    request = graph.nodes[f"{base}protest-request"]
    assert {f["relation"]: f["value"] for f in request["facts"] if f["kind"] != "text"}[
        "area"
    ] == "withheld by redaction"
    assert [g["relation"] for g in request["gaps"]] == ["footage handed over"]


def test_a_retracted_claim_is_no_edge_of_the_networkx_graph(tmp_path: Path) -> None:
    decision = (
        "- decision: retract source\n  source: a\n  because: x\n  by: y\n  decided: 2026-01-01\n"
    )
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Ring"),
        "decisions/one.yaml": decision,
    }
    with open_case(tmp_path, files) as small:
        assert small.to_networkx().number_of_edges() == 0


@pytest.mark.parametrize(
    ("edtf", "verb"),
    [
        ("2020-07-16", "took place on"),
        ("2020-07", "took place in"),
        ("2018", "took place in"),
        ("2019~", "took place"),  # about 2019
        ("[..2019-12-31]", "took place"),  # on or before 2019-12-31
        ("2016/..", "took place"),  # from 2016
        ("../2016", "took place"),  # until 2016
        ("2016/2017", "took place from"),  # 2016 to 2017
    ],
)
def test_a_verb_fits_the_precision_of_its_date(edtf: str, verb: str) -> None:
    assert dated_verb("took place on", edtf) == verb
    assert dated_verb("held from", edtf) == "held from"


def test_a_year_is_told_with_in(case: Case) -> None:
    sentences = {claim.sentence for claim in case.words().claims()}
    assert "Pillar ended in 2019" in sentences
    assert not [s for s in sentences if s.endswith((" on 2018", " on on or before 2022-06-14"))]


def test_claims_can_be_read_after_their_case_was_closed() -> None:
    with Case.open(RING_LAPD) as closed:
        every = closed.words().claims()
    with Case.open(RING_LAPD) as closed:
        some = closed.words().claims(only=[every[0].id])
    assert all(claim.evidence for claim in every)
    assert any(claim.remarks for claim in every)
    assert some[0] == every[0]
