"""The ontology keeps its own rules, each rule fires on a broken term, and drives the program."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from sousveil.graph.constraints import uniqueness_constraints
from sousveil.graph.property_elements import ROOTS
from sousveil.graph.rdf_terms import BOUND_TERMS, STATE_TERMS
from sousveil.model.exposure import EXPOSURES
from sousveil.model.records import Mode, Stance
from sousveil.readers.sources import EXTENTS
from sousveil.vocabulary.lint import lint_ontology, lint_rules
from sousveil.vocabulary.loading import (
    alignment_files,
    load_vocabulary,
    ontology_files,
    ontology_store,
)
from sousveil.vocabulary.namespaces import TERM
from sousveil.vocabulary.words import fold

PREFIXES = """
PREFIX sv: <https://w3id.org/sousveil/ns#> PREFIX svt: <https://w3id.org/sousveil/term#>
PREFIX pg: <https://w3id.org/sousveil/pg#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""

BROKEN = {
    "alignments": "INSERT DATA { sv:Company skos:exactMatch <http://www.wikidata.org/wiki/Q1> }",
    "broader-tree": "INSERT DATA { svt:free-products skos:broader svt:free-devices }",
    "class-tree": "DELETE WHERE { sv:Company rdfs:subClassOf ?above }",
    "complete-classes": "DELETE WHERE { sv:Company pg:color ?color }",
    "complete-concepts": "DELETE WHERE { svt:refused skos:definition ?words }",
    "complete-relations": "DELETE WHERE { sv:giver pg:readsContested ?verb }",
    "concept-words": "DELETE { svt:refused skos:prefLabel ?a } "
    'INSERT { svt:refused skos:prefLabel "declined"@en } WHERE { svt:refused skos:prefLabel ?a }',
    "contested-verbs": "DELETE { sv:giver pg:readsContested ?a } "
    'INSERT { sv:giver pg:readsContested "came from"@en } WHERE { sv:giver pg:readsContested ?a }',
    "deprecated-terms": "INSERT DATA { sv:gave owl:deprecated true ; "
    "dcterms:isReplacedBy sv:giver }",
    "derived-chains": "DELETE WHERE { sv:gaveBenefitTo owl:propertyChainAxiom ?chain }",
    "domain-has-shape": "DELETE WHERE { sv:BenefitTransfer sh:property ?shape . "
    "?shape sh:path sv:giver }",
    "label-twice": "DELETE { sv:receiver rdfs:label ?a } "
    'INSERT { sv:receiver rdfs:label "giver"@en } WHERE { sv:receiver rdfs:label ?a }',
    "labels-and-definitions": "DELETE { sv:giver skos:definition ?a } "
    'INSERT { sv:giver skos:definition "who gave"@en } WHERE { sv:giver skos:definition ?a }',
    "neutral-verbs": "DELETE { sv:defendant pg:reads ?a } "
    'INSERT { sv:defendant pg:reads "went against"@en } WHERE { sv:defendant pg:reads ?a }',
    "one-look-per-class": "DELETE { sv:Company pg:color ?a ; pg:symbol ?b } "
    "INSERT { sv:Company pg:color ?c ; pg:symbol ?d } WHERE { sv:Company pg:color ?a ; "
    "pg:symbol ?b . sv:Protest pg:color ?c ; pg:symbol ?d }",
    "ontology-versions": "DELETE WHERE { <https://w3id.org/sousveil/ns> owl:versionInfo ?v }",
    "relation-names": "DELETE { sv:giver rdfs:label ?a } "
    'INSERT { sv:giver rdfs:label "donor"@en } WHERE { sv:giver rdfs:label ?a }',
    "shape-has-domain": "DELETE { sv:giver rdfs:domain ?a } "
    "INSERT { sv:giver rdfs:domain sv:Protest } WHERE { sv:giver rdfs:domain ?a }",
    "term-relations": "DELETE WHERE { sv:channel pg:scheme ?scheme }",
    "type-twice": "DELETE { sv:receiver pg:type ?a } "
    'INSERT { sv:receiver pg:type "GIVER" } WHERE { sv:receiver pg:type ?a }',
    "undeclared-terms": "INSERT DATA { sv:Protest rdfs:seeAlso sv:NoSuchTerm }",
}


def test_the_ontology_keeps_all_its_rules() -> None:
    assert lint_ontology() == []


def test_every_rule_has_a_broken_term_to_prove_it() -> None:
    assert {rule.stem for rule in lint_rules()} == set(BROKEN)


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_rule_finds_the_broken_term(rule: str) -> None:
    store = ontology_store()
    before = len(store)
    quads = set(store)
    store.update(PREFIXES + BROKEN[rule])
    assert set(store) != quads, "the update changed nothing"
    assert before
    assert [line for line in lint_ontology(store, rules=(rule,)) if line.startswith(f"{rule}: ")]


def test_the_shapes_are_valid_shacl() -> None:
    shapes = rdflib.Graph()
    for path in [*ontology_files(), *alignment_files()]:
        shapes.parse(path)
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_rdflib_and_pyoxigraph_read_the_same_number_of_statements() -> None:
    graph = rdflib.Graph()
    for path in ontology_files():
        graph.parse(path)
    assert len(graph) == len(ontology_store())


def test_words_that_the_program_writes_are_terms_of_the_ontology() -> None:
    vocabulary = load_vocabulary()

    def labels(scheme: str) -> set[str]:
        return {t.iri.removeprefix(TERM) for t in vocabulary.terms_in(TERM + scheme)}

    assert {fold(label) for label in BOUND_TERMS.values()} == labels("bounds")
    assert set(STATE_TERMS.values()) == labels("value-states")
    assert {fold(label) for label in EXPOSURES} == labels("exposures")
    assert set(EXTENTS) == labels("source-extents")
    assert {str(stance) for stance in Stance} == labels("stances")
    assert {str(mode) for mode in Mode} == labels("modes")
    assert labels("standings") == {
        "retracted", "denied", "disputed", "conflicting", "documented", "reported", "alleged",
    }  # fmt: skip


def test_every_kind_of_source_has_a_mode() -> None:
    vocabulary = load_vocabulary()
    kinds = [
        c
        for c in vocabulary.classes.values()
        if vocabulary.is_a(c.name, ("Source",)) and not c.abstract
    ]
    assert kinds
    assert all(c.mode in set(Mode) for c in kinds)
    assert {c.name: c.mode for c in kinds if c.name in ("Email", "NewsArticle", "CourtFiling")} == {
        "Email": "shows",
        "NewsArticle": "reports",
        "CourtFiling": "asserts",
    }


def test_constraints_are_made_for_the_roots_of_the_property_graph() -> None:
    statements = uniqueness_constraints(load_vocabulary())
    for root in ROOTS:
        assert any(f"FOR (n:`{root}`)" in statement for statement in statements), root
    assert len(statements) == len(ROOTS)


def test_a_relation_reads_in_all_four_ways_and_a_contested_one_states_no_fact() -> None:
    vocabulary = load_vocabulary()
    for relation in (*vocabulary.relations.values(), *vocabulary.derived):
        verbs = relation.verbs
        assert verbs.reads
        assert verbs.reads_back
        assert {verbs.reads, verbs.reads_back}.isdisjoint({verbs.contested, verbs.contested_back})


def test_iris_of_relations_and_types_are_quoted_names_only() -> None:
    from sousveil.graph.constraints import quoted

    for name in ("GIVER", "numberOfReceivers", "Thing"):
        assert quoted(name) == f"`{name}`"
    for name in ("a`b", "", "x y", "1x", "a-b"):
        with pytest.raises(ValueError, match="not a name"):
            quoted(name)


def test_the_store_of_the_ontology_has_no_named_graph() -> None:
    assert all(quad.graph_name == ox.DefaultGraph() for quad in ontology_store())
