"""Answers: the rows that a store gives, each with its claim in words and all its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sousveil.ask.questions import Question
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.graph.rdf_terms import BOUND_TERMS
from sousveil.ledger.lookup import find_entity
from sousveil.stores.protocol import Cell, Row, Store
from sousveil.vocabulary.namespaces import TERM
from sousveil.vocabulary.words import did_you_mean, fold, with_article

_BOUND_SYMBOLS = {TERM + fold(label): symbol for symbol, label in BOUND_TERMS.items()}


_FAR = 1_000
"""The distance of evidence that does not lead to the document."""


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One claim of an answer: what the store said of it, and the claim with its evidence.

    `steps` is how many relays lie between the nearest evidence and the document itself.
    """

    cells: dict[str, Cell]
    claim: ClaimView
    evidence_ids: tuple[str, ...]
    steps: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was asked, of which case, what was found, and what is not known."""

    question: Question
    parameters: dict[str, str]
    case_title: str
    digest: str
    rows: tuple[AnswerRow, ...]
    not_known: tuple[str, ...]


def ask(
    question: Question, parameters: Mapping[str, str], words: CaseWords, store: Store
) -> Answer:
    """Ask a store that holds the case.

    Args:
        question: what to ask.
        parameters: a name, an alias or an IRI for each parameter of the question.
        words: the case's labels and claims in the profile that the answer is for.
        store: any store; the answer does not depend on which.

    Raises UsageError for unknown, missing or ill-typed parameters.
    """
    bound = _bind(question, parameters, words)
    views = {view.id: view for view in words.claims()}
    rows = _rows(question, store.rows(question.text(store.dialect), bound), views)
    header = words.tables.header
    return Answer(
        question=question,
        parameters={name: words.labels[iri] for name, iri in bound.items()},
        case_title=header.title,
        digest=words.tables.digest(),
        rows=rows,
        not_known=_not_known(question, rows, words),
    )


def check_parameters(question: Question, given: Mapping[str, str]) -> None:
    """Raise UsageError for parameters that the question does not have, or that are missing.

    Needs no case, so that a misspelt option is told before a case is read.
    """
    names = [p.name for p in question.parameters]
    for name in given:
        if name not in names:
            hint = did_you_mean(name, names) or f"; it takes: {', '.join(names)}"
            raise UsageError(f"the question '{question.name}' has no parameter '{name}'{hint}")
    for parameter in question.parameters:
        if parameter.name not in given:
            raise UsageError(
                f"the question '{question.name}' needs --{parameter.name} ({parameter.words}), "
                f"for example --{parameter.name} {parameter.example!r}"
            )


def _bind(question: Question, given: Mapping[str, str], words: CaseWords) -> dict[str, str]:
    check_parameters(question, given)
    bound: dict[str, str] = {}
    for parameter in question.parameters:
        try:
            iri = find_entity(words.tables, given[parameter.name])
        except UsageError as error:
            raise UsageError(f"--{parameter.name}: {error}") from error
        type_name = words.types[iri]
        if not words.vocabulary.is_a(type_name, parameter.classes):
            raise UsageError(
                f"--{parameter.name}: '{given[parameter.name]}' is {with_article(type_name)}, "
                f"wanted {' or '.join(parameter.classes)}"
            )
        bound[parameter.name] = iri
    return bound


def _rows(
    question: Question, found: list[Row], views: Mapping[str, ClaimView]
) -> tuple[AnswerRow, ...]:
    by_claim: dict[str, list[Row]] = {}
    apart = {"evidence", "steps", *(p.name for p in question.parameters)}
    for row in found:
        by_claim.setdefault(str(row["claim"]).rsplit("/", 1)[-1], []).append(row)
    rows = []
    for claim, group in by_claim.items():
        cells = {k: _plain(k, v) for k, v in group[0].items() if k not in apart}
        evidence = sorted({str(r["evidence"]).rsplit("/", 1)[-1] for r in group})
        steps = [n for n in (r.get("steps") for r in group) if isinstance(n, int)]
        rows.append(
            AnswerRow(
                cells=cells,
                claim=views[claim],
                evidence_ids=tuple(evidence),
                steps=min(steps, default=_FAR),
            )
        )
    ranks = {label: rank for rank, label in enumerate(question.relation_order)}

    def order(row: AnswerRow) -> tuple[Any, ...]:
        claim = row.claim
        near = row.steps if question.nearest_first else 0
        rank = ranks.get(claim.relation, len(ranks))
        return claim.subject, rank, near, not claim.accepted, claim.value, claim.id

    return tuple(sorted(rows, key=order))


def _plain(column: str, value: Cell) -> Cell:
    """Return a cell in the form that all stores share."""
    if column == "value" and value is not None:
        return str(value)
    if isinstance(value, str) and column == "bound":
        return _BOUND_SYMBOLS.get(value, value)
    if isinstance(value, str) and column == "standing":
        return value.removeprefix(TERM)
    return value


def _not_known(
    question: Question, rows: tuple[AnswerRow, ...], words: CaseWords
) -> tuple[str, ...]:
    """Return what is unknown, withheld or passed over in silence about the answer's things."""
    subjects = {row.claim.subject for row in rows}
    relations = set(question.gap_relations or question.relation_order)
    found: list[str] = []
    for claim in words.claims():
        known = claim.kind not in ("unknown", "withheld")
        if known or claim.subject not in subjects or claim.relation not in relations:
            continue
        says = sorted({e.source_label for e in claim.evidence if not e.discounted})
        found.append(f"{claim.relation}: {claim.value}, per {'; '.join(says)}")
    found += [
        f"{gap.relation}: not stated by {gap.source_label}"
        for gap in words.gaps()
        if gap.subject in subjects and gap.relation in relations
    ]
    return tuple(found)
