"""The claim tables of one case as DuckDB relations in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from sousveil.ledger.digest import row_hashes
from sousveil.model.identity import LIST_SEPARATOR
from sousveil.model.records import CaseHeader
from sousveil.model.tables import TABLES, Table

if TYPE_CHECKING:
    from pathlib import Path

    from sousveil.readers.case_folder import CaseRows

Row = TypeVar("Row")

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "pandas_analyze_sample": 0,
}
"""One thread, and no guess at the type of a column of texts from the first thousand of them."""

_FEW = 1_000
"""So many rows at most go into a table as lists of parameters."""
_FROM_TEXT = {
    "VARCHAR[]": f'if("{{0}}" = \'\', [], string_split("{{0}}", chr({ord(LIST_SEPARATOR)})))',
}
"""How a column of texts becomes what the table has, where that is more than a cast."""


def memory_connection() -> duckdb.DuckDBPyConnection:
    """Return a connection to an empty database in memory."""
    return duckdb.connect(":memory:", config=_SETTINGS)


def expect_few_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Take queries of a connection as they are written: of few rows, that costs less than a plan.

    A third of the time of a query on some hundred rows goes into making it faster.
    """
    connection.execute("PRAGMA disable_optimizer")


class ClaimTables:
    """The tables of `sousveil.model.tables` for one case, open to SQL.

    A context manager: closing it frees the memory. Rows go in by column, never one INSERT per row.
    """

    def __init__(
        self, header: CaseHeader, connection: duckdb.DuckDBPyConnection | None = None
    ) -> None:
        """Make empty tables in memory, or take a connection that has them already."""
        self.header = header
        self.known_digest: str | None = None
        self.known_hashes: Mapping[str, str] | None = None
        self.saved_in: Path | None = None
        """The file that these tables were opened from, where they are as it has them."""
        self._sides: dict[str, duckdb.DuckDBPyConnection] = {}
        if connection is not None:
            self.connection = connection
            return
        self.connection = memory_connection()
        for table in TABLES.values():
            self._create(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the tables; they are gone then."""
        for side in self._sides.values():
            side.close()
        self.connection.close()

    def _create(self, table: Table) -> None:
        columns = ", ".join(f'"{c.name}" {c.type}' for c in table.columns)
        self.connection.execute(f'CREATE TABLE "{table.name}" ({columns})')

    def insert(self, name: str, rows: Sequence[Any]) -> None:
        """Add rows (records of the table) to a table.

        Many go in as arrays of texts, lists with a separator that no file may hold: a fifth of what
        lists as parameters cost. To load what has arrays takes a tenth of a second, so that few go
        in as lists.
        """
        if not rows:
            return
        table = TABLES[name]
        texts = {c.name: values for c, values in table.texts(rows)}
        columns = ", ".join(_FROM_TEXT.get(c.type, '"{}"').format(c.name) for c in table.columns)
        insert = f'INSERT INTO "{name}" SELECT {columns} FROM'
        if len(rows) <= _FEW:
            given = ", ".join(f'unnest(?::VARCHAR[]) AS "{column}"' for column in texts)
            values = [[_text(value) for value in column] for column in texts.values()]
            self.connection.execute(f"{insert} (SELECT {given})", values)
            return
        import numpy as np

        self.connection.register(
            "given", {column: np.array(values, dtype=object) for column, values in texts.items()}
        )
        self.connection.execute(f"{insert} given")
        self.connection.unregister("given")

    def insert_columns(self, name: str, types: Sequence[str], values: list[list[Any]]) -> None:
        """Add rows given as one list of values per column."""
        columns = ", ".join(f"unnest(?::{t}[])" for t in types)
        self.connection.execute(f'INSERT INTO "{name}" SELECT {columns}', values)

    def side(
        self, name: str, prepare: Callable[[duckdb.DuckDBPyConnection], None]
    ) -> duckdb.DuckDBPyConnection:
        """Return a connection of its own to these tables, prepared when it is first wanted.

        What it makes as TEMP it alone sees, also where the tables are a file opened for reading.
        """
        if name not in self._sides:
            connection = self.connection.cursor()
            ((database,),) = self.query("SELECT current_database()")
            connection.execute(f'USE "{database}"')
            prepare(connection)
            self._sides[name] = connection
        return self._sides[name]

    def close_side(self, name: str) -> None:
        """Close a connection of its own, where there is one, and free what it alone had."""
        if name in self._sides:
            self._sides.pop(name).close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all rows."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def column(self, sql: str, parameters: Sequence[Any] = ()) -> set[Any]:
        """Run a query and return the different values of its only column."""
        return {value for (value,) in self.query(sql, parameters)}

    def dicts(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run a query and return its rows by column name."""
        cursor = self.connection.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def records(
        self, record: type[Row], condition: str = "true", parameters: Sequence[Any] = ()
    ) -> list[Row]:
        """Return the rows of a table as its frozen dataclass, ordered by the table's key.

        All rows, or those that fulfil a condition in SQL.
        """
        table = next(t for t in TABLES.values() if t.record is record)
        order = ", ".join(f'"{k}"' for k in table.key)
        columns = ", ".join(f'"{c.name}"' for c in table.columns)
        sql = f'SELECT {columns} FROM "{table.name}" WHERE {condition} ORDER BY {order}'  # noqa: S608
        names = [c.name for c in table.columns]
        rows = self.query(sql, parameters)
        return [record(**dict(zip(names, map(frozen, row), strict=True))) for row in rows]

    def row_hashes(self) -> Mapping[str, str]:
        """Return what `sousveil.ledger.digest.row_hashes` does.

        Computed once; rows are not changed after a case was loaded.
        """
        if self.known_hashes is None:
            self.known_hashes = row_hashes(self)
        return self.known_hashes

    def digest(self) -> str:
        """Return a hash of everything the tables hold: equal for equal cases on every machine.

        Computed once, as the hashes of its rows are.
        """
        if self.known_digest is None:
            total = hashlib.sha256(repr(self.header).encode("utf-8"))
            for part, hashed in sorted(self.row_hashes().items()):
                total.update(f"{part} {hashed}\n".encode())
            self.known_digest = total.hexdigest()[:32]
        return self.known_digest


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def frozen(value: Any) -> Any:
    """Return a value of a row as one that can be compared in sets: a list as a tuple."""
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
