"""Rows of somebody's own query as text: a table, JSON, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from sousveil.ask.formats import defused, md_text
from sousveil.ask.table_width import table_console
from sousveil.stores.protocol import Cell, Found
from sousveil.vocabulary.words import counted


def cell_words(cell: Cell) -> str:
    """Return a cell for people: a node by its name, a path by its nodes, a list by its members."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case list():
            return ", ".join(cell_words(each) for each in cell)
        case {"labels": _, "properties": dict(properties)}:
            return str(properties.get("name") or properties.get("iri") or properties)
        case {"type": type_, "start": _, "end": _}:
            return str(type_)
        case {"nodes": nodes, "relationships": _}:
            return " - ".join(cell_words(node) for node in nodes)
        case dict():
            return json.dumps(cell, ensure_ascii=False)
        case _:
            return str(cell)


def found_table(found: Found) -> str:
    """Return rows for a terminal or a pipe."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console, file = table_console()
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False)
    for column in found.columns:
        table.add_column(Text(column), overflow="fold")
    for row in found.rows:
        table.add_row(*(Text(cell_words(row[column])) for column in found.columns))
    if found.rows:
        console.print(table)
    console.print(Text(f"{counted(len(found.rows), 'row')}{' and more' if found.more else ''}"))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def found_json(found: Found) -> str:
    """Return rows as JSON: columns, rows as objects, and whether there are more."""
    data = {"columns": found.columns, "rows": found.rows, "more": found.more}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def found_csv(found: Found) -> str:
    """Return rows as CSV; formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([defused(cell_words(row[column])) for column in found.columns])
    return out.getvalue()


def found_markdown(found: Found) -> str:
    """Return rows as a Markdown table."""
    lines = [
        f"| {' | '.join(map(md_text, found.columns))} |",
        f"|{'---|' * len(found.columns)}",
    ]
    lines += [
        f"| {' | '.join(md_text(cell_words(row[c])) for c in found.columns)} |"
        for row in found.rows
    ]
    return "\n".join(lines) + "\n"


FOUND_FORMATS: dict[str, Callable[[Found], str]] = {
    "table": found_table,
    "json": found_json,
    "csv": found_csv,
    "md": found_markdown,
}
