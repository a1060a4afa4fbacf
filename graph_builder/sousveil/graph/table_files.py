"""The claim tables as CSV, one file each (RFC 4180, UTF-8, with a line of column names).

Lists are JSON. A text that a spreadsheet would take for a formula begins with an apostrophe, since
what a source says must not run on an editor's machine.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables

_PROFILED = ("entity", "name", "source", "evidence", "decision", "judgement")
"""Tables of which each profile has a view; the others hold nothing that must not leave."""

_TABLES = {
    "entity": "iri",
    "name": "entity, scheme, value",
    "source": "iri",
    "claim": "id",
    "standing": "claim",
    "origin": "claim, hash, origin",
    "evidence": "hash",
    "gap": "subject, predicate, source, passage",
    "derived_link": "id",
    "judgement": "sequence",
    "decision": "sequence",
}
"""The tables that are written, and the order of their rows."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_files(tables: ClaimTables, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of each table in one profile."""
    for name, order in _TABLES.items():
        source = f"{name}_{profile}" if name in _PROFILED else name
        cursor = tables.connection.execute(f'SELECT * FROM "{source}" ORDER BY {order}')  # noqa: S608
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(column[0] for column in cursor.description or ())
        writer.writerows([_cell(value) for value in row] for row in cursor.fetchall())
        yield f"{name}.csv", written.getvalue()


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return json.dumps(value, ensure_ascii=False)
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value
