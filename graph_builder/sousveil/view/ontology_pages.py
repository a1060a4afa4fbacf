"""The ontology as HTML pages that a reporter can read: no script, no request, a page per class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from sousveil.content import content_folder
from sousveil.view.ontology_picture import (
    TERM_LOOK,
    Look,
    Neighbour,
    alternative_text,
    pictures,
)
from sousveil.vocabulary.properties import RecordProperty
from sousveil.vocabulary.terms import OntologyClass, Range, Relation, Vocabulary
from sousveil.vocabulary.words import fold, with_article

_TAKES = {
    Range.NUMBER: "a number with its bound, or a vague amount",
    Range.DATE: "a date",
    Range.TEXT: "text",
}
_VAGUE = "vague-amounts"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A word that leads to a page."""

    label: str
    href: str


def ontology_pages(
    vocabulary: Vocabulary, properties: tuple[RecordProperty, ...]
) -> dict[str, bytes]:
    """Return the pages by file name: index, one per class, relations, terms, and their style."""
    folder = content_folder("visualizations") / "ontology"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    maker = _Pages(vocabulary, properties)
    pages: dict[str, dict[str, Any]] = {
        "index.html": maker.index(),
        "relations.html": maker.relations(),
        "terms.html": maker.terms(),
        **{_page(name): maker.of_class(each) for name, each in vocabulary.classes.items()},
    }
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    files = {
        name: template.render(version=vocabulary.version, **page).encode("utf-8")
        for name, page in pages.items()
    }
    return {**dict(sorted(files.items())), "style.css": (folder / "style.css").read_bytes()}


def _page(name: str) -> str:
    return f"class-{name}.html"


def _scheme(iri: str) -> str:
    return iri.rpartition("#")[2]


class _Pages:
    """Gathers what each page shows."""

    def __init__(self, vocabulary: Vocabulary, properties: tuple[RecordProperty, ...]) -> None:
        self.vocabulary = vocabulary
        self.classes = vocabulary.classes
        self.properties = properties
        self.below: dict[str, list[str]] = defaultdict(list)
        for each in self.classes.values():
            for parent in each.parents:
                self.below[parent].append(each.name)

    def index(self) -> dict[str, Any]:
        roots = [c.name for c in self.classes.values() if not c.parents]
        things = [n for n in roots if n == "Thing"]
        records = [n for n in roots if n != "Thing"]
        return {
            "kind": "index",
            "title": "What can be said in a case",
            "things": [self._branch(name) for name in things],
            "records": [self._branch(name) for name in records],
        }

    def _branch(self, name: str) -> dict[str, Any]:
        each = self.classes[name]
        return {
            "link": self._link(name),
            "mark": self._mark(each),
            "definition": each.definition,
            "below": [self._branch(n) for n in sorted(self.below[name], key=self._label)],
        }

    def relations(self) -> dict[str, Any]:
        rows = [
            {
                "link": Link(label=r.label, href=f"{_page(r.domain[0])}#{self._anchor(r.label)}"),
                "of": [self._link(name) for name in r.domain],
                "definition": r.definition,
            }
            for r in self.vocabulary.relations.values()
        ]
        return {"kind": "relations", "title": "All relations, from A to Z", "relations": rows}

    def terms(self) -> dict[str, Any]:
        used: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.vocabulary.relations.values():
            if relation.scheme:
                used[relation.scheme].append(relation)
            elif relation.range is Range.NUMBER:
                used[next(s for s in self._all_schemes() if _scheme(s) == _VAGUE)].append(relation)
        return {
            "kind": "terms",
            "title": "All terms, by list",
            "schemes": [
                {
                    "name": _scheme(iri),
                    "label": _scheme(iri).replace("-", " "),
                    "relations": [
                        Link(label=r.label, href=f"{_page(r.domain[0])}#{self._anchor(r.label)}")
                        for r in used.get(iri, [])
                    ],
                    "terms": [
                        {
                            "label": t.label,
                            "also": t.alternatives,
                            "definition": t.definition,
                            "broader": [self.vocabulary.terms[b].label for b in t.broader],
                        }
                        for t in self.vocabulary.terms_in(iri)
                    ],
                }
                for iri in self._all_schemes()
            ],
        }

    def _all_schemes(self) -> list[str]:
        return sorted({s for t in self.vocabulary.terms.values() for s in t.schemes})

    def of_class(self, each: OntologyClass) -> dict[str, Any]:
        above = self.vocabulary.ancestors(each.name)
        outgoing = self.vocabulary.relations_of(each.name)
        incoming = [
            r for r in self.vocabulary.relations.values() if set(r.range_classes) & set(above)
        ]
        records = [p for p in self.properties if p.domain in above]
        neighbours = self._neighbours(each.name, above)
        middle = self._look(each)
        return {
            "kind": "class",
            "title": each.label[0].upper() + each.label[1:],
            "each": each,
            "mark": self._mark(each),
            "typed": self._typed(each),
            "above": [self._link(name) for name in reversed(above[1:])],
            "below": [self._link(name) for name in sorted(self.below[each.name], key=self._label)],
            "picture": pictures(middle, neighbours),
            "alternative": alternative_text(middle, neighbours),
            "relations": [self._relation(r, each) for r in outgoing],
            "incoming": [self._incoming(r, each) for r in incoming],
            "records": [
                {"label": p.label, "definition": p.definition, "takes": self._record_takes(p)}
                for p in records
            ],
        }

    def _typed(self, each: OntologyClass) -> tuple[str, str, str]:
        """Return how a class is typed: words, the words of the file, words."""
        if not self.vocabulary.is_a(each.name, ("Thing",)):
            return "A record that Sousveil makes or keeps; no file has it as a heading.", "", ""
        if each.abstract:
            return "Too general to be typed: choose one of the more special classes.", "", ""
        if self.vocabulary.is_a(each.name, ("Source",)):
            return "Typed as", f"kind: {each.name}", f"in a source file; its evidence {each.mode}."
        return "Typed as the heading", f"{each.name}:", "in a file of entities/."

    def _relation(self, relation: Relation, each: OntologyClass) -> dict[str, Any]:
        value = self._value_words(relation)
        subject = with_article(each.label)
        return {
            "anchor": self._anchor(relation.label),
            "label": relation.label,
            "definition": relation.definition,
            "example": relation.example,
            "takes": self._takes(relation),
            "one": relation.functional,
            "inherited": []
            if each.name in relation.domain
            else [
                self._link(d) for d in relation.domain if d in self.vocabulary.ancestors(each.name)
            ],
            "sentences": [
                (subject, relation.verbs.reads, value),
                (value, relation.verbs.reads_back, subject),
            ],
            "contested": (subject, relation.verbs.contested, value),
        }

    def _value_words(self, relation: Relation) -> str:
        if relation.range is Range.ENTITY:
            return " or ".join(with_article(self._label(n)) for n in relation.range_classes)
        if relation.range is Range.TERM:
            return "a term"
        return {Range.NUMBER: "a number", Range.DATE: "a date"}.get(relation.range, "a text")

    def _takes(self, relation: Relation) -> list[Link | str]:
        if relation.range is Range.ENTITY:
            return [self._link(name) for name in relation.range_classes]
        if relation.range is Range.TERM:
            return [self._scheme_link(relation.scheme or "")]
        return [_TAKES[relation.range]]

    def _record_takes(self, property_: RecordProperty) -> list[Link | str]:
        if property_.range and property_.range in self.classes:
            return [self._link(property_.range)]
        return [self._scheme_link(property_.scheme)] if property_.scheme else []

    def _scheme_link(self, iri: str) -> Link:
        name = _scheme(iri)
        return Link(label=f"a term of {name.replace('-', ' ')}", href=f"terms.html#{name}")

    def _incoming(self, relation: Relation, each: OntologyClass) -> dict[str, Any]:
        return {
            "of": [self._link(name) for name in relation.domain],
            "link": Link(
                label=relation.label,
                href=f"{_page(relation.domain[0])}#{self._anchor(relation.label)}",
            ),
            "definition": relation.definition,
            "sentence": (with_article(each.label), relation.verbs.reads_back),
        }

    def _neighbours(self, name: str, above: tuple[str, ...]) -> list[Neighbour]:
        """The classes and lists of terms around a class, each once per direction.

        What every thing has in common is in the picture of the class of all things only.
        """
        own = set(above) if name == above[-1] else set(above) - {above[-1]}
        ties = [*self._relation_ties(own), *self._record_ties(own)]
        found: dict[tuple[bool, str], list[tuple[str, bool]]] = defaultdict(list)
        for end, incoming, label, derived in ties:
            found[incoming, end].append((label, derived))
        return [
            Neighbour(
                look=self._look_of(end),
                href=f"terms.html{end}" if end.startswith("#") else _page(end),
                relations=tuple(sorted({label for label, _ in labels})),
                incoming=incoming,
                derived=all(derived for _, derived in labels),
            )
            for (incoming, end), labels in sorted(
                found.items(), key=lambda item: (item[0][0], item[0][1].startswith("#"), item[0])
            )
        ]

    def _relation_ties(self, own: set[str]) -> Iterator[tuple[str, bool, str, bool]]:
        """Yield (other end, does it lead here, relation, is it derived) for relations."""
        for relation in (*self.vocabulary.relations.values(), *self.vocabulary.derived):
            derived = bool(relation.chain)
            if set(relation.domain) & own:
                for end in relation.range_classes:
                    yield end, False, relation.label, derived
                if relation.scheme:
                    yield f"#{_scheme(relation.scheme)}", False, relation.label, derived
            if set(relation.range_classes) & own:
                for start in set(relation.domain) - own:
                    yield start, True, relation.label, derived

    def _record_ties(self, own: set[str]) -> Iterator[tuple[str, bool, str, bool]]:
        """Yield the same for properties; a thing is not tied to the records about it."""
        for each in self.properties:
            end = each.range if each.range in self.classes else None
            if end and each.domain in own and (self._thing(end) or not self._thing(each.domain)):
                yield end, False, each.label, False
            elif end and end in own and self._thing(each.domain) is self._thing(end):
                yield each.domain, True, each.label, False

    def _thing(self, name: str) -> bool:
        return self.vocabulary.is_a(name, ("Thing",))

    def _look_of(self, end: str) -> Look:
        if end.startswith("#"):
            words = end[1:].replace("-", " ")
            return Look(label=words, color=TERM_LOOK.color, symbol=TERM_LOOK.symbol)
        return self._look(self.classes[end])

    def _look(self, each: OntologyClass) -> Look:
        return Look(label=each.label, color=each.color, symbol=each.symbol)

    def _mark(self, each: OntologyClass) -> Markup:
        return Markup(
            '<svg class="mark" viewBox="-10 -10 20 20" width="20" height="20" aria-hidden="true">'
            "{}</svg>"
        ).format(self._look(each).mark)

    def _label(self, name: str) -> str:
        return self.classes[name].label

    def _link(self, name: str) -> Link:
        return Link(label=self._label(name), href=_page(name))

    def _anchor(self, label: str) -> str:
        return f"relation-{fold(label)}"
