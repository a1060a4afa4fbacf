"""Answers as text: a table for people, JSON, CSV, Markdown with footnotes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sousveil.ask.answers import Answer, AnswerRow
from sousveil.graph.claim_words import EvidenceView
from sousveil.stores.protocol import Cell


def evidence_words(evidence: EvidenceView) -> str:
    """Return one piece of evidence as a phrase: who says it, where, repeating whom."""
    words = evidence.source_label
    if evidence.passage:
        words += f", {evidence.passage}"
    if evidence.via:
        words += f", via {', via '.join(evidence.via)}"
        if evidence.inferred:
            words += " (our reading)"
    if evidence.attributed_to:
        words += f", quoting {evidence.attributed_to}"
    if evidence.stance != "supports":
        words += f" ({evidence.stance})"
    if evidence.discounted:
        words += f" (does not count: {evidence.discounted})"
    return words


def standing_words(row: AnswerRow) -> str:
    """Return how a row's claim stands, with its flags."""
    extra = [flag for flag in row.claim.flags if flag != row.claim.standing]
    return ", ".join([row.claim.standing, *extra])


def _cells(answer: Answer, row: AnswerRow) -> list[str]:
    shown: dict[str, str] = {
        "subject": row.claim.subject_label,
        "relation": row.claim.relation,
        "value": row.claim.value,
    }
    return [shown.get(name) or str(row.cells.get(name) or "") for name in answer.question.columns]


def as_table(answer: Answer, width: int | None = None) -> str:
    """Return an answer for a terminal; `width` in columns, by default the terminal's."""
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(Text(answer.question.title))
    asked = ", ".join(f"{name}: {value}" for name, value in answer.parameters.items())
    head = f"asked of '{answer.case_title}' ({answer.digest[:8]}): {asked}"
    console.print(Text(head), soft_wrap=True)
    numbered = list(enumerate(answer.rows, start=1))
    for subject in dict.fromkeys(row.claim.subject for row in answer.rows):
        mine = [(number, row) for number, row in numbered if row.claim.subject == subject]
        console.print()
        console.print(Text(mine[0][1].claim.subject_label))
        console.print(_rich_table(answer, mine))
    for number, row in numbered:
        says = [*map(evidence_words, row.claim.evidence), *(f"! {r}" for r in row.claim.remarks)]
        for mark, line in zip([f"[{number}]", *[""] * len(says)], says, strict=False):
            console.print(Text(f"{mark:>5} {line}"), soft_wrap=True)
    if not answer.rows:
        console.print(Text("none found in these sources"))
    for sentence in answer.not_known:
        console.print(Text(f"not known: {sentence}"), soft_wrap=True)
    file = console.file
    assert isinstance(file, io.StringIO)
    console.print(Text(f"it gives: {answer.question.answers}"), soft_wrap=True)
    console.print(Text(f"but: {answer.question.does_not}"), soft_wrap=True)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _rich_table(answer: Answer, numbered: list[tuple[int, AnswerRow]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False)
    headings = [*list(answer.question.columns.values())[1:], "standing", "origins", "says"]
    for heading in headings:
        table.add_column(Text(heading))
    for number, row in numbered:
        cells = [*_cells(answer, row)[1:], standing_words(row)]
        table.add_row(*(Text(c) for c in [*cells, str(len(row.claim.origins)), f"[{number}]"]))
    return table


def as_json(answer: Answer) -> str:
    """Return an answer as JSON: question, parameters, case, rows with claim and evidence."""
    data = {
        "question": answer.question.name,
        "title": answer.question.title,
        "parameters": answer.parameters,
        "case": answer.case_title,
        "digest": answer.digest,
        "rows": [{"cells": row.cells, "claim": row.claim.as_dict()} for row in answer.rows],
        "notKnown": list(answer.not_known),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Answer) -> str:
    """Return an answer as CSV, one row per piece of evidence; formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            *answer.question.columns.values(),
            "standing",
            "accepted",
            "origins",
            "source",
            "passage",
            "via",
            "stance",
            "url",
            "claim",
        ]
    )
    for row in answer.rows:
        for evidence in row.claim.evidence:
            cells: list[Cell] = [
                *_cells(answer, row),
                standing_words(row),
                "yes" if row.claim.accepted else "no",
                len(row.claim.origins),
                evidence.source_label,
                evidence.passage,
                "; ".join(evidence.via),
                evidence.stance,
                evidence.url,
                row.claim.id,
            ]
            writer.writerow([_defused(cell) for cell in cells])
    return out.getvalue()


def _defused(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula begins with an apostrophe instead."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell


def as_markdown(answer: Answer) -> str:
    """Return an answer as Markdown with a footnote per claim."""
    lines = [f"### {_md(answer.question.title)}", ""]
    headings = [*answer.question.columns.values(), "standing"]
    lines += [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    notes = []
    for number, row in enumerate(answer.rows, start=1):
        cells = [_md(cell) for cell in [*_cells(answer, row), standing_words(row)]]
        lines.append(f"| {' | '.join(cells)}[^{number}] |")
        says = "; ".join([*map(evidence_words, row.claim.evidence), *row.claim.remarks])
        notes.append(f"[^{number}]: {_md(says)}")
    if not answer.rows:
        lines = [lines[0], "", "None found in these sources."]
    lines += ["", *_not_known_lines(answer)]
    return "\n".join([*lines, "", *notes]) + "\n"


def _not_known_lines(answer: Answer) -> list[str]:
    if not answer.not_known:
        return []
    return ["What is not known:", "", *(f"- {_md(sentence)}" for sentence in answer.not_known)]


def _md(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#" else c for c in text)
    return escaped.replace("\n", " ")


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}

__all__ = ["FORMATS", "as_csv", "as_json", "as_markdown", "as_table", "evidence_words"]
