"""Statements as rows of a table, with who says so, where, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping

from sousveil.graph.claim_words import EvidenceView
from sousveil.view.html_text import address, link, text
from sousveil.view.interface_words import Words
from sousveil.view.scene import Statement

COLUMNS = ("statement", "standing", "date", "evidence")


def statement_table(
    statements: tuple[Statement, ...], words: Words, pages: Mapping[str, str]
) -> str:
    """Return statements as a table with a row each; `pages` holds the page of each source."""
    rows = "".join(_row(statement, words, pages) for statement in statements)
    return f"<table>{heads(words)}<tbody>{rows}</tbody></table>"


def heads(words: Words, *, evidence: bool = True) -> str:
    """Return the heads of a table of statements, with or without the column of the evidence."""
    names = COLUMNS if evidence else COLUMNS[:-1]
    cells = "".join(f'<th scope="col">{text(words(name))}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _row(statement: Statement, words: Words, pages: Mapping[str, str]) -> str:
    ends = f"{statement.start}" + (f" {statement.end}" if statement.end is not None else "")
    days = ""
    if (
        statement.first or statement.last
    ) and not statement.first == statement.last == statement.when:
        days = f' data-d="{statement.first or "0"} {statement.last or "9999"}"'
    mark = "" if statement.accepted else ' class="o"'
    return (
        f'<tr id="{text(statement.anchor)}" data-e="{ends}"{days}{mark}>'
        f'<th scope="row">{text(statement.sentence)}</th>'
        f"<td>{text(standing_words(statement, words))}</td>"
        f"<td>{text(statement.when or '–')}</td>"
        f"<td>{evidence_html(statement, words, pages)}</td></tr>"
    )


def standing_words(statement: Statement, words: Words) -> str:
    """Return how a statement stands, in words."""
    found = [words.term(word) for word in statement.standing]
    if statement.standing and not statement.accepted:
        found.append(words("not-accepted"))
    return ", ".join(dict.fromkeys(found)) or "–"


def evidence_html(statement: Statement, words: Words, pages: Mapping[str, str]) -> str:
    """Return the number of origins, the evidence as a list, and what else must be told."""
    found = ""
    if statement.origins is not None and statement.evidence:
        count = len(statement.origins)
        told = words.counted("origins", count) if count else words("no-origin")
        names = f": {'; '.join(statement.origins)}" if count else ""
        found = f'<p class="s">{text(told + names)}</p>'
    if statement.evidence:
        items = "".join(evidence_item(e, words, pages) for e in statement.evidence)
        found += f"<ul>{items}</ul>"
    return found + "".join(f'<p class="r">{text(remark)}</p>' for remark in statement.remarks)


def evidence_item(evidence: EvidenceView, words: Words, pages: Mapping[str, str]) -> str:
    """Return one piece of evidence as a list item."""
    before, after, mark = evidence_words(evidence, words)
    page = pages.get(evidence.source)
    if page:
        source = f'<a href="{text(page)}">{text(evidence.source_label)}</a>'
    else:
        source = link(evidence.url, evidence.source_label)
    look = f' class="{mark}"' if mark else ""
    return (
        f"<li{look}>{text(before)}{source}{text(after)}{_title(evidence, page)}"
        f"{_said(evidence, words)}</li>"
    )


def evidence_words(evidence: EvidenceView, words: Words) -> tuple[str, str, str]:
    """Return what stands before and after a source's name, and `a` (against) or `c` (not counted).

    The parts are plain text.
    """
    before = f"{words(evidence.stance)} " if evidence.stance != "supports" else ""
    after = f", {evidence.passage}" if evidence.passage else ""
    if evidence.via:
        via = words("via")
        after += "".join(f", {via} {name}" for name in evidence.via)
        after += f" ({words('our-reading')})" if evidence.inferred else ""
    if evidence.attributed_to:
        after += f", {words('quoting')} {evidence.attributed_to}"
    if evidence.mode:
        after += f" – {words.term(evidence.mode)}"
    if evidence.withheld_by:
        after += f"; {words('withheld-by')} {evidence.withheld_by}"
    if evidence.reason:
        after += f" ({evidence.reason})"
    if evidence.discounted:
        after += f"; {words('discounted')} {evidence.discounted}"
    return before, after, "c" if evidence.discounted else "a" if before else ""


def _title(evidence: EvidenceView, page: str | None) -> str:
    if not evidence.source_title or evidence.source_title == evidence.source_label:
        return ""
    title = (
        link(evidence.url, evidence.source_title)
        if page and address(evidence.url)
        else text(evidence.source_title)
    )
    return f"<br><cite>{title}</cite>"


def _said(evidence: EvidenceView, words: Words) -> str:
    quote = f"<blockquote>{text(evidence.quote)}</blockquote>" if evidence.quote else ""
    note = f'<p class="r">{text(words("note"))} {text(evidence.note)}</p>' if evidence.note else ""
    return quote + note
