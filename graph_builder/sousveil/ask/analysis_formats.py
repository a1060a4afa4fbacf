"""Analyses as text: a table for people, JSON, CSV, Markdown with footnotes, HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import escape

from sousveil.ask.analysis import Analysis, AnalysisRow
from sousveil.ask.answer_words import claim_says
from sousveil.ask.formats import defused, md_sentence, md_text
from sousveil.ask.table_width import table_console
from sousveil.vocabulary.words import counted

MOST_TOLD = 5
"""How many claims of a row are told in a text; JSON and CSV have all of them."""


def _head(found: Analysis) -> list[str]:
    asked = f": {', '.join(found.asked)}" if found.asked else ""
    return [
        f"{found.title}{asked}",
        f"'{found.case_title}', {found.claims_used}: "
        f"{counted(found.size[0], 'thing')}, {counted(found.size[1], 'link')}",
        *(f"as of: {name} {time}" for name, time in found.as_of.items()),
    ]


def _tail(found: Analysis) -> list[str]:
    lines = [] if found.rows else ["none found in these sources", *found.wider]
    if len(found.rows) < found.total:
        lines.append(f"only {len(found.rows)} of {found.total} rows are shown; see --limit")
    return [*lines, *found.left_out, f"how: {found.how}"]


def _says(row: AnalysisRow) -> list[str]:
    """Return the first claims of a row in words, with who says so, and how many more there are."""
    told = claim_says(row.claims[:MOST_TOLD], sentences=True)
    more = len(row.claims) - MOST_TOLD
    return [*told, *([f"and {counted(more, 'more claim')}; see --json"] if more > 0 else [])]


def analysis_table(found: Analysis) -> str:
    """Return an analysis for a terminal or a pipe."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console, file = table_console()
    for line in _head(found):
        console.print(Text(line), soft_wrap=True)
    if found.rows:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False)
        for column in [*found.columns, "says"]:
            table.add_column(Text(column), overflow="fold")
        for number, row in enumerate(found.rows, start=1):
            table.add_row(*(Text(str(row.cells[c])) for c in found.columns), Text(f"[{number}]"))
        console.print()
        console.print(table)
    for number, row in enumerate(found.rows, start=1):
        says = _says(row)
        for mark, text in zip([f"[{number}]", *[""] * len(says)], says, strict=False):
            console.print(Text(f"{mark:>5} {text}"), soft_wrap=True)
    for line in _tail(found):
        console.print(Text(line), soft_wrap=True)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def analysis_json(found: Analysis) -> str:
    """Return an analysis as JSON, every claim with its evidence."""
    return json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"


def analysis_csv(found: Analysis) -> str:
    """Return an analysis as CSV, one line per claim and piece of evidence; formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [*found.columns, "sentence", "standing", "source", "passage", "via", "stance", "claim"]
    )
    for row in found.rows:
        head = [row.cells[column] for column in found.columns]
        for claim in row.claims:
            for each in claim.evidence:
                tail = [claim.sentence, claim.standing, each.source_label, each.passage]
                tail += ["; ".join(each.via), each.stance, claim.id]
                writer.writerow([defused(cell) for cell in [*head, *tail]])
    return out.getvalue()


def analysis_markdown(found: Analysis) -> str:
    """Return an analysis as a Markdown table with a footnote per row."""
    lines = [f"### {md_text(_head(found)[0])}", ""]
    lines += [f"{md_text(line)}  " for line in _head(found)[1:]]
    notes = []
    if found.rows:
        lines += ["", f"| {' | '.join(found.columns)} |", f"|{'---|' * len(found.columns)}"]
    for number, row in enumerate(found.rows, start=1):
        cells = [md_text(str(row.cells[column])) for column in found.columns]
        lines.append(f"| {' | '.join(cells)}[^{number}] |")
        notes.append(f"[^{number}]: {md_text('; '.join(_says(row)))}")
    tail = map(md_sentence, _tail(found))
    return "\n".join([*lines, "", *tail, "", *notes]) + "\n"


def analysis_html(found: Analysis) -> str:
    """Return an analysis as a section of HTML; every text is escaped."""
    head, *rest = _head(found)
    parts = ['<section class="sousveil-analysis">', f"<h2>{escape(head)}</h2>"]
    parts += [f"<p>{escape(line)}</p>" for line in rest]
    if found.rows:
        titles = "".join(f"<th scope=col>{escape(c)}</th>" for c in (*found.columns, "note"))
        parts += ["<table>", f"<thead><tr>{titles}</tr></thead>", "<tbody>"]
        for number, row in enumerate(found.rows, start=1):
            cells = [*(str(row.cells[column]) for column in found.columns), str(number)]
            parts.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
        parts += ["</tbody>", "</table>", "<ol>"]
        parts += [f"<li>{'<br>'.join(map(escape, _says(row)))}</li>" for row in found.rows]
        parts.append("</ol>")
    parts += [f"<p><small>{escape(line)}</small></p>" for line in _tail(found)]
    return "\n".join([*parts, "</section>"]) + "\n"


ANALYSIS_FORMATS: dict[str, Callable[[Analysis], str]] = {
    "table": analysis_table,
    "json": analysis_json,
    "csv": analysis_csv,
    "md": analysis_markdown,
}
