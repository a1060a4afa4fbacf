"""Answers as HTML: a whole page, or the part that a notebook shows. Every text is escaped."""

from __future__ import annotations

from html import escape

from sousveil.ask.answer_words import (
    as_of_words,
    asked_words,
    headings,
    none_words,
    row_cells,
    row_says,
    standing_words,
)
from sousveil.ask.answers import Answer, AnswerRow

_STYLE = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:break-word}"
    "table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;"
    "border-bottom:1px solid #8888}tr.open td{font-style:italic}"
)


def answer_page(answer: Answer) -> str:
    """Return an answer as one self-contained page without scripts."""
    title = escape(answer.question.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{answer_fragment(answer)}</body>\n</html>\n"
    )


def answer_fragment(answer: Answer) -> str:
    """Return an answer as a section: the table, its notes, and what is not known.

    A table that is too wide scrolls in its own frame, by keys too, so that the page does not. A
    row that is not accepted is set in italics and its standing says why, so that no meaning
    hangs on the looks alone.
    """
    title = escape(answer.question.title)
    parts = [
        '<section class="sousveil-answer">',
        f"<h2>{title}</h2>",
        f"<p>{escape(asked_words(answer))}</p>",
        *(f"<p>{escape(text)}</p>" for text in as_of_words(answer)),
    ]
    if answer.rows:
        titles = [*headings(answer), "standing", "origins", "note"]
        parts += [
            f'<div role="region" aria-label="{title}" tabindex="0" style="overflow-x:auto">',
            "<table>",
            f"<thead><tr>{''.join(f'<th scope=col>{escape(t)}</th>' for t in titles)}</tr></thead>",
            "<tbody>",
            *(_row(answer, number, row) for number, row in enumerate(answer.rows, start=1)),
            "</tbody>",
            "</table>",
            "</div>",
            "<ol>",
            *(
                f"<li>{'<br>'.join(escape(t) for t in row_says(answer, r))}</li>"
                for r in answer.rows
            ),
            "</ol>",
        ]
    parts += [f"<p>{escape(text)}</p>" for text in none_words(answer)]
    if answer.not_known:
        parts += ["<h3>What is not known</h3>", "<ul>"]
        parts += [f"<li>{escape(sentence)}</li>" for sentence in answer.not_known]
        parts.append("</ul>")
    parts += [f"<p>{escape(text)}</p>" for text in answer.left_out]
    limits = escape(f"It gives: {answer.question.answers} But: {answer.question.does_not}")
    return "\n".join([*parts, f"<p><small>{limits}</small></p>", "</section>"]) + "\n"


def _row(answer: Answer, number: int, row: AnswerRow) -> str:
    cells = [*row_cells(answer, row), standing_words(row), str(row.origins), str(number)]
    mark = "" if row.accepted else ' class="open"'
    return f"<tr{mark}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
