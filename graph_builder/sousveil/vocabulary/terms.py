"""What the ontology holds, as frozen objects: classes, relations, terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sousveil.vocabulary.words import fold


class Range(StrEnum):
    """What kind of value a relation takes."""

    ENTITY = "entity"
    TERM = "term"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Verbs:
    """How a relation reads in words: both ways, and both ways when it is not accepted."""

    reads: str
    reads_back: str
    contested: str
    contested_back: str


@dataclass(frozen=True, kw_only=True)
class OntologyClass:
    """A class: its `name` is the heading typed in YAML and the node label in a property graph.

    `counter_example` says what is easily taken for it and is not; it may be empty.
    """

    iri: str
    name: str
    label: str
    definition: str
    example: str
    counter_example: str
    parents: tuple[str, ...]
    abstract: bool
    color: str | None
    symbol: str | None
    mode: str | None
    unique_key: str | None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A relation: `label` is the word typed in YAML; domain and range hold class names.

    `type` is the relationship type of an entity or term relation, `key` the property key of a
    literal one. `chain` is set for derived relations: (inverse?, label) steps in order.
    """

    iri: str
    label: str
    definition: str
    example: str
    domain: tuple[str, ...]
    range: Range
    range_classes: tuple[str, ...] = ()
    scheme: str | None = None
    functional: bool = False
    verbatim: bool = False
    type: str | None = None
    key: str | None = None
    verbs: Verbs
    chain: tuple[tuple[bool, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Term:
    """A concept of a controlled vocabulary (SKOS)."""

    iri: str
    label: str
    alternatives: tuple[str, ...]
    definition: str
    schemes: tuple[str, ...]
    broader: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The whole ontology: classes by name, relations by label, terms by IRI."""

    version: str
    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    derived: tuple[Relation, ...]
    terms: Mapping[str, Term]
    _terms_by_scheme: dict[str, dict[str, Term]] = field(default_factory=dict)
    _by_iri: dict[str, Relation] = field(default_factory=dict)
    _by_word: dict[str, Relation] = field(default_factory=dict)
    _ancestors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _of_class: dict[str, tuple[Relation, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for term in self.terms.values():
            for scheme in term.schemes:
                known = self._terms_by_scheme.setdefault(scheme, {})
                for label in (term.label, *term.alternatives):
                    known[fold(label)] = term
        for relation in (*self.relations.values(), *self.derived):
            self._by_iri[relation.iri] = relation
        for label, relation in self.relations.items():
            self._by_word[fold(label)] = relation

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the class and all its superclasses, nearest first, each once."""
        if name not in self._ancestors:
            found: list[str] = []
            waiting = [name]
            while waiting:
                current = waiting.pop(0)
                if current not in found and current in self.classes:
                    found.append(current)
                    waiting.extend(self.classes[current].parents)
            self._ancestors[name] = tuple(found)
        return self._ancestors[name]

    def is_a(self, name: str, wanted: tuple[str, ...]) -> bool:
        """Tell whether a class is one of `wanted` or below one of them."""
        return not set(wanted).isdisjoint(self.ancestors(name))

    def relation_at(self, iri: str) -> Relation:
        """Return the relation with this IRI."""
        return self._by_iri[iri]

    def relation_called(self, word: str) -> Relation | None:
        """Return the relation that a word typed in YAML stands for, or None."""
        return self._by_word.get(fold(word))

    def relations_of(self, name: str) -> tuple[Relation, ...]:
        """Return the relations that a thing of this class may have, by label."""
        if name not in self._of_class:
            self._of_class[name] = tuple(
                relation
                for _, relation in sorted(self.relations.items())
                if self.is_a(name, relation.domain)
            )
        return self._of_class[name]

    def term(self, scheme: str, word: str) -> Term | None:
        """Return the term of a scheme by any of its labels, or None."""
        return self._terms_by_scheme.get(scheme, {}).get(fold(word))

    def terms_in(self, scheme: str) -> Iterator[Term]:
        """Yield the terms of a scheme by label."""
        found = {t.iri: t for t in self._terms_by_scheme.get(scheme, {}).values()}
        yield from sorted(found.values(), key=lambda t: t.label)

    def broader_pairs(self) -> list[tuple[str, str]]:
        """Return every (narrower, broader) pair of terms, transitively, without equals."""
        pairs: set[tuple[str, str]] = set()
        for term in self.terms.values():
            waiting = list(term.broader)
            while waiting:
                above = waiting.pop()
                if (term.iri, above) not in pairs and above in self.terms:
                    pairs.add((term.iri, above))
                    waiting.extend(self.terms[above].broader)
        return sorted(pairs)
