"""Mappings to other vocabularies stand apart, and a renamed term brings its data along."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from sousveil.content import content_folder
from sousveil.vocabulary.lint import lint_ontology
from sousveil.vocabulary.loading import alignment_files, ontology_files, ontology_store
from tests.test_ontology import PREFIXES

OURS = "https://w3id.org/sousveil/"
TARGETS = {
    "annotation": "http://www.w3.org/ns/oa#",
    "followthemoney": "https://schema.followthemoney.tech/#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "wikidata": "http://www.wikidata.org/entity/",
}
MATCHES = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch,
           SKOS.narrowMatch, SKOS.relatedMatch}  # fmt: skip


def test_there_is_one_file_per_vocabulary() -> None:
    assert [path.stem for path in alignment_files()] == sorted(TARGETS)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_an_alignment_maps_our_names_to_one_vocabulary_and_says_no_more(name: str) -> None:
    (path,) = (p for p in alignment_files() if p.stem == name)
    graph = rdflib.Graph().parse(path)
    ontology = rdflib.Graph()
    for file in ontology_files():
        ontology.parse(file)
    head = graph.value(None, RDF.type, OWL.Ontology)
    assert str(head) == f"{OURS}alignments/{name}"
    mappings = [(s, p, o) for s, p, o in graph if s != head]
    assert len(mappings) >= 6
    for subject, predicate, value in mappings:
        assert (subject, RDF.type, None) in ontology, subject
        assert predicate in MATCHES
        assert re.fullmatch(re.escape(TARGETS[name]) + r"\w+", str(value))


def test_the_everyday_load_reads_no_alignment() -> None:
    aligned = {quad for path in alignment_files() for quad in ox.parse(path=path)}
    assert aligned
    everyday = set(ontology_store())
    assert not aligned & everyday
    assert not [q for q in everyday if str(q.object).startswith("<http://www.wikidata.org/")]


RENAMED = """
@prefix sv: <https://w3id.org/sousveil/ns#> . @prefix svt: <https://w3id.org/sousveil/term#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
sv:donor a owl:DeprecatedProperty ; owl:deprecated true ; rdfs:label "donor"@en ;
    skos:definition "An agent that gave the benefit."@en ; dcterms:isReplacedBy sv:giver ;
    skos:changeNote "Renamed in 0.2.0, since a seller may give as well."@en .
sv:Gift a owl:DeprecatedClass ; owl:deprecated true ; rdfs:label "gift"@en ;
    skos:definition "A benefit that was given."@en ; dcterms:isReplacedBy sv:BenefitTransfer ;
    skos:changeNote "Renamed in 0.2.0, since not every benefit is a gift."@en .
svt:codes a owl:NamedIndividual ; owl:deprecated true ; skos:prefLabel "codes"@en ;
    dcterms:isReplacedBy svt:discount-codes ;
    skos:changeNote "Renamed in 0.2.0, to say which codes."@en .
sv:mood a owl:DeprecatedProperty ; owl:deprecated true ; rdfs:label "mood"@en ;
    skos:definition "How the event felt to those present."@en ;
    skos:changeNote "Dropped in 0.2.0 without a successor: no source documents it."@en .
"""
OLD = """
PREFIX : <https://example.org/> PREFIX sv: <https://w3id.org/sousveil/ns#>
PREFIX svt: <https://w3id.org/sousveil/term#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  :gift a sv:Gift ; sv:mood "dull" . svt:codes skos:prefLabel "codes" .
  :claim rdf:subject :gift ; rdf:predicate sv:donor ; rdf:object :ring .
  GRAPH :accepted { :gift sv:donor :ring ; sv:thingGiven svt:codes }
}
"""
NEW = OLD.replace("sv:Gift", "sv:BenefitTransfer").replace("sv:donor", "sv:giver").replace(
    "svt:codes", "svt:discount-codes"
)  # fmt: skip
ONTOLOGY = ox.NamedNode("https://w3id.org/sousveil/graph/ontology")


def case_quads(store: ox.Store) -> set[ox.Quad]:
    return {quad for quad in store if quad.graph_name != ONTOLOGY}


def test_a_made_ontology_with_renamed_terms_keeps_the_rules() -> None:
    store = ontology_store()
    store.load(RENAMED.encode(), format=ox.RdfFormat.TURTLE)
    assert lint_ontology(store) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("INSERT DATA { sv:donor dcterms:isReplacedBy sv:receiver }", "replaced by two names"),
        ("DELETE WHERE { sv:donor skos:changeNote ?n }", "since which version"),
        ("INSERT DATA { sv:Company rdfs:seeAlso sv:donor }", "used in another statement"),
        ("INSERT DATA { sv:donor a sv:Relation }", "still in use"),
        ("INSERT DATA { sv:mood dcterms:isReplacedBy sv:donor }", "by what is not in use"),
        ("INSERT DATA { sv:giver dcterms:isReplacedBy sv:receiver }", "replaced and not deprec"),
    ],
)
def test_a_term_that_is_half_deprecated_is_told(change: str, told: str) -> None:
    store = ontology_store()
    store.load(RENAMED.encode(), format=ox.RdfFormat.TURTLE)
    store.update(PREFIXES + change)
    found = [line for line in lint_ontology(store) if line.startswith("deprecated-terms: ")]
    assert any(told in line for line in found), found


def test_the_migration_renames_terms_everywhere_once_and_leaves_the_rest() -> None:
    migration = (content_folder("ontology") / "migration" / "rename-terms.ru").read_text("utf-8")
    store, wanted = ox.Store(), ox.Store()
    store.load(RENAMED.encode(), format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY)
    store.update(OLD)
    wanted.update(NEW)
    store.update(migration)
    assert case_quads(store) == set(wanted)
    assert len(case_quads(store)) == 8
    store.update(migration)
    assert case_quads(store) == set(wanted)
    ontology = {q.triple for q in store if q.graph_name == ONTOLOGY}
    assert ontology == {q.triple for q in ox.parse(RENAMED, format=ox.RdfFormat.TURTLE)}
