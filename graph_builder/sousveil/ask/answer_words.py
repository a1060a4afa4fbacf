"""Answers in words that all formats share."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.ask.answers import Answer, AnswerRow
from sousveil.graph.claim_words import ClaimView, EvidenceView

NONE_FOUND = "none found in these sources"
_AS_OF = {
    "happened": "what happened or held",
    "reported": "what was reported by",
    "recorded": "what was recorded here by",
}


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
    """Return how a row stands, with the flags of its claims."""
    return ", ".join([row.standing, *row.flags])


def row_cells(answer: Answer, row: AnswerRow) -> list[str]:
    """Return the columns of a row in words."""
    return [row.values[column.name].words for column in answer.question.columns]


def headings(answer: Answer) -> list[str]:
    """Return the headings of the question's columns."""
    return [column.words for column in answer.question.columns]


def asked_words(answer: Answer) -> str:
    """Return what was asked, of which case and build, as of when."""
    head = f"asked of '{answer.case_title}' ({answer.digest[:8]})"
    asked = ", ".join(f"{name}: {value}" for name, value in answer.parameters.items())
    return f"{head}: {asked}" if asked else head


def as_of_words(answer: Answer) -> list[str]:
    """Return as of when the case was seen; what that leaves out is told below the answer."""
    return [f"only {_AS_OF[name]} {value}" for name, value in answer.as_of.items()]


def none_words(answer: Answer) -> list[str]:
    """Return what an answer without rows says: no row is never told as a fact about the world."""
    if answer.rows:
        return []
    needs = answer.question.needs
    asked_for = [f"what could answer it: {needs}"] if needs else []
    return [NONE_FOUND, *answer.looked_for, *asked_for]


def claim_says(claims: Iterable[ClaimView], *, sentences: bool) -> list[str]:
    """Return who says what of the claims of a row, and what speaks against it.

    With `sentences` each claim is told first, because the row does not show it as it is.
    """
    found: list[str] = []
    for claim in claims:
        evidence = [evidence_words(e) for e in claim.evidence]
        remarks = [f"! {remark}" for remark in claim.remarks]
        if sentences:
            found.append(f"{claim.sentence}: {'; '.join([*evidence, *remarks])}")
        else:
            found += [*evidence, *remarks]
    return found


def row_says(answer: Answer, row: AnswerRow) -> list[str]:
    """Return the notes of a row."""
    told = not answer.question.per_claim
    return [
        *claim_says(row.claims[:1], sentences=told),
        *claim_says(row.claims[1:], sentences=True),
    ]
