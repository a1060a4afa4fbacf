"""Answers as text: a table for people, JSON, CSV, Markdown with footnotes, HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from sousveil.ask.answer_words import (
    as_of_words,
    asked_words,
    claim_says,
    evidence_words,
    headings,
    none_words,
    row_cells,
    row_says,
    standing_words,
)
from sousveil.ask.answers import Answer, AnswerRow
from sousveil.ask.html import answer_page
from sousveil.ask.table_width import table_console
from sousveil.stores.protocol import Cell

if TYPE_CHECKING:
    from rich.table import Table


def as_table(answer: Answer, width: int | None = None) -> str:
    """Return an answer for a terminal or a pipe; `width` as table_console takes it."""
    from rich.text import Text

    console, file = table_console(width)

    def line(text: str) -> None:
        console.print(Text(text), soft_wrap=True)

    line(answer.question.title)
    line(asked_words(answer))
    for text in as_of_words(answer):
        line(text)
    numbered = list(enumerate(answer.rows, start=1))
    for title, rows in _sections(answer, numbered):
        console.print()
        if title:
            line(title)
        console.print(_rich_table(answer, rows, headless=bool(title)))
    for number, row in numbered:
        says = row_says(answer, row)
        for mark, text in zip([f"[{number}]", *[""] * len(says)], says, strict=False):
            line(f"{mark:>5} {text}")
    for text in none_words(answer):
        line(text)
    for sentence in answer.not_known:
        line(f"not known: {sentence}")
    for text in answer.left_out:
        line(text)
    line(f"it gives: {answer.question.answers}")
    line(f"but: {answer.question.does_not}")
    return "\n".join(text.rstrip() for text in file.getvalue().splitlines()) + "\n"


def _sections(
    answer: Answer, numbered: list[tuple[int, AnswerRow]]
) -> list[tuple[str, list[tuple[int, AnswerRow]]]]:
    """Return the rows of each thing below its name, where the answer tells claim by claim."""
    first = answer.question.columns[0].name if answer.question.columns else ""
    if not answer.question.per_claim or first != "subject":
        return [("", numbered)] if numbered else []
    found: dict[str, list[tuple[int, AnswerRow]]] = {}
    for number, row in numbered:
        found.setdefault(row.claim.subject, []).append((number, row))
    return [(rows[0][1].claim.subject_label, rows) for rows in found.values()]


def _rich_table(answer: Answer, rows: list[tuple[int, AnswerRow]], *, headless: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1), show_edge=False)
    start = int(headless)
    for heading in [*headings(answer)[start:], "standing", "origins", "says"]:
        table.add_column(Text(heading))
    for number, row in rows:
        cells = [*row_cells(answer, row)[start:], standing_words(row)]
        table.add_row(*(Text(c) for c in [*cells, str(row.origins), f"[{number}]"]))
    return table


def as_json(answer: Answer) -> str:
    """Return an answer as JSON, as docs/answer.schema.json describes it."""
    return json.dumps(answer.as_dict(), ensure_ascii=False, indent=2) + "\n"


_CSV_TAIL = (
    "standing", "accepted", "origins", "sentence", "source", "passage", "via", "stance", "url",
    "claim",
)  # fmt: skip


def as_csv(answer: Answer) -> str:
    """Return an answer as CSV, one row per claim and piece of evidence; formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*headings(answer), *_CSV_TAIL])
    for row in answer.rows:
        head: list[Cell] = [
            *row_cells(answer, row),
            standing_words(row),
            "yes" if row.accepted else "no",
            row.origins,
        ]
        for tail in _says(row):
            writer.writerow([defused(cell) for cell in [*head, *tail]])
    return out.getvalue()


def _says(row: AnswerRow) -> list[list[Cell]]:
    """Return the end of each line of a row: one per claim and evidence, one where it has none."""
    found: list[list[Cell]] = [
        [
            claim.sentence,
            evidence.source_label,
            evidence.passage,
            "; ".join(evidence.via),
            evidence.stance,
            evidence.url,
            claim.id,
        ]
        for claim in row.claims
        for evidence in claim.evidence
    ]
    return found or [[None] * 7]


def defused(cell: Cell) -> Cell:
    """Return a cell; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell


def as_markdown(answer: Answer) -> str:
    """Return an answer as Markdown with a footnote per row."""
    lines = [f"### {md_text(answer.question.title)}", ""]
    lines += [f"{md_text(words)}  " for words in as_of_words(answer)]
    if answer.rows:
        titles = [*headings(answer), "standing"]
        lines += [f"| {' | '.join(map(md_text, titles))} |", f"|{'---|' * len(titles)}"]
    notes = []
    for number, row in enumerate(answer.rows, start=1):
        cells = [md_text(cell) for cell in [*row_cells(answer, row), standing_words(row)]]
        lines.append(f"| {' | '.join(cells)}[^{number}] |")
        says = "; ".join(_note(answer, row))
        notes.append(f"[^{number}]: {md_text(says)}")
    lines += map(md_sentence, none_words(answer))
    lines += ["", *_not_known_lines(answer)]
    lines += map(md_sentence, answer.left_out)
    return "\n".join([*lines, "", *notes]) + "\n"


def _note(answer: Answer, row: AnswerRow) -> list[str]:
    if answer.question.per_claim and len(row.claims) == 1:
        return [*map(evidence_words, row.claim.evidence), *row.claim.remarks]
    return claim_says(row.claims, sentences=True)


def _not_known_lines(answer: Answer) -> list[str]:
    if not answer.not_known:
        return []
    return ["What is not known:", "", *(f"- {md_text(sentence)}" for sentence in answer.not_known)]


def md_text(text: str) -> str:
    """Return a text for a cell or a line of Markdown, with nothing in it that Markdown reads."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#" else c for c in text)
    return escaped.replace("\n", " ")


def md_sentence(text: str) -> str:
    """Return a remark as a sentence on a line of Markdown of its own."""
    return f"{md_text(text[:1].upper() + text[1:])}.  "


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "html": answer_page,
}

__all__ = ["FORMATS", "as_csv", "as_json", "as_markdown", "as_table", "evidence_words"]
