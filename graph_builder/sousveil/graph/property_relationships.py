"""The relationships of a case's property graph."""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.graph.property_elements import Relationship, without_nulls
from sousveil.graph.property_rows import PropertyRows


class RelationshipWriter:
    """Turns the rows of each table into relationships."""

    def __init__(self, case: PropertyRows) -> None:
        self.case = case

    def relationships(self) -> Iterator[Relationship]:
        """Yield all relationships of the case."""
        for view in self.case.views:
            claim = self.case.claim_iri(view.id)
            yield _link("SUBJECT", claim, view.subject)
            if view.object:
                yield _link("OBJECT", claim, view.object)
                relation = self.case.vocabulary.relation_at(view.predicate)
                if view.accepted and relation.type:
                    yield Relationship(
                        type=relation.type,
                        start=view.subject,
                        end=view.object,
                        key=view.id,
                        properties=without_nulls(
                            claim=claim,
                            standing=view.standing,
                            originCount=len(view.origins),
                            during=view.during,
                        ),
                    )
        yield from self._evidence_links()
        yield from self._source_links()
        yield from self._other_links()

    def _evidence_links(self) -> Iterator[Relationship]:
        for row in self.case.rows("evidence"):
            node = self.case.evidence_iri(row["hash"])
            yield _link("EVIDENCE", self.case.claim_iri(row["claim"]), node)
            yield _link("FROM_SOURCE", node, row["source"])
            for step, source in enumerate(row["via"], start=1):
                yield Relationship(
                    type="VIA", start=node, end=source, key=str(step), properties={"step": step}
                )
            for type_, column in (
                ("ATTRIBUTED_TO", "attributed_to"),
                ("ON_BEHALF_OF_SPEAKER", "on_behalf_of"),
                ("SAID_IN", "said_in"),
                ("WITHHELD_BY", "withheld_by"),
            ):
                if row[column]:
                    yield _link(type_, node, row[column])

    def _source_links(self) -> Iterator[Relationship]:
        for row in self.case.rows("source"):
            if row["publisher"]:
                yield _link("PUBLISHED_BY", row["iri"], row["publisher"])
            if row["corrects"]:
                yield _link("CORRECTS", row["iri"], row["corrects"])
            for other in row["based_on"]:
                yield _link("BASED_ON", row["iri"], other)
            for other in row["known_through"]:
                yield _link("KNOWN_THROUGH", row["iri"], other)

    def _other_links(self) -> Iterator[Relationship]:
        for number, row in enumerate(self.case.gaps, start=1):
            yield _link("GAP_OF", f"{self.case.base}gap/{number}", row["subject"])
            yield _link("SILENT", row["source"], f"{self.case.base}gap/{number}")
        for row in self.case.links:
            relation = self.case.vocabulary.relation_at(row["predicate"])
            node = f"{self.case.base}derived/{row['id']}"
            for claim in row["claims"]:
                yield _link("STANDS_ON", node, self.case.claim_iri(claim))
            yield Relationship(
                type=relation.type or "",
                start=row["subject"],
                end=row["object"],
                key=row["id"],
                properties=without_nulls(
                    link=node,
                    standing=row["standing"],
                    originCount=row["origins"],
                    claims=[self.case.claim_iri(c) for c in row["claims"]],
                ),
            )
        for entity, canonical in self.case.canonical.items():
            if entity != canonical:
                yield _link("JUDGED_SAME_AS", entity, canonical)


def _link(type_: str, start: str, end: str) -> Relationship:
    return Relationship(type_, start, end, "", {})
