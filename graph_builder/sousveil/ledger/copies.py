"""Claim tables copied inside their own DuckDB instance, to be changed without harm."""

from __future__ import annotations

import itertools

from sousveil.ledger.tables import ClaimTables
from sousveil.model.tables import TABLES

_COUNTER = itertools.count(1)


def copied_tables(tables: ClaimTables) -> ClaimTables:
    """Return a copy of the tables that a case is read into, without what is computed from them.

    It lives in the same instance as `tables`, which must stay open as long.
    """
    ((source,),) = tables.query("SELECT current_database()")
    name = f"copy_{next(_COUNTER)}"
    connection = tables.connection.cursor()
    connection.execute(f"ATTACH ':memory:' AS {name}")
    for table in TABLES:
        connection.execute(f'CREATE TABLE {name}.main."{table}" AS FROM "{source}".main."{table}"')
    connection.execute(f"USE {name}")
    return ClaimTables(tables.header, connection)


def drop_copy(tables: ClaimTables, copy: ClaimTables) -> None:
    """Close a copy of the tables and free its memory."""
    ((name,),) = copy.query("SELECT current_database()")
    copy.close()
    tables.connection.execute(f'DETACH "{name}"')


def drop_orphans(tables: ClaimTables) -> None:
    """Drop claims that no evidence supports any more, evidence of no claim, sources of neither."""
    run = tables.connection.execute
    run("DELETE FROM evidence WHERE claim NOT IN (SELECT id FROM claim)")
    run("DELETE FROM claim WHERE id NOT IN (SELECT claim FROM evidence WHERE stance = 'supports')")
    run("DELETE FROM evidence WHERE claim NOT IN (SELECT id FROM claim)")
    run(
        """
        DELETE FROM source WHERE iri NOT IN (
            SELECT source FROM evidence
            UNION SELECT unnest(via) FROM evidence
            UNION SELECT object FROM claim WHERE object IS NOT NULL
            UNION SELECT source FROM gap
            UNION SELECT unnest(based_on) FROM source
            UNION SELECT corrects FROM source WHERE corrects IS NOT NULL
            UNION SELECT unnest(known_through) FROM source
        )
        """
    )
