"""The claim tables of one case as DuckDB relations in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Self, TypeVar

import duckdb

from sousveil.model.records import CaseHeader
from sousveil.model.tables import TABLES, Table
from sousveil.readers.case_folder import CaseRows

Row = TypeVar("Row")


class ClaimTables:
    """The tables of `sousveil.model.tables` for one case, open to SQL.

    A context manager: closing it frees the memory. Rows go in by column, never one INSERT per row.
    """

    def __init__(self, header: CaseHeader) -> None:
        self.header = header
        self._digest: str | None = None
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        for table in TABLES.values():
            self._create(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the tables; they are gone then."""
        self.connection.close()

    def _create(self, table: Table) -> None:
        columns = ", ".join(f'"{c.name}" {c.type}' for c in table.columns)
        self.connection.execute(f'CREATE TABLE "{table.name}" ({columns})')

    def insert(self, name: str, rows: Sequence[Any]) -> None:
        """Add rows (records of the table) to a table."""
        if not rows:
            return
        table = TABLES[name]
        self.insert_columns(name, [c.type for c in table.columns], table.column_lists(rows))

    def insert_columns(self, name: str, types: Sequence[str], values: list[list[Any]]) -> None:
        """Add rows given as one list of values per column."""
        self._digest = None
        columns = ", ".join(f"unnest(?::{t}[])" for t in types)
        self.connection.execute(f'INSERT INTO "{name}" SELECT {columns}', values)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all rows."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def dicts(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run a query and return its rows by column name."""
        cursor = self.connection.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def records(self, record: type[Row]) -> list[Row]:
        """Return the rows of a table as its frozen dataclass, ordered by the table's key."""
        table = next(t for t in TABLES.values() if t.record is record)
        order = ", ".join(f'"{k}"' for k in table.key)
        columns = ", ".join(f'"{c.name}"' for c in table.columns)
        sql = f'SELECT {columns} FROM "{table.name}" ORDER BY {order}'  # noqa: S608
        names = [c.name for c in table.columns]
        return [record(**dict(zip(names, map(_frozen, r), strict=True))) for r in self.query(sql)]

    def digest(self) -> str:
        """Return a hash of all that was put in: equal for equal cases on every machine."""
        if self._digest is None:
            total = hashlib.sha256()
            for line in self._lines():
                total.update(line.encode("utf-8"))
            self._digest = total.hexdigest()[:32]
        return self._digest

    def _lines(self) -> Iterator[str]:
        yield repr(self.header)
        for name, table in sorted(TABLES.items()):
            if name not in ("problem", "private_name"):
                rows: list[Any] = self.records(table.record)
                yield from map(repr, rows)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def load_tables(rows: CaseRows) -> ClaimTables:
    """Put the rows of a case into tables; the case must have a readable header."""
    assert rows.header is not None
    tables = ClaimTables(rows.header)
    for name, records in (
        ("entity", rows.entities),
        ("name", rows.names),
        ("source", rows.sources),
        ("claim", rows.claims),
        ("evidence", rows.evidence),
        ("gap", rows.gaps),
        ("judgement", rows.judgements),
        ("decision", rows.decisions),
        ("private_name", rows.private_names),
        ("problem", rows.problems.sorted()),
    ):
        tables.insert(name, records)
    return tables
