"""The nodes of a case's property graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from sousveil.graph.property_elements import Node, without_nulls
from sousveil.graph.property_rows import PropertyRows
from sousveil.model.edtf_days import day_text

GRAPH_SHAPE = 1
"""Raised when nodes or relationships, or what these hold, are called otherwise than before."""


class NodeWriter:
    """Turns the rows of each table into nodes."""

    def __init__(self, case: PropertyRows) -> None:
        self.case = case

    def nodes(self) -> Iterator[Node]:
        """Yield all nodes of the case."""
        header = self.case.tables.header
        yield Node(
            labels=("Case",),
            properties=without_nulls(
                iri=self.case.base,
                case=self.case.base,
                name=header.title,
                profile=str(self.case.profile),
                licence=header.licence,
                digest=self.case.tables.digest(),
                shape=GRAPH_SHAPE,
                ontology=self.case.vocabulary.version,
            ),
        )
        yield from self._entities()
        yield from self._sources()
        yield from self._concepts()
        yield from self._claims()
        yield from self._evidence()
        yield from self._others()

    def _entities(self) -> Iterator[Node]:
        literals = self._accepted_literals
        names: defaultdict[str, list[str]] = defaultdict(list)
        identifiers: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.case.rows("name"):
            if row["scheme"] == "also":
                names[row["entity"]].append(row["value"])
            elif row["scheme"] != "label":
                identifiers[row["entity"]].append(f"{row['scheme']}:{row['value']}")
        canonical = self.case.canonical
        for row in self.case.rows("entity"):
            iri = row["iri"]
            yield Node(
                labels=self.case.vocabulary.ancestors(row["type"]),
                properties=without_nulls(
                    **literals[iri],
                    iri=iri,
                    key=row["key"],
                    name=row["label"],
                    alsoCalled=sorted(names[iri]),
                    identifiers=sorted(identifiers[iri]),
                    exposure=row["exposure"],
                    judgedSameAs=canonical.get(iri) if canonical.get(iri) != iri else None,
                    case=self.case.base,
                ),
            )

    @cached_property
    def _accepted_literals(self) -> defaultdict[str, dict[str, list[str]]]:
        found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        rows = self.case.dicts(
            """
            SELECT c.subject, c.predicate, c.lexical
            FROM claim c JOIN standing s ON s.claim = c.id
            WHERE s.accepted AND c.bound IS NULL AND c.kind IN ('number', 'date', 'text')
            """,
            "subject",
            "things",
        )
        for row in rows:
            key = self.case.vocabulary.relation_at(row["predicate"]).key
            if key:
                found[row["subject"]].setdefault(key, []).append(row["lexical"])
        for values in (v for literals in found.values() for v in literals.values()):
            values.sort()
        return found

    def _sources(self) -> Iterator[Node]:
        literals = self._accepted_literals
        for row in self.case.rows("source"):
            yield Node(
                labels=self.case.vocabulary.ancestors(row["type"]),
                properties=without_nulls(
                    **literals[row["iri"]],
                    iri=row["iri"],
                    key=row["key"],
                    name=self.case.words.labels[row["iri"]],
                    title=row["title"],
                    author=row["author"],
                    published=row["published"],
                    url=row["url"],
                    captureHash=row["sha256"],
                    read=row["recorded"],
                    extent=row["extent"],
                    note=row["note"],
                    case=self.case.base,
                ),
            )

    def _concepts(self) -> Iterator[Node]:
        used = "SELECT DISTINCT object FROM claim WHERE kind = 'term' ORDER BY object"
        for (iri,) in self.case.tables.query(used):
            term = self.case.vocabulary.terms[iri]
            yield Node(labels=("Concept",), properties=without_nulls(iri=iri, name=term.label))

    def _claims(self) -> Iterator[Node]:
        select = """
            SELECT id, kind, lexical, datatype, language, bound, c.during, low, high, contest, life
            FROM claim c JOIN standing ON claim = id
            """
        rows = {row["id"]: row for row in self.case.dicts(select, "id", "claims")}
        for view in self.case.views:
            row = rows[view.id]
            is_date = row["kind"] == "date"
            yield Node(
                labels=("Claim",),
                properties=without_nulls(
                    iri=self.case.claim_iri(view.id),
                    id=view.id,
                    case=self.case.base,
                    predicate=view.predicate,
                    relation=view.relation,
                    kind=view.kind,
                    value=row["lexical"],
                    datatype=row["datatype"],
                    language=row["language"],
                    bound=row["bound"],
                    during=row["during"],
                    earliest=day_text(row["low"]) if is_date else None,
                    latest=day_text(row["high"]) if is_date else None,
                    words=view.value,
                    standing=view.standing,
                    basis=view.basis,
                    contest=row["contest"],
                    life=row["life"],
                    accepted=view.accepted,
                    drifted="drifted" in view.flags,
                    originCount=len(view.origins),
                    origins=list(view.origins),
                ),
            )

    def _evidence(self) -> Iterator[Node]:
        discounted = {
            row["hash"]
            for row in self.case.dicts(
                "SELECT hash, claim FROM evidence JOIN counting USING (hash) "
                "WHERE discounted IS NOT NULL",
                "claim",
                "claims",
            )
        }
        for row in self.case.rows("evidence"):
            yield Node(
                labels=("Evidence",),
                properties=without_nulls(
                    iri=self.case.evidence_iri(row["hash"]),
                    case=self.case.base,
                    mode=row["mode"],
                    stance=row["stance"],
                    inferred=row["inferred"],
                    counted=row["hash"] not in discounted,
                    steps=len(row["via"]),
                    passage=row["passage"],
                    passageHash=row["passage_hash"],
                    quote=row["quote"],
                    reason=row["reason"],
                    note=row["note"],
                    recorded=row["recorded"],
                ),
            )

    def _others(self) -> Iterator[Node]:
        for number, row in enumerate(self.case.gaps, start=1):
            yield Node(
                labels=("Gap",),
                properties=without_nulls(
                    iri=f"{self.case.base}gap/{number}",
                    case=self.case.base,
                    predicate=row["predicate"],
                    relation=self.case.vocabulary.relation_at(row["predicate"]).label,
                    passage=row["passage"],
                ),
            )
        for row in self.case.links:
            yield Node(
                labels=("DerivedLink",),
                properties=without_nulls(
                    iri=f"{self.case.base}derived/{row['id']}",
                    case=self.case.base,
                    relation=self.case.vocabulary.relation_at(row["predicate"]).label,
                    standing=row["standing"],
                    originCount=row["origins"],
                ),
            )
