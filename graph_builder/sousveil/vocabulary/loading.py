"""Read the ontology's Turtle into a Vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from sousveil.content import content_folder
from sousveil.errors import OutsideError
from sousveil.vocabulary.namespaces import EDTF, LANG_STRING, OWL, PG, RDF, RDFS, SKOS, SV
from sousveil.vocabulary.terms import OntologyClass, Range, Relation, Term, Verbs, Vocabulary

_LITERAL_RANGES = {SV + "number": Range.NUMBER, EDTF: Range.DATE, LANG_STRING: Range.TEXT}


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle files in a fixed order."""
    return sorted(content_folder("ontology").glob("*.ttl"))


def alignment_files() -> list[Path]:
    """Return the files that map the ontology to others; nothing but its own gates reads them."""
    return sorted((content_folder("ontology") / "alignments").glob("*.ttl"))


def ontology_store(files: list[Path] | None = None) -> ox.Store:
    """Return a store with all statements of the ontology in its default graph."""
    store = ox.Store()
    store.extend(_quads(ontology_files() if files is None else files))
    return store


def _quads(files: list[Path]) -> Iterator[ox.Quad]:
    for path in files:
        try:
            yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        except (SyntaxError, ValueError) as error:
            raise OutsideError(f"{path.name}: the ontology cannot be read: {error}") from error


@cache
def load_vocabulary() -> Vocabulary:
    """Return the ontology of this installation; it is read once per process."""
    return _Reading(_quads(ontology_files())).vocabulary()


class _Reading:
    """One pass over the statements of the ontology."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._said: dict[tuple[object, str], dict[object, None]] = {}
        for quad in quads:
            subject = quad.subject
            key = subject.value if isinstance(subject, ox.NamedNode) else subject
            self._said.setdefault((key, quad.predicate.value), {})[quad.object] = None

    def vocabulary(self) -> Vocabulary:
        classes = {c.name: c for c in self._classes()}
        names = {c.iri: c.name for c in classes.values()}
        relations = [self._relation(iri, names) for iri in self._typed(SV + "Relation")]
        by_iri = {r.iri: r for r in relations}
        derived = [
            self._derived(iri, names, by_iri)
            for iri in self._subjects(PG + "derived")
            if (iri, OWL + "propertyChainAxiom") in self
        ]
        terms = {t.iri: t for t in (self._term(i) for i in self._typed(SKOS + "Concept"))}
        return Vocabulary(
            version=self._text(SV.rstrip("#"), OWL + "versionInfo") or "0",
            classes=dict(sorted(classes.items())),
            relations={r.label: r for r in sorted(relations, key=lambda r: r.label)},
            derived=tuple(sorted(derived, key=lambda r: r.iri)),
            terms=dict(sorted(terms.items())),
        )

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return pair in self._said

    def _objects(self, subject: object, predicate: str) -> Iterable[object]:
        return self._said.get((subject, predicate), ())

    def _subjects(self, predicate: str) -> list[str]:
        return sorted(s for s, p in self._said if p == predicate and isinstance(s, str))

    def _typed(self, class_iri: str) -> list[str]:
        wanted = ox.NamedNode(class_iri)
        return [s for s in self._subjects(RDF + "type") if wanted in self._said[s, RDF + "type"]]

    def _iris(self, subject: object, predicate: str) -> list[str]:
        found = self._objects(subject, predicate)
        return sorted(o.value for o in found if isinstance(o, ox.NamedNode))

    def _text(self, subject: str, predicate: str) -> str:
        found = [o for o in self._objects(subject, predicate) if isinstance(o, ox.Literal)]
        english = [o.value for o in found if o.language in (None, "en")]
        return min(english, default="")

    def _list(self, head: object) -> Iterator[object]:
        while isinstance(head, ox.BlankNode):
            yield from self._objects(head, RDF + "first")
            head = next(iter(self._objects(head, RDF + "rest")))

    def _members(self, subject: str, predicate: str) -> list[str]:
        """The IRIs of a domain or range: one class, or the members of a union."""
        found: list[str] = []
        for each in self._objects(subject, predicate):
            if isinstance(each, ox.NamedNode):
                found.append(each.value)
            elif isinstance(each, ox.BlankNode):
                for union in self._objects(each, OWL + "unionOf"):
                    found += [m.value for m in self._list(union) if isinstance(m, ox.NamedNode)]
        return sorted(found)

    def _classes(self) -> Iterator[OntologyClass]:
        for iri in self._subjects(PG + "label"):
            yield OntologyClass(
                iri=iri,
                name=self._text(iri, PG + "label"),
                label=self._text(iri, RDFS + "label"),
                definition=self._text(iri, SKOS + "definition"),
                example=self._text(iri, SKOS + "example"),
                counter_example=self._text(iri, SKOS + "scopeNote"),
                parents=tuple(
                    self._text(p, PG + "label")
                    for p in self._iris(iri, RDFS + "subClassOf")
                    if (p, PG + "label") in self
                ),
                abstract=self._text(iri, PG + "abstract") == "true",
                color=self._text(iri, PG + "color") or None,
                symbol=self._text(iri, PG + "symbol") or None,
                mode=self._text(iri, PG + "mode") or None,
                unique_key=self._text(iri, PG + "unique") or None,
            )

    def _verbs(self, iri: str) -> Verbs:
        return Verbs(
            reads=self._text(iri, PG + "reads"),
            reads_back=self._text(iri, PG + "readsBack"),
            contested=self._text(iri, PG + "readsContested"),
            contested_back=self._text(iri, PG + "readsBackContested"),
        )

    def _relation(self, iri: str, names: dict[str, str]) -> Relation:
        ranges = self._members(iri, RDFS + "range")
        schemes = self._iris(iri, PG + "scheme")
        if schemes:
            kind = Range.TERM
        else:
            kind = next((_LITERAL_RANGES[r] for r in ranges if r in _LITERAL_RANGES), Range.ENTITY)
        functional = OWL + "FunctionalProperty" in self._iris(iri, RDF + "type")
        return Relation(
            iri=iri,
            label=self._text(iri, RDFS + "label"),
            definition=self._text(iri, SKOS + "definition"),
            example=self._text(iri, SKOS + "example"),
            domain=tuple(names[d] for d in self._members(iri, RDFS + "domain")),
            range=kind,
            range_classes=tuple(names[r] for r in ranges) if kind is Range.ENTITY else (),
            scheme=schemes[0] if schemes else None,
            functional=functional,
            verbatim=self._text(iri, PG + "verbatim") == "true",
            type=self._text(iri, PG + "type") or None,
            key=self._text(iri, PG + "key") or None,
            verbs=self._verbs(iri),
        )

    def _derived(self, iri: str, names: dict[str, str], by_iri: dict[str, Relation]) -> Relation:
        chain: list[tuple[bool, str]] = []
        for head in self._objects(iri, OWL + "propertyChainAxiom"):
            for step in self._list(head):
                if isinstance(step, ox.NamedNode):
                    chain.append((False, by_iri[step.value].label))
                elif isinstance(step, ox.BlankNode):
                    inverse = self._iris(step, OWL + "inverseOf")[0]
                    chain.append((True, by_iri[inverse].label))
        return Relation(
            iri=iri,
            label=self._text(iri, RDFS + "label"),
            definition=self._text(iri, SKOS + "definition"),
            example=self._text(iri, SKOS + "example"),
            domain=tuple(names[d] for d in self._members(iri, RDFS + "domain")),
            range=Range.ENTITY,
            range_classes=tuple(names[r] for r in self._members(iri, RDFS + "range")),
            type=self._text(iri, PG + "type") or None,
            verbs=self._verbs(iri),
            chain=tuple(chain),
        )

    def _term(self, iri: str) -> Term:
        alternatives = [
            o.value for o in self._objects(iri, SKOS + "altLabel") if isinstance(o, ox.Literal)
        ]
        return Term(
            iri=iri,
            label=self._text(iri, SKOS + "prefLabel"),
            alternatives=tuple(sorted(alternatives)),
            definition=self._text(iri, SKOS + "definition"),
            schemes=tuple(self._iris(iri, SKOS + "inScheme")),
            broader=tuple(self._iris(iri, SKOS + "broader")),
        )
