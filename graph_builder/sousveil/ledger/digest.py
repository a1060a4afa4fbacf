"""Hashes of the rows of the claim tables, from which the digest of a case is made.

Rows are hashed one by one, and the hashes of a table's rows together, in their order. The rows of
claims and of evidence, which are many, are hashed in groups, by how the claim's id begins: after a
change in few claims only their groups are hashed anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sousveil.model.tables import TABLES

if TYPE_CHECKING:
    from sousveil.ledger.tables import ClaimTables

_GROUPED_BY = {"claim": 'left("id", 2)', "evidence": 'left("claim", 2)'}
_CHANGING = ("claim", "evidence", "gap")
"""Tables of what source files say; the others hold what all files of a case are read with."""
_NOT_IN_DIGEST = ("problem", "private_name")
_AS_TEXT = {
    "VARCHAR": "coalesce({}, chr(30))",
    "BIGINT": "coalesce({}::VARCHAR, chr(30))",
    "BOOLEAN": "coalesce({}::VARCHAR, chr(30))",
    "VARCHAR[]": "coalesce(array_to_string({}, chr(29)), chr(30))",
    "DOUBLE": "''",
}
"""How a hash reads a column. Numbers for comparison follow from the other columns."""


def row_hashes(tables: ClaimTables) -> dict[str, str]:
    """Return the SHA-256 (hexadecimal) of every group of rows, by table and group."""
    names = [name for name in TABLES if name not in _NOT_IN_DIGEST]
    return {key: value for name in names for key, value in _hashes(tables, name, None).items()}


def changed_row_hashes(
    tables: ClaimTables, former: Mapping[str, str], claims: Collection[str]
) -> dict[str, str]:
    """Return what `row_hashes` would, from those of former tables.

    `claims` has the ids of all claims, former and new, of which a row or a row of evidence may be
    another one. Only gaps may differ besides.
    """
    groups = sorted({claim[:2] for claim in claims})
    hashes = dict(former)
    for name in _CHANGING:
        for group in groups if name in _GROUPED_BY else [""]:
            hashes.pop(f"{name} {group}", None)
        hashes |= _hashes(tables, name, groups)
    return hashes


def _hashes(tables: ClaimTables, name: str, groups: list[str] | None) -> dict[str, str]:
    """The hashes of a table, where it has groups of these alone."""
    columns = ", ".join(_AS_TEXT[c.type].format(f'"{c.name}"') for c in TABLES[name].columns)
    group, among, given = _GROUPED_BY.get(name, "''"), "", []
    if name in _GROUPED_BY and groups is not None:
        among, given = f"WHERE {group} IN (SELECT unnest(?::VARCHAR[]))", [groups]
    rows = tables.query(
        f"SELECT part, sha256(string_agg(h, '' ORDER BY h)) FROM ("  # noqa: S608
        f'SELECT {group} AS part, sha256(concat_ws(chr(31), {columns})) AS h FROM "{name}" '
        f"{among}) GROUP BY part",
        given,
    )
    return {f"{name} {part}": hashed for part, hashed in rows}
