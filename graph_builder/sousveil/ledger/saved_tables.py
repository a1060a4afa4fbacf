"""Claim tables in a file: everything that a case is read into, and what was computed from it."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

import duckdb

from sousveil.ledger.tables import ClaimTables


def save_tables(tables: ClaimTables, file: Path, leave_out: Container[str] = ()) -> None:
    """Copy every table to a new file; of the withheld names only those that an editor published.

    Tables in `leave_out` are not copied, and no view may read them. Raises duckdb.Error where the
    file cannot be written.
    """
    run = tables.connection.execute
    ((source,),) = tables.query("SELECT current_database()")
    names = tables.query(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND NOT temporary "
        "ORDER BY table_name",
        [source],
    )
    views = tables.query(
        "SELECT sql FROM duckdb_views() WHERE database_name = ? AND NOT internal AND NOT temporary "
        "ORDER BY view_oid",
        [source],
    )
    attach(tables.connection, file, "kept", read_only=False)
    try:
        for (name,) in names:
            if name in leave_out:
                continue
            only = " WHERE entity IN (FROM published_name)" if name == "private_name" else ""
            run(f'CREATE TABLE kept.main."{name}" AS FROM "{source}".main."{name}"{only}')
        run("USE kept")
        for (sql,) in views:
            run(sql)
    finally:
        run(f'USE "{source}"')
        run("DETACH kept")


def attach(
    connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, read_only: bool = True
) -> None:
    """Make a file of tables a database of a connection's instance, under a name."""
    quoted = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name}{' (READ_ONLY)' if read_only else ''}")
