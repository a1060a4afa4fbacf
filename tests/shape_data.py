"""Data made from the shapes of an ontology: instances that conform, and mutations that do not.

Made with rdflib from the Turtle alone, so that nothing of the program under test is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Identifier, Node

SV = rdflib.Namespace("https://w3id.org/sousveil/ns#")
PG = rdflib.Namespace("https://w3id.org/sousveil/pg#")
TERM = rdflib.Namespace("https://w3id.org/sousveil/term#")
EDTF = rdflib.URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
EX = rdflib.Namespace("https://example.org/shapes/")

SAMPLES: dict[Node, tuple[rdflib.Literal, rdflib.Literal]] = {
    EDTF: (rdflib.Literal("2020", datatype=EDTF), rdflib.Literal("2021", datatype=EDTF)),
    RDF.langString: (rdflib.Literal("one", lang="en"), rdflib.Literal("two", lang="en")),
    XSD.string: (rdflib.Literal("one", datatype=XSD.string),
                 rdflib.Literal("two", datatype=XSD.string)),
    XSD.integer: (rdflib.Literal(1), rdflib.Literal(2)),
    XSD.decimal: (rdflib.Literal("1.5", datatype=XSD.decimal),
                  rdflib.Literal("2.5", datatype=XSD.decimal)),
    XSD.boolean: (rdflib.Literal(True), rdflib.Literal(False)),
    XSD.date: (rdflib.Literal("2020-01-01", datatype=XSD.date),
               rdflib.Literal("2020-01-02", datatype=XSD.date)),
}  # fmt: skip
# Texts that have the form of a pattern, and none of them that of another one.
PATTERNED = {"^https?://": ("https://a.example/", "https://b.example/"),
             "^[0-9a-f]{64}$": ("a" * 64, "b" * 64),
             "^[0-9a-f]{16}$": ("a" * 16, "b" * 16)}  # fmt: skip
KNOWN = {SH.path, SH.datatype, SH["class"], SH.node, SH["in"], SH.minCount, SH.maxCount,
         SH.pattern, SH.minInclusive, SH.nodeKind, SH["or"], RDF.type}  # fmt: skip


@dataclass(frozen=True)
class Property:
    """A property shape: what its values may be."""

    owner: Node
    path: Node
    classes: tuple[Node, ...] = ()
    datatypes: tuple[Node, ...] = ()
    listed: tuple[Identifier, ...] = ()
    scheme: Node | None = None
    alternatives: bool = False
    pattern: str | None = None
    least: int = 0
    most: int | None = None
    min_inclusive: bool = False
    iri: bool = False


@dataclass(frozen=True)
class Mutation:
    """A node that one constraint must refuse: `path` is None for a rule of the whole node."""

    focus: rdflib.URIRef
    owner: Node
    path: Node | None
    component: str


@dataclass
class Shapes:
    """The shapes of an ontology, and data made from them."""

    ontology: Any  # an rdflib.Graph, whose types say less than the shapes do
    properties: list[Property] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        for owner in sorted(set(self.ontology.subjects(SH.targetClass))):
            for shape in self.ontology.objects(owner, SH.property):
                self.properties.append(self._property(owner, shape))
        self.properties.sort(key=lambda p: (str(p.owner), str(p.path)))

    # ---- reading ---------------------------------------------------------------------------------

    def _list(self, head: Node | None) -> list[Any]:
        return list(Collection(self.ontology, head)) if head else []

    def _property(self, owner: Node, shape: Node) -> Property:
        graph = self.ontology
        unknown = {p for p in graph.predicates(shape) if p not in KNOWN}
        assert not unknown, f"the tests make no data for {unknown}"
        branches = self._list(graph.value(shape, SH["or"])) or [shape]
        inner = graph.value(graph.value(shape, SH.node), SH.property)
        return Property(
            owner=owner,
            path=graph.value(shape, SH.path),
            classes=tuple(c for b in branches for c in graph.objects(b, SH["class"])),
            datatypes=tuple(d for b in branches for d in graph.objects(b, SH.datatype)),
            listed=tuple(self._list(graph.value(shape, SH["in"]))),
            scheme=graph.value(inner, SH.hasValue) if inner else None,
            alternatives=len(branches) > 1,
            pattern=str(p) if (p := graph.value(shape, SH.pattern)) else None,
            least=int(graph.value(shape, SH.minCount) or 0),
            most=int(m) if (m := graph.value(shape, SH.maxCount)) else None,
            min_inclusive=graph.value(shape, SH.minInclusive) is not None,
            iri=graph.value(shape, SH.nodeKind) == SH.IRI,
        )

    def above(self, each: Node) -> list[Node]:
        """The class and all above it."""
        return list(self.ontology.transitive_objects(each, RDFS.subClassOf))

    def concrete(self, each: Node) -> Any:
        """The first class at or below that may have instances of its own."""
        below = sorted(self.ontology.transitive_subjects(RDFS.subClassOf, each), key=str)
        for one in [each, *below]:
            if (one, PG.abstract, None) not in self.ontology:
                return one
        raise AssertionError(each)

    def classes(self) -> list[Node]:
        """All classes with a shape that may have instances of their own."""
        return [c for c in sorted(set(self.ontology.subjects(SH.targetClass)), key=str)
                if (c, PG.abstract, None) not in self.ontology]  # fmt: skip

    def of(self, each: Node) -> list[Property]:
        """The property shapes of a class and all above it."""
        above = self.above(each)
        return [p for p in self.properties if p.owner in above]

    def choices(self, each: Node) -> list[Node]:
        """The paths of which a node of this class must have exactly one."""
        heads = [self.ontology.value(c, SH.xone) for c in self.above(each)]
        return [p for head in heads for p, *_ in self._branches(head)]

    def one_of(self, each: Node) -> list[Node]:
        """The paths of which a node of this class must have at least one."""
        heads = [self.ontology.value(c, SH["or"]) for c in self.above(each)]
        return [p for head in heads for p, *_ in self._branches(head)]

    def _branches(self, head: Node | None) -> Iterator[tuple[Node]]:
        for branch in self._list(head):
            yield (self.ontology.value(self.ontology.value(branch, SH.property), SH.path),)

    # ---- data that conforms ----------------------------------------------------------------------

    def pool(self, each: Node, number: int = 0) -> rdflib.URIRef:
        """The name of a minimal instance that others refer to."""
        return EX[f"pool/{str(each).rpartition('#')[2]}/{number}"]

    def terms(self, scheme: Node) -> list[Identifier]:
        return sorted(self.ontology.subjects(SKOS.inScheme, scheme))

    def value(self, shape: Property, number: int = 0) -> Identifier:
        """A value that the shape accepts."""
        if shape.listed:
            return shape.listed[number % len(shape.listed)]
        if shape.scheme is not None:
            terms = self.terms(shape.scheme)
            return terms[number % len(terms)]
        if shape.pattern:
            return rdflib.Literal(PATTERNED[shape.pattern][number], datatype=XSD.string)
        if shape.datatypes:
            return SAMPLES[shape.datatypes[0]][number]
        if shape.classes:
            return self.pool(self.concrete(shape.classes[0]), number)
        return SV.called if number else SV.giver

    def instance(
        self, name: rdflib.URIRef, each: Node, *, full: bool, choice: int = 0
    ) -> rdflib.Graph:
        """A conforming node; `full` has every property, `choice` is the branch of an xone."""
        graph = rdflib.Graph()
        graph.add((name, RDF.type, each))
        choices = self.choices(each)
        needed = set(self.one_of(each)[:1])
        for shape in self.of(each):
            if shape.path not in choices and (full or shape.least or shape.path in needed):
                graph.add((name, shape.path, self.value(shape)))
        if choices:
            path = choices[choice]
            shapes = [s for s in self.of(each) if s.path == path]
            value = self.value(shapes[0]) if shapes else rdflib.Literal("x", lang="en")
            graph.add((name, path, value))
        return graph

    def all_pools(self) -> rdflib.Graph:
        """Two minimal instances of every class, and of rdf:Seq."""
        graph = rdflib.Graph()
        for number in (0, 1):
            for each in self.classes():
                graph += self.instance(self.pool(each, number), each, full=False)
            graph.add((self.pool(RDF.Seq, number), RDF.type, RDF.Seq))
        return graph

    def accepted(self) -> rdflib.Graph:
        """Every class with all of its properties, and every branch of an xone."""
        graph = self.all_pools()
        for each in self.classes():
            for choice in range(max(1, len(self.choices(each)))):
                name = EX[f"full/{str(each).rpartition('#')[2]}/{choice}"]
                graph += self.instance(name, each, full=True, choice=choice)
        return graph

    # ---- data that does not ----------------------------------------------------------------------

    def mutations(self) -> tuple[rdflib.Graph, list[Mutation]]:
        """Return the data and, for each constraint of each shape, the node that breaks it."""
        graph, found = self.all_pools(), []
        for shape in self.properties:
            for component, values in self._wrong(shape):
                focus, each = self._fresh(), self.concrete(shape.owner)
                choices = self.choices(each)
                choice = choices.index(shape.path) if shape.path in choices else 0
                made = self.instance(focus, each, full=True, choice=choice)
                made.remove((focus, shape.path, None))
                for value in values:
                    made.add((focus, shape.path, value))
                graph += made
                found.append(Mutation(focus, shape.owner, shape.path, component))
        for each in sorted(set(self.ontology.subjects(SH.targetClass)), key=str):
            for component, made in self._wrong_nodes(each):
                node: Any = next(iter(made.subjects(RDF.type)))
                graph += made
                found.append(Mutation(node, each, None, component))
        return graph, found

    def _fresh(self) -> rdflib.URIRef:
        self.made += 1
        return EX[f"wrong/{self.made}"]

    def _wrong(self, shape: Property) -> Iterator[tuple[str, list[Identifier]]]:
        good = self.value(shape)
        if shape.least:
            yield "MinCount", []
        if shape.most is not None:
            yield "MaxCount", [good, self.value(shape, 1)]
        if shape.alternatives:
            yield "Or", [self._wrong_class(shape.classes) if not shape.datatypes
                         else rdflib.Literal("many", datatype=XSD.string)]  # fmt: skip
            if shape.datatypes and self._foreign(TERM["vague-amounts"]):
                yield "Or", [self._foreign(TERM["vague-amounts"])]
        elif shape.classes:
            yield "Class", [self._wrong_class(shape.classes)]
        elif shape.datatypes:
            other = XSD.integer if shape.datatypes[0] != XSD.integer else XSD.string
            yield "Datatype", [SAMPLES[other][0]]
        if shape.scheme is not None:
            yield "Node", [self._foreign(shape.scheme)]
        if shape.listed:
            texts = not isinstance(shape.listed[0], rdflib.URIRef)
            yield "In", [SAMPLES[XSD.string][0] if texts else TERM["free-cameras"]
                         if (TERM["free-cameras"], RDF.type, None) in self.ontology
                         else self._foreign(None)]  # fmt: skip
        if shape.pattern:
            yield "Pattern", [SAMPLES[XSD.string][0]]
        if shape.min_inclusive:
            yield "MinInclusive", [rdflib.Literal(-1)]
        if shape.iri:
            yield "NodeKind", [SAMPLES[XSD.string][0]]

    def _wrong_class(self, wanted: tuple[Node, ...]) -> rdflib.URIRef:
        """A thing of another class, or a record where every thing would do."""
        for each in [*(c for c in self.classes() if SV.Thing in self.above(c)), SV.Claim, SV.Case]:
            if not set(self.above(each)) & set(wanted):
                return self.pool(each)
        raise AssertionError(wanted)

    def _foreign(self, scheme: Node | None) -> Any:
        """A term of another list, and of none that it shares with this one."""
        for term, _, other in sorted(self.ontology.triples((None, SKOS.inScheme, None))):
            used = set(self.ontology.objects(term, SKOS.inScheme))
            if other == TERM.benefits and scheme not in used and scheme != TERM.benefits:
                return term
        return self.terms(TERM.channels)[0]

    def _wrong_nodes(self, each: Node) -> Iterator[tuple[str, rdflib.Graph]]:
        concrete = self.concrete(each)
        if self.ontology.value(each, SH["or"]):
            made = self.instance(focus := self._fresh(), concrete, full=True)
            for path in self.one_of(each):
                made.remove((focus, path, None))
            yield "Or", made
        if self.ontology.value(each, SH.xone):
            paths = self.choices(each)
            made = self.instance(focus := self._fresh(), concrete, full=True)
            made.remove((focus, paths[0], None))
            yield "Xone", made
            made = self.instance(focus := self._fresh(), concrete, full=True)
            for path in paths[1:]:
                shape = next(s for s in self.of(each) if s.path == path)
                made.add((focus, path, self.value(shape)))
            yield "Xone", made


def shapes_of(paths: list[str]) -> Shapes:
    """Read the shapes of Turtle files."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    assert (None, RDF.type, OWL.Ontology) in graph
    return Shapes(graph)
