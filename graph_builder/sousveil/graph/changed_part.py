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
    ("FROM {db}.claim", ("id",)),
    ("FROM {db}.standing", ("claim",)),
    ("FROM {db}.origin", ("claim",)),
    ("SELECT e.*, c.* EXCLUDE (hash) FROM {db}.evidence e JOIN {db}.counting c USING (hash)",
     ("claim",)),
    ("SELECT d.*, e.source FROM {db}.drift d JOIN {db}.evidence e USING (hash)",
     ("claim", "said")),
    ("FROM {db}.conflict", ("a", "b")),
    ("FROM {db}.difference", ("a", "b")),
)  # fmt: skip
_COMPARED = (("conflict", "a", "b"), ("difference", "a", "b"), ("drift", "claim", "said"))


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a case: claims and derived links by id, entities and sources by IRI."""

    claims: Collection[str]
    links: Collection[str]
    things: Collection[str]


def changed_part(tables: ClaimTables, former: str) -> Part:
    """Return what differs between the tables and those of another database of their instance.

    Its claims and links are of either; its things are the subjects of these.
    """
    ((now,),) = tables.query("SELECT current_database()")
    claims: set[str] = set()
    for select, columns in _TOLD_BY:
        new, old = select.format(db=f'"{now}".main'), select.format(db=f"{former}.main")
        differing = f"(({new}) EXCEPT ({old})) UNION ALL (({old}) EXCEPT ({new}))"
        for column in columns:
            claims |= _texts(tables, f"SELECT {column} FROM ({differing})")
    rivals: set[str] = set()
    for database in (now, former):
        for table, one, other in _COMPARED:
            for a, b in ((one, other), (other, one)):
                rivals |= _texts(
                    tables,
                    f'SELECT {a} FROM "{database}".main.{table} '  # noqa: S608
                    f"WHERE {b} IN (SELECT unnest(?::VARCHAR[]))",
                    sorted(claims),
                )
    claims |= rivals
    new, old = (f'FROM "{database}".main.derived_link' for database in (now, former))
    links = _texts(tables, f"SELECT id FROM (({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new}))")
    things = set()
    for database in (now, former):
        for table, ids in (("claim", claims), ("derived_link", links)):
            things |= _texts(
                tables,
                f'SELECT subject FROM "{database}".main.{table} '  # noqa: S608
                "WHERE id IN (SELECT unnest(?::VARCHAR[]))",
                sorted(ids),
            )
    return Part(claims=claims, links=links, things=things)


def _texts(tables: ClaimTables, sql: str, *parameters: list[str]) -> set[str]:
    return {text for (text,) in tables.query(sql, parameters)}
