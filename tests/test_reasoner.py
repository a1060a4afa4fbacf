"""HermiT finds no contradiction in the ontology with its alignments, and finds those put in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS, XSD

from sousveil.vocabulary.loading import alignment_files, ontology_files
from tests.servers import Missing, find_java, unavailable
from tests.shape_data import EDTF, SV

# What the vocabularies we map to say of themselves (PROV-O section 3, SKOS sections 3 and 4): the
# mappings must not contradict it.
FOREIGN = [
    (PROV.Activity, OWL.disjointWith, PROV.Entity),
    (PROV.Person, RDFS.subClassOf, PROV.Agent),
    (PROV.Organization, RDFS.subClassOf, PROV.Agent),
    (PROV.Location, RDF.type, OWL.Class),
    (SKOS.Concept, OWL.disjointWith, SKOS.ConceptScheme),
]
KEPT_TYPES = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.FunctionalProperty,
              OWL.SymmetricProperty, OWL.AllDisjointClasses}  # fmt: skip
KEPT = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.unionOf, OWL.members,
        OWL.disjointWith, OWL.inverseOf, OWL.propertyChainAxiom, RDF.first, RDF.rest}  # fmt: skip
# HermiT ends with an error at datatypes outside OWL 2, and xsd:date and rdf:langString are no
# ranges to it either; a string stands for all, since no two ranges of a property are compared.
DATATYPES = {EDTF, SV.number, RDF.langString, XSD.date}


def axioms() -> rdflib.Graph:
    """The ontology and its alignments, without what says nothing to a reasoner: shapes, words."""
    read, found = rdflib.Graph(), rdflib.Graph()
    for path in [*ontology_files(), *alignment_files()]:
        read.parse(path)
    for triple in FOREIGN:
        read.add(triple)
    lists = list_nodes(read)
    for s, p, o in read:
        if p == RDF.type and o in KEPT_TYPES and s != SV.Relation:
            found.add((s, p, o))
        elif p in (RDF.first, RDF.rest):
            if s in lists:
                found.add((s, p, o))
        elif p == RDFS.range and o in DATATYPES:
            found.add((s, p, XSD.string))
        elif p in KEPT and s != SV.Relation and (s, OWL.equivalentClass, None) not in read:
            found.add((s, p, o))
        elif p == RDF.type and o == SKOS.Concept:
            found.add((s, p, o))
            found.add((s, RDF.type, OWL.NamedIndividual))
    return found + declarations(read)


def declarations(read: rdflib.Graph) -> rdflib.Graph:
    """What others are that ours are below, and the classes that are named without being ours."""
    found = rdflib.Graph()
    for below, above in read.subject_objects(RDFS.subClassOf):
        if below != SV.Relation:
            found.add((above, RDF.type, OWL.Class))
    for below, above in read.subject_objects(RDFS.subPropertyOf):
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
            if (below, RDF.type, kind) in read:
                found.add((above, RDF.type, kind))
    for each in (SKOS.Concept, SKOS.ConceptScheme, RDF.Seq, PROV.Activity):
        found.add((each, RDF.type, OWL.Class))
    return found


def list_nodes(read: rdflib.Graph) -> set[Any]:
    """The nodes of the lists that say something to a reasoner."""
    nodes: set[Any] = set()
    for property_ in (OWL.unionOf, OWL.members, OWL.propertyChainAxiom):
        for head in read.objects(None, property_):
            nodes |= set(read.transitive_objects(head, RDF.rest))
    return nodes


def reasoned(graph: rdflib.Graph) -> set[str] | None:
    """Return the names of classes that can have no instance; None where all is contradictory."""
    try:
        import owlready2
    except ImportError as error:
        unavailable("owlready2", error)
    try:
        owlready2.JAVA_EXE = str(find_java())
    except Missing as missing:
        unavailable("java", missing)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "axioms.nt"
        graph.serialize(path, format="nt", encoding="utf-8")
        world: Any = owlready2.World()
        ontology = world.get_ontology(path.as_uri()).load()
        assert set(world.classes())
        try:
            with ontology:
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        return {c.iri for c in world.inconsistent_classes() if c.iri != str(OWL.Nothing)}


@pytest.mark.filterwarnings("ignore")
def test_the_ontology_with_its_alignments_is_consistent_and_every_class_can_have_instances() -> (
    None
):
    assert reasoned(axioms()) == set()


@pytest.mark.filterwarnings("ignore")
def test_every_class_has_an_instance_together_with_all_others() -> None:
    graph = axioms()
    for number, each in enumerate(sorted(set(graph.subjects(RDF.type, OWL.Class)), key=str)):
        if isinstance(each, rdflib.URIRef):
            graph.add((rdflib.URIRef(f"https://example.org/{number}"), RDF.type, each))
    assert reasoned(graph) == set()


@pytest.mark.filterwarnings("ignore")
def test_a_class_below_two_that_exclude_each_other_is_found() -> None:
    graph = axioms()
    graph.add((SV.Talking, RDF.type, OWL.Class))
    graph.add((SV.Talking, RDFS.subClassOf, SV.Person))
    graph.add((SV.Talking, RDFS.subClassOf, SV.Protest))
    assert reasoned(graph) == {str(SV.Talking)}


@pytest.mark.filterwarnings("ignore")
def test_a_mapping_against_what_prov_says_of_itself_is_found() -> None:
    graph = axioms()
    graph.add((SV.Email, RDFS.subClassOf, PROV.Activity))
    assert reasoned(graph) == {str(SV.Email)}


@pytest.mark.filterwarnings("ignore")
def test_a_giver_that_is_an_event_makes_all_contradictory() -> None:
    graph = axioms()
    gift, march = (rdflib.URIRef(f"https://example.org/{name}") for name in ("gift", "march"))
    graph.add((march, RDF.type, SV.Protest))
    graph.add((gift, SV.giver, march))
    for node in (gift, march):
        graph.add((node, RDF.type, OWL.NamedIndividual))
    assert reasoned(graph) is None
