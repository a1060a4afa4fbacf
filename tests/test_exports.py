"""What a case gives to other tools, read back by these tools' own libraries."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from sousveil.errors import UsageError
from sousveil.graph.jsonld import jsonld_context
from sousveil.graph.network_files import flat_graph, gexf, graphml
from sousveil.graph.table_files import csv_files
from sousveil.ledger.profile import STAMP, Profile
from sousveil.pipeline.case import Case
from sousveil.pipeline.export import FOLDER_FORMATS, FORMATS, export_bytes, export_folder
from sousveil.stores.rdflib_store import rdflib_dataset
from sousveil.vocabulary.loading import ontology_store
from tests.cases import RING_LAPD, open_case, source
from tests.servers import Missing, unavailable

REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
HOSTILE = source(
    "Paper A",
    """
    - about: gift
      at: 1
      giver: Ring
      receiver: LAPD officers
      effect: |
        =HYPERLINK("http://x.example","click") <script>alert(1)</script> ]]> &amp; é \u202e
    """,
)


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.open(RING_LAPD)


@pytest.fixture(scope="module")
def ftm() -> Any:
    """Return the schemata of FollowTheMoney."""
    try:
        return importlib.import_module("followthemoney").model
    except ImportError:
        unavailable("ftm", Missing("followthemoney is not installed: uv sync --group ftm"))


def claims_of(case: Case) -> dict[str, Any]:
    return {view.id: view for view in case.words().claims()}


@pytest.mark.parametrize("profile", list(Profile))
def test_json_ld_read_by_pyoxigraph_and_by_rdflib_is_the_same_dataset(
    case: Case, profile: Profile
) -> None:
    data = export_bytes(case, "jsonld", profile)
    expected = set(case.quads(profile))
    assert set(ox.parse(data, format=ox.RdfFormat.JSON_LD)) == expected
    by_rdflib = rdflib.Dataset()
    by_rdflib.parse(data=data.decode(), format="json-ld")
    other = rdflib_dataset(expected)
    for graph in other.graphs():
        assert isomorphic(by_rdflib.graph(graph.identifier), graph)


def test_json_ld_names_each_property_of_the_case_by_a_term_of_the_context(case: Case) -> None:
    document = json.loads(export_bytes(case, "jsonld", Profile.PUBLIC))
    context = document["@context"]
    assert context == json.loads(json.dumps(jsonld_context(ontology_store())))
    claim = next(n for n in document["@graph"] if n.get("type") == "sv:Claim")
    assert {"rdf:subject", "rdf:predicate", "evidence", "standing", "originCount"} <= set(claim)
    foreign = {"id", "type", "@id", "@graph", "rdfs:label", "skos:prefLabel", "dcterms:license"}
    used = {name for node in document["@graph"] for name in node} - foreign
    # A relay chain is an rdf:Seq; its members are numbered.
    assert {u for u in used if u not in context and not u.startswith("rdf:")} == set()


def test_rdf_1_2_adds_one_reified_triple_per_claim_with_an_exact_value(case: Case) -> None:
    data = export_bytes(case, "rdf12", Profile.PUBLIC)
    found = set(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    added = found - set(case.quads())
    assert set(case.quads()) <= found
    assert {q.predicate.value for q in added} == {REIFIES}
    exact = {
        view.id
        for view in case.words().claims(retracted=True)
        if view.kind not in ("unknown", "withheld", "none")
    } - {c for (c,) in case.tables.query("SELECT id FROM claim WHERE bound IS NOT NULL")}
    assert {q.subject.value.rpartition("/")[2] for q in added} == exact
    gift = case.tables.header.base + "gifts-to-officers"
    triples = {str(q.object) for q in added}
    assert any(f"<{gift}> <https://w3id.org/sousveil/ns#giver>" in text for text in triples)


def test_an_unaccepted_claim_is_reified_and_not_asserted(case: Case) -> None:
    found = set(ox.parse(export_bytes(case, "rdf12", Profile.PUBLIC), format=ox.RdfFormat.N_QUADS))
    speaker = ox.NamedNode("https://w3id.org/sousveil/ns#speaker")
    statement = ox.NamedNode(case.tables.header.base + "pillar-statement")
    asserted = [q for q in found if q.subject == statement and q.predicate == speaker]
    reified = [
        q for q in found
        if isinstance(q.object, ox.Triple)
        and (q.object.subject, q.object.predicate) == (statement, speaker)
    ]  # fmt: skip
    assert (len(asserted), len(reified)) == (0, 1)


def test_graphml_read_by_networkx_has_the_nodes_edges_and_words_of_the_case(case: Case) -> None:
    graph = case.to_networkx()
    read = nx.read_graphml(io.BytesIO(export_bytes(case, "graphml", Profile.PUBLIC)))
    assert set(read) == set(graph)
    ends = Counter((a, b) for a, b in graph.edges())
    assert Counter((a, b) for a, b in read.edges()) == ends
    sentences = {view.sentence for view in claims_of(case).values() if view.is_edge}
    assert {data["sentence"] for _, _, data in read.edges(data=True)} == sentences
    request = case.tables.header.base + "protest-request"
    assert "area: withheld by redaction (reported)" in read.nodes[request]["facts"].splitlines()
    assert "footage handed over: not stated by MyNewsLA, 2021-02-16" in read.nodes[request]["gaps"]


def test_gexf_read_by_networkx_has_the_same_edges_and_bears_no_day(case: Case) -> None:
    data = export_bytes(case, "gexf", Profile.PUBLIC)
    read = nx.read_gexf(io.BytesIO(data))
    graph = case.to_networkx()
    assert set(read) == set(graph)
    assert Counter((a, b) for a, b in read.edges()) == Counter((a, b) for a, b in graph.edges())
    assert b"lastmodifieddate" not in data
    evidence = [d["evidence"] for _, _, d in read.edges(data=True) if d["relation"] == "giver"]
    assert any("supports: Los Angeles Times, 2021-06-17; excerpt" in text for text in evidence)


def test_any_text_comes_through_graphml_and_gexf(tmp_path: Path) -> None:
    with open_case(tmp_path, {"sources/a.yaml": HOSTILE}) as hostile:
        flat = flat_graph(hostile.to_networkx())
        gift = hostile.tables.header.base + "gift"
        (effect,) = [v.value for v in hostile.words().claims() if v.relation == "effect"]
    for read in (
        nx.read_graphml(io.BytesIO(graphml(flat))),
        nx.read_gexf(io.BytesIO(gexf(flat))),
    ):
        assert effect in read.nodes[gift]["facts"]


def test_csv_has_one_file_per_table_with_every_row(case: Case, tmp_path: Path) -> None:
    names = export_folder(case, "csv", Profile.PUBLIC, tmp_path / "tables")
    assert {"claim.csv", "evidence.csv", "standing.csv", "entity.csv", "source.csv"} <= set(names)
    for name in names:
        with (tmp_path / "tables" / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        (number,) = case.tables.query(f'SELECT count(*) FROM "{name.removesuffix(".csv")}"')
        assert (len(rows),) == number
        if name == "claim.csv":
            values = {row["id"]: row["lexical"] for row in rows}
            kept = case.tables.query("SELECT id, lexical FROM claim WHERE kind = 'date'")
            assert all(values[claim] == lexical for claim, lexical in kept)


def test_csv_runs_no_formula_and_public_csv_holds_no_note(tmp_path: Path) -> None:
    with open_case(tmp_path, {"sources/a.yaml": HOSTILE + "  note: for us only\n"}) as hostile:
        public = dict(csv_files(hostile.tables, Profile.PUBLIC))
        desk = dict(csv_files(hostile.tables, Profile.DESK))
    (lexical,) = [
        row["lexical"]
        for row in csv.DictReader(io.StringIO(public["claim.csv"]))
        if row["kind"] == "text"
    ]
    assert lexical.startswith("'=HYPERLINK")
    assert "for us only" not in "".join(public.values())
    assert "for us only" in desk["evidence.csv"]


def test_follow_the_money_takes_every_entity_and_every_value(case: Case, ftm: Any) -> None:
    lines = export_bytes(case, "ftm", Profile.PUBLIC).decode().splitlines()
    entities = [json.loads(line) for line in lines]
    assert [e["id"] for e in entities] == sorted({e["id"] for e in entities})
    known = {e["id"] for e in entities}
    for data in entities:
        proxy = ftm.get_proxy(data)
        proxy.schema.validate(data)
        # The library drops what it does not take; nothing may be dropped.
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in data["properties"].items()}
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in known
                assert prop.range is not None
                target = next(e for e in entities if e["id"] == value)
                assert ftm[target["schema"]].is_a(prop.range), (data["id"], prop.name)


def test_follow_the_money_gets_no_unaccepted_claim_and_no_withheld_person(case: Case) -> None:
    entities = [
        json.loads(line) for line in export_bytes(case, "ftm", Profile.PUBLIC).decode().splitlines()
    ]
    by_id = {e["id"]: e for e in entities}
    assert by_id["ring-lapd-lapd"]["schema"] == "PublicBody"
    assert by_id["ring-lapd-ring"]["properties"]["alias"] == ["Amazon Ring", "Ring LLC"]
    links = [e for e in entities if "-claim-" in e["id"]]
    views = claims_of(case)
    assert links
    assert all(views[e["properties"]["recordId"][0]].accepted for e in links)
    assert "ring-lapd-task-force-detective" not in by_id
    held = {
        (p["holder"][0], p["post"][0])
        for p in (e["properties"] for e in links if e["schema"] == "Occupancy")
    }
    assert ("ring-lapd-michel-moore", "ring-lapd-lapd-chief") in held


# FollowTheMoney's lines are entities; there is none for a remark.
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"ftm"}))
def test_every_format_of_the_desk_profile_is_stamped(name: str, case: Case) -> None:
    assert STAMP.encode() in export_bytes(case, name, Profile.DESK)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_the_same_twice_and_in_another_opening(name: str, case: Case) -> None:
    with Case.open(RING_LAPD) as again:
        assert export_bytes(again, name, Profile.PUBLIC) == export_bytes(case, name, Profile.PUBLIC)


def test_a_format_of_several_files_asks_for_a_folder(case: Case) -> None:
    for name in FOLDER_FORMATS:
        with pytest.raises(UsageError, match="is several files: name a folder with -o"):
            export_bytes(case, name, Profile.PUBLIC)


@pytest.mark.parametrize("number", ["9007199254740991", "9007199254740992", "1" + "0" * 20])
def test_a_number_that_json_readers_would_round_comes_back_whole(
    number: str, tmp_path: Path
) -> None:
    says = source("Paper A", f"- about: gift\n  at: 1\n  number of receivers: {number}")
    with open_case(tmp_path, {"sources/a.yaml": says}) as case:
        data = export_bytes(case, "jsonld", Profile.DESK)
        assert set(ox.parse(data, format=ox.RdfFormat.JSON_LD)) == set(case.quads(Profile.DESK))
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode("utf-8"), format="json-ld")
    assert number in {str(o) for _, _, o, _ in dataset.quads()}
