"""Which part of a case differs from its former tables, so that only that is put in words anew.

A claim is told by its own row, what follows for it, its evidence, and the claims that it is
compared with. The case's entities, their names, the heads of its sources, its decisions and
judgements are the same in both: `sousveil.pipeline.changed_case` makes no case otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sousveil.ledger.tables import ClaimTables, frozen

_TOLD_BY = (
    (1, "SELECT id FROM {db}.claim WHERE id {among}"),
    (1, "SELECT claim, * FROM {db}.standing WHERE claim {among}"),
    (1, "SELECT claim, * FROM {db}.origin WHERE claim {among}"),
    (1, "SELECT claim, note, recorded, file, line, hash FROM {db}.evidence WHERE claim {among}"),
    (1, "SELECT e.claim, c.* FROM {db}.evidence e JOIN {db}.counting c USING (hash) "
     "WHERE c.discounted IS NOT NULL AND e.claim {among}"),
    (2, "SELECT d.claim, d.said, d.*, e.source FROM {db}.drift d "
     "JOIN {db}.evidence e USING (hash) WHERE d.claim {among}"),
    (2, "SELECT a, b, * FROM {db}.conflict WHERE a {among}"),
    (2, "SELECT a, b, * FROM {db}.difference WHERE a {among}"),
)  # fmt: skip
"""What rows a claim is told by; so many of their first columns hold a claim's id.

The id of a claim and the hash of a piece of evidence stand for the columns they are made from.
"""
_COMPARED = (("conflict", "a", "b"), ("difference", "a", "b"), ("drift", "claim", "said"))
_LINKS = "SELECT id FROM ((FROM {one}.derived_link) EXCEPT (FROM {other}.derived_link))"
_RIVALS = """
SELECT {one}, {other} FROM {db}.{table}
WHERE {one} IN (FROM told_otherwise) OR {other} IN (FROM told_otherwise)
"""
_AMONG = "IN (FROM affected)"
_SUBJECTS = "SELECT subject FROM {db}.{table} WHERE id IN (SELECT unnest($1::VARCHAR[]))"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a case: claims and derived links by id, entities and sources by IRI."""

    claims: Collection[str]
    links: Collection[str]
    things: Collection[str]


def changed_part(tables: ClaimTables, former: str, affected: Collection[str]) -> Part:
    """Return what differs between the tables and those of another database of their instance.

    Nothing of other claims than the `affected` (ids) may differ. Claims and links of the part are
    of either; its things are the subjects of these.
    """
    ((now,),) = tables.query("SELECT current_database()")
    both = (f'"{now}".main', f"{former}.main")
    tables.connection.execute(
        "CREATE OR REPLACE TEMP TABLE affected AS SELECT unnest(?::VARCHAR[]) AS id",
        [sorted(affected)],
    )

    claims: set[str] = set()
    for ids, select in _TOLD_BY:
        new, old = (
            {tuple(map(frozen, row)) for row in tables.query(select.format(db=db, among=_AMONG))}
            for db in both
        )
        claims.update(claim for row in new ^ old for claim in row[:ids])
    tables.connection.execute(
        "CREATE OR REPLACE TEMP TABLE told_otherwise AS SELECT unnest(?::VARCHAR[])",
        [sorted(claims)],
    )
    for db in both:
        for table, one, other in _COMPARED:
            rivals = tables.query(_RIVALS.format(db=db, table=table, one=one, other=other))
            claims.update(claim for row in rivals for claim in row)
    links: set[str] = set().union(
        *(tables.column(_LINKS.format(one=one, other=other)) for one, other in (both, both[::-1]))
    )
    things: set[str] = set().union(
        *(
            tables.column(_SUBJECTS.format(db=db, table=table), [sorted(ids)])
            for db in both
            for table, ids in (("claim", claims), ("derived_link", links))
        )
    )
    return Part(claims=claims, links=links, things=things)
