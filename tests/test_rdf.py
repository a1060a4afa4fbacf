"""The RDF of a case: the same in every library, valid by the shapes, safe for naive queries."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.compare import isomorphic

from sousveil.graph.serialise import GraphName, turtle
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.rdflib_store import RdflibStore, rdflib_dataset
from sousveil.vocabulary.loading import ontology_files
from tests.cases import RING_LAPD

ACCEPTED = "https://w3id.org/sousveil/graph/accepted"
PREFIX = "PREFIX sv: <https://w3id.org/sousveil/ns#> PREFIX g: <https://w3id.org/sousveil/graph/> "


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    with Case.open(RING_LAPD) as case:
        return list(case.quads())


@pytest.fixture(scope="module")
def written() -> str:
    with Case.open(RING_LAPD) as case:
        return "".join(case.nquads())


def test_n_quads_read_by_rdflib_and_by_pyoxigraph_are_isomorphic(
    quads: list[ox.Quad], written: str
) -> None:
    data = written.encode("utf-8")
    from_oxigraph = rdflib.Dataset()
    read = ox.parse(data, format=ox.RdfFormat.N_QUADS)
    trig = ox.serialize(read, format=ox.RdfFormat.TRIG)
    from_oxigraph.parse(data=(trig or b"").decode(), format="trig")
    from_rdflib = rdflib.Dataset()
    from_rdflib.parse(data=data.decode(), format="nquads")
    names = {str(graph.identifier) for graph in from_rdflib.graphs()}
    assert {ACCEPTED, "https://w3id.org/sousveil/graph/derived"} <= names
    for name in names:
        assert isomorphic(
            from_rdflib.graph(rdflib.URIRef(name)), from_oxigraph.graph(rdflib.URIRef(name))
        )
    assert {str(q) for q in ox.parse(data, format=ox.RdfFormat.N_QUADS)} == set(map(str, quads))


def test_n_quads_are_sorted_by_code_point_and_none_is_there_twice(written: str) -> None:
    lines = written.split("\n")[:-1]
    assert lines == sorted(set(lines))


def test_turtle_holds_the_chosen_graph_and_nothing_else(quads: list[ox.Quad]) -> None:
    with Case.open(RING_LAPD) as case:
        texts = {
            name: "".join(turtle(case.tables, case.vocabulary, Profile.PUBLIC, name))
            for name in GraphName
        }
    for name, node in (
        (GraphName.CLAIMS, ox.DefaultGraph()),
        (GraphName.ACCEPTED, ox.NamedNode(ACCEPTED)),
        (GraphName.DERIVED, ox.NamedNode(ACCEPTED.replace("accepted", "derived"))),
    ):
        parsed = ox.parse(texts[name], format=ox.RdfFormat.TURTLE)
        expected = {str(q.triple) for q in quads if q.graph_name == node}
        assert {str(q.triple) for q in parsed} == expected


def test_no_node_is_blank(quads: list[ox.Quad]) -> None:
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode)]
    assert not [q for q in quads if isinstance(q.object, ox.BlankNode)]


def with_ontology(quads: list[ox.Quad]) -> tuple[rdflib.Graph, rdflib.Graph]:
    """Return the case with the ontology (for subclasses and terms), and the shapes."""
    shapes = rdflib.Graph()
    for path in ontology_files():
        shapes.parse(path)
    data = rdflib.Graph()
    data += shapes
    for graph in rdflib_dataset(quads).graphs():
        data += graph
    return data, shapes


def test_the_shapes_of_the_ontology_accept_the_case(quads: list[ox.Quad]) -> None:
    data, shapes = with_ontology(quads)
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text


def test_the_shapes_refuse_a_claim_with_two_values_or_no_evidence(quads: list[ox.Quad]) -> None:
    data, shapes = with_ontology(quads)
    sv = rdflib.Namespace("https://w3id.org/sousveil/ns#")
    claims = sorted(data.subjects(rdflib.RDF.type, sv.Claim), key=str)
    data.add((claims[0], sv.valueState, rdflib.URIRef("https://w3id.org/sousveil/term#unknown")))
    data.remove((claims[1], sv.evidence, None))
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert not conforms
    assert isinstance(report, rdflib.Graph)
    focus = rdflib.URIRef("http://www.w3.org/ns/shacl#focusNode")
    assert {claims[0], claims[1]} <= set(report.objects(None, focus))


def test_a_naive_query_for_gifts_after_retracting_the_source_returns_none(tmp_path: Path) -> None:
    base = "https://w3id.org/sousveil/case/ring-lapd/"
    gifts = PREFIX + (
        "SELECT ?gift ?giver WHERE { GRAPH g:accepted { ?gift sv:giver ?giver } "
        f"FILTER(?gift = <{base}gifts-to-officers>) }}"
    )
    derived = PREFIX + (
        "SELECT ?a ?b WHERE { GRAPH g:derived { ?a sv:gaveBenefitTo ?b } "
        f"FILTER(?b = <{base}lapd-officers>) }}"
    )
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    for retracted, expected in ((False, 1), (True, 0)):
        if retracted:
            (folder / "decisions" / "2026-12.yaml").write_text(
                "- decision: retract source\n  source: latimes-2021-06-17\n"
                "  because: a test\n  by: one\n  decided: 2026-12-01\n",
                encoding="utf-8",
            )
        with Case.open(folder) as case, OxigraphStore() as store:
            store.load(case.quads())
            assert len(store.rows(gifts, {})) == expected
            assert len(store.rows(derived, {})) == expected


def test_at_least_100_is_no_direct_triple_and_no_exact_number(quads: list[ox.Quad]) -> None:
    number = ox.NamedNode("https://w3id.org/sousveil/ns#numberOfReceivers")
    assert not [q for q in quads if q.predicate == number]


def test_the_desk_profile_is_stamped_and_the_public_one_holds_no_note(tmp_path: Path) -> None:
    note = "https://w3id.org/sousveil/ns#note"
    with Case.open(RING_LAPD) as case:
        public = "".join(case.nquads(Profile.PUBLIC))
        desk = "".join(case.nquads(Profile.DESK))
    assert note not in public
    assert "first editor" not in public
    assert note in desk
    assert "first editor" in desk


def test_rdflib_and_pyoxigraph_stores_hold_the_same_number_of_quads(quads: list[ox.Quad]) -> None:
    with OxigraphStore() as one, RdflibStore() as other:
        assert one.load(quads) == other.load(quads) == len(set(quads))


def test_an_oxigraph_store_on_disk_keeps_its_quads(quads: list[ox.Quad], tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        store.load(quads)
    with OxigraphStore(tmp_path / "store") as store:
        assert len(store.store) == len(set(quads))
