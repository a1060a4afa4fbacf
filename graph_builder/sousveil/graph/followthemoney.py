"""What fits of a case as entities of FollowTheMoney, for Aleph and the tools around it.

FollowTheMoney has no claims: an entity property cannot be disputed. So accepted claims only go out,
each with its standing, its sources and their addresses; whoever has no schema there (products,
counts, rules) and persons whose names are withheld stay out. Schemata come from the ontology's
alignment with FollowTheMoney, so a class that gets a match there is exported.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.vocabulary.loading import alignment_files, ontology_store
from sousveil.vocabulary.namespaces import SKOS
from sousveil.vocabulary.terms import Vocabulary

FTM = "https://schema.followthemoney.tech/#"

_ABSTRACT = {"Thing", "Analyzable", "Interval", "Interest", "Value"}
"""Schemata that nothing can have."""

_LINKS = {"ContractAward", "Employment", "Membership", "Occupancy", "Ownership", "Payment"}
"""Schemata that are links and no things there, so that nothing could be linked to them."""

_LEGAL = {"Person", "Organization", "Company", "PublicBody", "LegalEntity"}
_DOCUMENTS = {"Document", "Article", "Email"}
_EVENTS = {"Event"}
_IDENTIFIERS = {"wikidata": "wikidataId", "lei": "leiCode"}
_EDTF_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(kw_only=True)
class _Entity:
    id: str
    schema: str
    properties: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, name: str, *values: str | None) -> None:
        self.properties[name].update(value for value in values if value)

    def line(self, dataset: str) -> str:
        properties = {k: sorted(v) for k, v in sorted(self.properties.items()) if v}
        data = {
            "id": self.id,
            "schema": self.schema,
            "properties": properties,
            "datasets": [dataset],
        }
        return json.dumps(data, ensure_ascii=False) + "\n"


def followthemoney(words: CaseWords) -> Iterator[str]:
    """Yield entities as lines of JSON, sorted by id; the dataset is named by the case's base.

    Ids are the last part of the base and the key, or the claim's id.
    """
    base = words.tables.header.base
    dataset = base.rstrip("/").rpartition("/")[2]
    export = _Export(words, dataset)
    for entity in sorted(export.entities(), key=lambda e: e.id):
        yield entity.line(dataset)


@cache
def matches() -> dict[str, str]:
    """Return the schema that the alignment gives for each class IRI, by a close or exact match.

    A narrow match is true of some things of the class only: not every benefit is a Payment.
    """
    store = ontology_store(alignment_files())
    found: dict[str, str] = {}
    for match in ("closeMatch", "exactMatch"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(SKOS + match), None, None):
            schema = str(getattr(quad.object, "value", ""))
            if schema.startswith(FTM):
                found[str(getattr(quad.subject, "value", ""))] = schema.removeprefix(FTM)
    return found


def schema_of(vocabulary: Vocabulary, name: str) -> str | None:
    """Return the schema of the nearest class that has one which something can be."""
    for above in vocabulary.ancestors(name):
        schema = matches().get(vocabulary.classes[above].iri)
        if schema is not None and schema not in _LINKS:
            return None if schema in _ABSTRACT else schema
    return None


class _Export:
    def __init__(self, words: CaseWords, dataset: str) -> None:
        self.words = words
        self.tables = words.tables
        self.dataset = dataset
        self.by_iri: dict[str, _Entity] = {}

    def entities(self) -> Iterator[_Entity]:
        self._things()
        self._sources()
        links = [link for claim in self.words.claims() if (link := self._claim(claim))]
        yield from self.by_iri.values()
        yield from links

    def _things(self) -> None:
        profile = self.words.profile
        for iri, key, type_, label, withheld in self.tables.query(
            f"SELECT iri, key, type, label, withheld FROM entity_{profile}"  # noqa: S608
        ):
            schema = schema_of(self.words.vocabulary, type_)
            if schema and not withheld:
                entity = self._made(iri, key, schema)
                entity.add("name", label)
        for iri, scheme, value in self.tables.query(
            f"SELECT entity, scheme, value FROM name_{profile}"  # noqa: S608
        ):
            if iri in self.by_iri and scheme != "label":
                name = "alias" if scheme == "also" else _IDENTIFIERS.get(scheme)
                if name and (scheme == "also" or self.by_iri[iri].schema in _LEGAL):
                    self.by_iri[iri].add(name, value)

    def _sources(self) -> None:
        for row in self.tables.dicts(f"SELECT * FROM source_{self.words.profile}"):  # noqa: S608
            schema = schema_of(self.words.vocabulary, row["type"])
            if schema not in _DOCUMENTS:
                continue
            entity = self._made(row["iri"], row["key"], schema)
            entity.add("title", row["title"])
            entity.add("sourceUrl", row["url"])
            entity.add("author", row["author"])
            entity.add("retrievedAt", _day(row["recorded"]))
            entity.add("publishedAt", _day(row["published"]))
            if row["publisher"]:
                entity.add("publisher", self.words.labels[row["publisher"]])

    def _made(self, iri: str, key: str, schema: str) -> _Entity:
        entity = _Entity(id=f"{self.dataset}-{key}", schema=schema)
        self.by_iri[iri] = entity
        return entity

    def _claim(self, claim: ClaimView) -> _Entity | None:
        subject = self.by_iri.get(claim.subject)
        if subject is None or not claim.accepted:
            return None
        if claim.kind == "date" and claim.relation == "date" and subject.schema in _EVENTS:
            subject.add("date", _day(self._lexical(claim)))
        object_ = self.by_iri.get(claim.object or "")
        if object_ is None or object_.schema in _DOCUMENTS or subject.schema in _DOCUMENTS:
            return None
        if subject.schema in _EVENTS and object_.schema in _LEGAL:
            subject.add("involved", object_.id)
        return self._link(claim, subject, object_)

    def _link(self, claim: ClaimView, subject: _Entity, object_: _Entity) -> _Entity:
        if claim.relation == "holds post" and object_.schema == "Position":
            link = _Entity(id=f"{self.dataset}-claim-{claim.id}", schema="Occupancy")
            link.add("holder", subject.id)
            link.add("post", object_.id)
        else:
            link = _Entity(id=f"{self.dataset}-claim-{claim.id}", schema="UnknownLink")
            link.add("subject", subject.id)
            link.add("object", object_.id)
            link.add("role", claim.relation)
        link.add("status", claim.standing)
        link.add("summary", claim.sentence)
        link.add("recordId", claim.id)
        for evidence in claim.evidence:
            if evidence.stance == "supports" and not evidence.discounted:
                link.add("sourceUrl", evidence.url)
                link.add("publisher", evidence.source_label)
                source = self.by_iri.get(evidence.source)
                link.add("proof", source.id if source else None)
        self._when(claim, link)
        return link

    def _when(self, claim: ClaimView, link: _Entity) -> None:
        """A day, a month or a year, or an interval of such; an open end stays open."""
        rows = self.tables.query("SELECT during FROM claim WHERE id = ?", [claim.id])
        start, slash, end = (rows[0][0] or "").partition("/")
        if slash:
            link.add("startDate", _day(start))
            link.add("endDate", _day(end))
        else:
            link.add("date", _day(start))

    def _lexical(self, claim: ClaimView) -> str:
        return str(self.tables.query("SELECT lexical FROM claim WHERE id = ?", [claim.id])[0][0])


def _day(edtf: str | None) -> str | None:
    """Return an EDTF date that FollowTheMoney can hold, else None: precision is never invented."""
    return edtf if edtf and _EDTF_DAY.fullmatch(edtf) else None
