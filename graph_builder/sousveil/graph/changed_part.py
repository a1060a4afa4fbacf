"""Which part of a case differs from its former tables, so that only that is put in words anew.

A claim is told by its own row, what follows for it, its evidence, and the claims that it is
compared with. The case's entities, their names, the heads of its sources, its decisions and
judgements are the same in both: `sousveil.pipeline.changed_case` makes no case otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sousveil.ledger.tables import ClaimTables

_TOLD_BY = (
    ("SELECT id FROM {db}.claim WHERE id {among}", "id"),
    ("FROM {db}.standing WHERE claim {among}", "claim"),
    ("FROM {db}.origin WHERE claim {among}", "claim"),
    ("SELECT claim, note, recorded, file, line, hash FROM {db}.evidence WHERE claim {among}",
     "claim"),
    ("SELECT e.claim, c.* FROM {db}.evidence e JOIN {db}.counting c USING (hash) "
     "WHERE c.discounted IS NOT NULL AND e.claim {among}", "claim"),
    ("SELECT d.*, e.source FROM {db}.drift d JOIN {db}.evidence e USING (hash) "
     "WHERE d.claim {among}", "claim, said"),
    ("FROM {db}.conflict WHERE a {among}", "a, b"),
    ("FROM {db}.difference WHERE a {among}", "a, b"),
)  # fmt: skip
"""What rows a claim is told by, and their columns that hold a claim's id.

The id of a claim and the hash of a piece of evidence stand for the columns they are made from.
"""
_COMPARED = (("conflict", "a", "b"), ("difference", "a", "b"), ("drift", "claim", "said"))
_DIFFERING = """
SELECT DISTINCT unnest([{columns}])
FROM (FROM (({new}) EXCEPT ({old})) UNION ALL FROM (({old}) EXCEPT ({new})))
"""
_RIVALS = """
SELECT {one} FROM {db}.{table} WHERE {other} IN (SELECT unnest($1::VARCHAR[]))
UNION SELECT {other} FROM {db}.{table} WHERE {one} IN (SELECT unnest($1::VARCHAR[]))
"""
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

    def differing(select: str, columns: str) -> set[str]:
        new, old = (select.format(db=db, among="IN (FROM affected)") for db in both)
        return tables.column(_DIFFERING.format(columns=columns, new=new, old=old))

    claims = set().union(*(differing(select, columns) for select, columns in _TOLD_BY))
    claims = claims.union(
        *(
            tables.column(
                _RIVALS.format(db=db, table=table, one=one, other=other), [sorted(claims)]
            )
            for db in both
            for table, one, other in _COMPARED
        )
    )
    links = differing("FROM {db}.derived_link", "id")
    things: set[str] = set().union(
        *(
            tables.column(_SUBJECTS.format(db=db, table=table), [sorted(ids)])
            for db in both
            for table, ids in (("claim", claims), ("derived_link", links))
        )
    )
    return Part(claims=claims, links=links, things=things)
