"""The claim tables as RDF 1.1: a default graph of claims, and the graphs accepted and derived.

Default graph: case, entities, sources, claims (rdf:subject, rdf:predicate and exactly one of
rdf:object, sv:boundedValue, sv:valueState), evidence, gaps, decisions, judgements. Named graph
`accepted`: one direct triple per accepted claim with an entity, a term or an exact literal. Named
graph `derived`: superclass types, derived links and judged sameness. No blank nodes: every node
has an IRI, so isomorphism is equality of sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from sousveil.graph.rdf_terms import (
    ACCEPTED,
    BOUND_TERMS,
    DERIVED,
    STATE_TERMS,
    Statement,
    date_day,
    edtf,
    flag,
    iri,
    literal_of,
    number,
    plain,
    rdf,
    rdfs,
    sv,
    term,
    text,
)
from sousveil.ledger.profile import STAMP, Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.model.edtf_days import day_text
from sousveil.vocabulary.namespaces import DCTERMS, SKOS
from sousveil.vocabulary.terms import Vocabulary


def quads(tables: ClaimTables, vocabulary: Vocabulary, profile: Profile) -> Iterator[ox.Quad]:
    """Yield every quad of a case in one profile, in no particular order, none twice per source."""
    writer = _Writer(tables, vocabulary, profile)
    for subject, predicate, value in writer.default_graph():
        yield ox.Quad(subject, predicate, value)
    for subject, predicate, value in writer.accepted_graph():
        yield ox.Quad(subject, predicate, value, ACCEPTED)
    for subject, predicate, value in writer.derived_graph():
        yield ox.Quad(subject, predicate, value, DERIVED)


class _Writer:
    """Turns the rows of each table into statements."""

    def __init__(self, tables: ClaimTables, vocabulary: Vocabulary, profile: Profile) -> None:
        self.tables = tables
        self.vocabulary = vocabulary
        self.profile = profile
        self.base = tables.header.base

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table as its profile shows them."""
        return self.tables.dicts(f"SELECT * FROM {name}_{self.profile} ORDER BY ALL")  # noqa: S608

    def default_graph(self) -> Iterator[Statement]:
        yield from self._case()
        yield from self._entities()
        yield from self._sources()
        yield from self._terms()
        yield from self._claims()
        yield from self._evidence()
        yield from self._gaps()
        yield from self._decisions()
        yield from self._judgements()

    def _case(self) -> Iterator[Statement]:
        header, node = self.tables.header, iri(self.base)
        yield node, rdf("type"), sv("Case")
        yield node, rdfs("label"), text(header.title, header.language)
        yield node, sv("profile"), plain(self.profile)
        if self.profile is Profile.DESK:
            yield node, sv("note"), plain(STAMP)
        if header.licence:
            yield node, iri(DCTERMS + "license"), plain(header.licence)

    def _entities(self) -> Iterator[Statement]:
        language = self.tables.header.language
        for row in self.rows("entity"):
            node = iri(row["iri"])
            yield node, rdf("type"), iri(self.vocabulary.classes[row["type"]].iri)
            yield node, rdfs("label"), text(row["label"], language)
            yield node, sv("inCase"), iri(self.base)
            if row["exposure"]:
                yield node, sv("exposure"), term(row["exposure"])
        for row in self.rows("name"):
            if row["scheme"] == "also":
                yield iri(row["entity"]), sv("alsoCalled"), text(row["value"], language)
            elif row["scheme"] != "label":
                value = f"{row['scheme']}:{row['value']}"
                yield iri(row["entity"]), sv("identifier"), plain(value)

    def _sources(self) -> Iterator[Statement]:
        for row in self.rows("source"):
            node = iri(row["iri"])
            yield node, rdf("type"), iri(self.vocabulary.classes[row["type"]].iri)
            yield node, rdfs("label"), text(row["title"], self.tables.header.language)
            yield node, sv("inCase"), iri(self.base)
            for name, column in _SOURCE_IRIS:
                values = row[column]
                for value in values if isinstance(values, list) else [values]:
                    if value:
                        yield node, sv(name), iri(value)
            for name, column in _SOURCE_DATES:
                if row[column]:
                    yield node, sv(name), edtf(row[column])
            for name, column in _SOURCE_TEXTS:
                if row[column]:
                    yield node, sv(name), plain(row[column])
            if row["extent"]:
                yield node, sv("extent"), term(row["extent"])

    def _terms(self) -> Iterator[Statement]:
        used = self.tables.query("SELECT DISTINCT object FROM claim WHERE kind = 'term' ORDER BY 1")
        for (value,) in used:
            yield iri(value), rdf("type"), iri(SKOS + "Concept")
            label = text(self.vocabulary.terms[value].label, "en")
            yield iri(value), iri(SKOS + "prefLabel"), label

    def _claims(self) -> Iterator[Statement]:
        rows = self.tables.dicts(
            """
            SELECT c.*, s.*, o.origins
            FROM claim c JOIN standing s ON s.claim = c.id
            LEFT JOIN (
                SELECT claim, list_sort(list_distinct(list(origin))) AS origins
                FROM origin GROUP BY claim
            ) o ON o.claim = c.id
            ORDER BY c.id
            """
        )
        for row in rows:
            node = self._claim(row["id"])
            yield node, rdf("type"), sv("Claim")
            yield node, sv("inCase"), iri(self.base)
            yield node, rdf("subject"), iri(row["subject"])
            yield node, rdf("predicate"), iri(row["predicate"])
            yield node, sv("kind"), plain(row["kind"])
            yield from self._value(node, row)
            if row["during"]:
                yield node, sv("during"), edtf(row["during"])
            for name in ("standing", "basis", "contest", "life"):
                yield node, sv(name), term(row[name])
            yield node, sv("accepted"), flag(value=row["accepted"])
            yield node, sv("drifted"), flag(value=row["drifted"])
            origins = row["origins"] or []
            yield node, sv("originCount"), number(len(origins))
            for origin in origins:
                yield node, sv("origin"), iri(origin)

    def _value(self, node: ox.NamedNode, row: dict[str, Any]) -> Iterator[Statement]:
        if row["object"]:
            yield node, rdf("object"), iri(row["object"])
        elif row["kind"] in STATE_TERMS:
            yield node, sv("valueState"), term(STATE_TERMS[row["kind"]])
        elif row["bound"]:
            value = iri(f"{node.value}/value")
            yield node, sv("boundedValue"), value
            yield value, rdf("type"), sv("BoundedValue")
            yield value, sv("amount"), literal_of(row)
            yield value, sv("bound"), term(BOUND_TERMS[row["bound"]])
        else:
            yield node, rdf("object"), literal_of(row)
        if row["kind"] == "date":
            for name, day in (("earliest", row["low"]), ("latest", row["high"])):
                if day is not None:
                    yield node, sv(name), date_day(day_text(day) or "")

    def _evidence(self) -> Iterator[Statement]:
        counted = dict(self.tables.query("SELECT hash, discounted IS NULL FROM counting"))
        for row in self.rows("evidence"):
            node = iri(f"{self.base}evidence/{row['hash']}")
            yield self._claim(row["claim"]), sv("evidence"), node
            yield node, rdf("type"), sv("Evidence")
            yield node, sv("source"), iri(row["source"])
            yield node, sv("mode"), term(row["mode"])
            yield node, sv("stance"), term(row["stance"])
            yield node, sv("inferred"), flag(value=row["inferred"])
            yield node, sv("counted"), flag(value=counted[row["hash"]])
            yield node, sv("steps"), number(len(row["via"]))
            if row["via"]:
                chain = iri(f"{node.value}/via")
                yield node, sv("via"), chain
                yield chain, rdf("type"), rdf("Seq")
                for step, source in enumerate(row["via"], start=1):
                    yield chain, rdf(f"_{step}"), iri(source)
            for name, column in _EVIDENCE_IRIS:
                if row[column]:
                    yield node, sv(name), iri(row[column])
            for name, column in _EVIDENCE_TEXTS:
                if row[column]:
                    yield node, sv(name), plain(row[column])
            if row["recorded"]:
                yield node, sv("recorded"), edtf(row["recorded"])

    def _gaps(self) -> Iterator[Statement]:
        rows = self.tables.query("SELECT subject, predicate, source, passage FROM gap ORDER BY ALL")
        for number_, (subject, predicate, source, passage) in enumerate(rows, start=1):
            node = iri(f"{self.base}gap/{number_}")
            yield node, rdf("type"), sv("Gap")
            yield node, rdf("subject"), iri(subject)
            yield node, rdf("predicate"), iri(predicate)
            yield node, sv("source"), iri(source)
            if passage:
                yield node, sv("passage"), plain(passage)

    def _decisions(self) -> Iterator[Statement]:
        for row in self.rows("decision"):
            node = iri(f"{self.base}decision/{row['sequence']}")
            yield node, rdf("type"), sv("Decision")
            yield node, sv("decision"), plain(row["decision"])
            yield node, sv("because"), plain(row["because"])
            yield node, sv("decidedOn"), edtf(row["decided"])
            if row["about"]:
                yield node, sv("decidesAbout"), iri(row["about"])
            if row["claim"]:
                yield node, sv("decidesFor"), self._claim(row["claim"])
            for passed in row["over"]:
                yield node, sv("decidesOver"), self._claim(passed)
            if row["by"]:
                yield node, sv("decidedBy"), plain(row["by"])
            if row["second"]:
                yield node, sv("secondedBy"), plain(row["second"])

    def _judgements(self) -> Iterator[Statement]:
        for row in self.rows("judgement"):
            node = iri(f"{self.base}judgement/{row['sequence']}")
            yield node, rdf("type"), sv("Judgement")
            yield node, rdf("subject"), iri(row["left"])
            yield node, rdf("object"), iri(row["right"])
            yield node, sv("verdict"), plain(row["verdict"])
            yield node, sv("because"), plain(row["because"])
            yield node, sv("decidedOn"), edtf(row["decided"])
            if row["by"]:
                yield node, sv("decidedBy"), plain(row["by"])

    def accepted_graph(self) -> Iterator[Statement]:
        rows = self.tables.dicts(
            """
            SELECT c.* FROM claim c JOIN standing s ON s.claim = c.id
            WHERE s.accepted AND c.bound IS NULL
                AND c.kind NOT IN ('unknown', 'withheld', 'none')
            ORDER BY c.id
            """
        )
        for row in rows:
            value = iri(row["object"]) if row["object"] else literal_of(row)
            yield iri(row["subject"]), iri(row["predicate"]), value

    def derived_graph(self) -> Iterator[Statement]:
        for kind in ("entity", "source"):
            for row in self.rows(kind):
                for name in self.vocabulary.ancestors(row["type"])[1:]:
                    yield iri(row["iri"]), rdf("type"), iri(self.vocabulary.classes[name].iri)
        for row in self.tables.dicts("SELECT * FROM derived_link ORDER BY ALL"):
            subject, predicate, value = (iri(row[k]) for k in ("subject", "predicate", "object"))
            yield subject, predicate, value
            node = iri(f"{self.base}derived/{row['id']}")
            yield node, rdf("type"), sv("DerivedLink")
            yield node, rdf("subject"), subject
            yield node, rdf("predicate"), predicate
            yield node, rdf("object"), value
            yield node, sv("standing"), term(row["standing"])
            yield node, sv("originCount"), number(row["origins"])
            for claim in row["claims"]:
                yield node, sv("standsOn"), self._claim(claim)
        for entity, canonical in self.tables.query("FROM cluster ORDER BY ALL"):
            if entity != canonical:
                yield iri(entity), sv("judgedSameAs"), iri(canonical)

    def _claim(self, claim: str) -> ox.NamedNode:
        return iri(f"{self.base}claim/{claim}")


_SOURCE_IRIS = (
    ("publisher", "publisher"),
    ("basedOn", "based_on"),
    ("knownThrough", "known_through"),
    ("corrects", "corrects"),
)
_SOURCE_DATES = (("issued", "published"), ("read", "recorded"))
_SOURCE_TEXTS = (
    ("author", "author"),
    ("url", "url"),
    ("captureHash", "sha256"),
    ("note", "note"),
)
_EVIDENCE_IRIS = (
    ("attributedTo", "attributed_to"),
    ("evidenceOnBehalfOf", "on_behalf_of"),
    ("saidIn", "said_in"),
    ("withheldBy", "withheld_by"),
)
_EVIDENCE_TEXTS = (
    ("passage", "passage"),
    ("passageHash", "passage_hash"),
    ("quote", "quote"),
    ("reason", "reason"),
    ("note", "note"),
)
