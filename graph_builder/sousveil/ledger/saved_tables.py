"""Claim tables in a file: everything that a case is read into, and what was computed from it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from sousveil.ledger.tables import ClaimTables

CLAIM_OF = {
    "claim": "id",
    "evidence": "claim",
    "standing": "claim",
    "origin": "claim",
    "drift": "claim",
    "conflict": "a",
    "difference": "a",
}
"""The column of each table that tells which claim a row is about.

One of two claims that are compared is enough: where what holds between them is another, both are
among the claims for which something is.
"""

_ON_THE_WAY = ("relation", "broader", "placed", "pair", "drifted")
"""Tables that only others are computed from, anew each time."""
_PUBLISHED = "entity IN (FROM published_name)"
_CHANGING = {
    # evidence leads to what counts, and goes after it
    "counting": "hash IN (SELECT hash FROM {database}.evidence WHERE claim IN (FROM changed))",
    **{name: f"{column} IN (FROM changed)" for name, column in CLAIM_OF.items()},
    "derived_link": "id IN (FROM changed_link)",
    "gap": "true",
    "problem": "true",
    "private_name": _PUBLISHED,
    "statement_origin": "true",
}
"""Which rows of what tables may differ when sources change."""


def save_tables(tables: ClaimTables, file: Path) -> None:
    """Copy the tables to a new file; of the withheld names only those that an editor published.

    Those on the way to others are not copied, and no view may read them. Raises OSError or
    duckdb.Error where the file cannot be written.
    """
    if tables.saved_in:
        shutil.copyfile(tables.saved_in, file)
        return
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
    attach(tables.connection, file, "saved", read_only=False)
    try:
        for (name,) in names:
            if name in _ON_THE_WAY:
                continue
            only = f" WHERE {_PUBLISHED}" if name == "private_name" else ""
            run(f'CREATE TABLE saved.main."{name}" AS FROM "{source}".main."{name}"{only}')
        run("USE saved")
        for (sql,) in views:
            run(sql)
    finally:
        run(f'USE "{source}"')
        run("DETACH saved")


def save_changed_tables(
    tables: ClaimTables,
    former: Path,
    file: Path,
    *,
    claims: Collection[str],
    links: Collection[str],
) -> None:
    """Copy the file of former tables, and put in it the rows of claims and links that differ.

    `claims` and `links` are the ids of all that differ in any table; what follows from entities,
    decisions and judgements alone must be the same. Raises OSError or duckdb.Error where the file
    cannot be written.
    """
    run = tables.connection.execute
    ((source,),) = tables.query("SELECT current_database()")
    shutil.copyfile(former, file)
    attach(tables.connection, file, "saved", read_only=False)
    for name, ids in (("changed", claims), ("changed_link", links)):
        run(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::VARCHAR[])", [sorted(ids)])
    run("BEGIN")
    try:
        for name, condition in _CHANGING.items():
            here, there = f'"{source}".main', "saved.main"
            gone, come = (condition.format(database=each) for each in (there, here))
            run(f"DELETE FROM {there}.{name} WHERE {gone}")  # noqa: S608
            run(f"INSERT INTO {there}.{name} FROM {here}.{name} WHERE {come}")
        run("COMMIT")
    except duckdb.Error:
        run("ROLLBACK")
        raise
    finally:
        run("DETACH saved")


def attach(
    connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, read_only: bool = True
) -> None:
    """Make a file of tables a database of a connection's instance, under a name."""
    quoted = str(file).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name}{' (READ_ONLY)' if read_only else ''}")
