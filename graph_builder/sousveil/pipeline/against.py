"""A case against what it was at a git revision, told in words, each change with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sousveil.errors import UsageError
from sousveil.ledger.changes import Change, ChangedClaim, compare
from sousveil.model.records import Claim, Kind, Problem, Severity, Stance
from sousveil.model.values import date_words, number_words
from sousveil.pipeline.past import case_at
from sousveil.readers.case_folder import CaseRows, read_case
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.terms import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Against:
    """What changed since a revision. `unread`: problems that hid claims of then from this check."""

    revision: str
    problems: tuple[Problem, ...]
    covered: tuple[Problem, ...]
    changes: tuple[dict[str, Any], ...]
    new: int
    unread: int


def check_against(folder: Path, rows: CaseRows, revision: str) -> Against:
    """Compare a case that was read without errors with what it was at a revision.

    Problems and covered changes stand where the claim stood then. Raises what
    `sousveil.pipeline.past.case_at` raises.
    """
    vocabulary = load_vocabulary()
    with case_at(folder, revision) as past:
        then = read_case(past, vocabulary)
    if then.header is None:
        raise UsageError(f"the case cannot be read as it was at '{revision}'")
    found = compare(then, rows)
    labels = _labels(then, vocabulary) | _labels(rows, vocabulary)
    told = [(each, _problem(each, labels, vocabulary, revision)) for each in found.changes]
    return Against(
        revision=revision,
        problems=tuple(p for each, p in told if each.covered is None),
        covered=tuple(p for each, p in told if each.covered is not None),
        changes=tuple(_data(each, p, labels, vocabulary) for each, p in told),
        new=found.new,
        unread=len(then.problems.errors),
    )


def _labels(rows: CaseRows, vocabulary: Vocabulary) -> dict[str, str]:
    labels = {term.iri: term.label for term in vocabulary.terms.values()}
    labels |= {source.iri: source.key for source in rows.sources}
    return labels | {entity.iri: entity.label for entity in rows.entities}


def _problem(
    each: ChangedClaim, labels: dict[str, str], vocabulary: Vocabulary, revision: str
) -> Problem:
    relation = vocabulary.relation_at(each.claim.predicate).label
    value = _value(each.claim, labels)
    what = f"{labels[each.claim.subject]}, {relation} {value}"
    if each.change is Change.CHANGED and each.now is not None:
        what += f": now {_value(each.now, labels)}"
    if each.change is Change.EVIDENCE_LOST:
        verb = "says so, others do" if each.stance == Stance.SUPPORTS else f"{each.stance} it"
        what += f": {labels[each.source]} no longer {verb}"
    if each.lost:
        what += f" ({', '.join(each.lost)})"
    decided = f", covered by {each.covered}" if each.covered else ""
    return Problem(
        file=each.file,
        line=each.line,
        severity=Severity.WARNING if each.covered else Severity.ERROR,
        message=f"{each.change} since {revision}{decided}: {what}",
    )


def _value(claim: Claim, labels: dict[str, str]) -> str:
    when = f" ({date_words(claim.during)})" if claim.during else ""
    match claim.kind:
        case Kind.ENTITY | Kind.TERM:
            words = labels.get(claim.object or "", claim.object or "")
        case Kind.NUMBER:
            words = number_words(claim.lexical or "", claim.bound)
        case Kind.DATE:
            words = date_words(claim.lexical or "")
        case Kind.TEXT:
            words = f"'{claim.lexical}'"
        case _:
            words = claim.kind
    return " ".join(words.split()) + when


def _data(
    each: ChangedClaim, problem: Problem, labels: dict[str, str], vocabulary: Vocabulary
) -> dict[str, Any]:
    return {
        "change": each.change,
        "claim": each.claim.id,
        "subject": each.claim.subject,
        "relation": vocabulary.relation_at(each.claim.predicate).label,
        "was": _value(each.claim, labels),
        "now": _value(each.now, labels) if each.now else None,
        "lost": list(each.lost),
        "source": each.source,
        "file": each.file,
        "line": each.line,
        "covered": each.covered,
        "message": problem.message,
    }
