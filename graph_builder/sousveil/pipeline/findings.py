"""What sources disagree on, as findings with a file and a line: no mistakes, but to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sousveil.graph.claim_words import ClaimView
from sousveil.ledger.profile import Profile
from sousveil.model.records import Problem, Severity
from sousveil.pipeline.case import Case
from sousveil.pipeline.release import shown_though_retracted
from sousveil.readers.case_folder import CaseRows
from sousveil.resolve.duplicates import probable_duplicates


def findings(folder: Path, rows: CaseRows) -> list[Problem]:
    """Return what a person must look at in a case without errors.

    That is drift, conflicts, differences and contradictory judgements, events that may be one, and
    steps of stories that show what is retracted.
    Each stands at the first evidence of the claim concerned, or where the entity is entered; a
    pair is told once.
    """
    with Case(folder, rows) as case:
        views = {view.id: view for view in case.words(Profile.PUBLIC).claims()}
        found = [
            _of_claim(view, remark)
            for view in views.values()
            for remark in view.remarks
            if remark.startswith("drifted")
        ]
        drifted = {view.id for view in views.values() if "drifted" in view.flags}
        for table, verb in (("conflict", "conflicts with"), ("difference", "differs from")):
            for a, b in case.tables.query(
                f"SELECT DISTINCT least(a, b), greatest(a, b) FROM {table} ORDER BY ALL"  # noqa: S608
            ):
                if not {a, b} & drifted:
                    other = views[b]
                    place = other.evidence[0].place
                    found.append(_of_claim(views[a], f"{verb} {other.value} ({place})"))
        for sentence in case.contradictions:
            file, line, message = sentence.split(":", 2)
            found.append(_finding(file, int(line), message.strip()))
        found += _duplicates(case)
        found += _shown_though_retracted(case, rows)
    return sorted(found, key=lambda p: (p.file, p.line or 0, p.message))


def _shown_though_retracted(case: Case, rows: CaseRows) -> Iterator[Problem]:
    """Steps of stories that show a claim which no counted evidence supports any more."""
    told = {story.file for story in rows.stories if story.correction}
    shown = {r.claim.id: r for r in rows.references if r.verb == "shown" and r.file not in told}
    for claim, message in shown_though_retracted(case.words(Profile.PUBLIC), shown):
        yield _finding(shown[claim.id].file, shown[claim.id].line, message)


def _duplicates(case: Case) -> Iterator[Problem]:
    places = {
        iri: (key, file, line)
        for iri, key, file, line in case.tables.query("SELECT iri, key, file, line FROM entity")
    }
    words = case.words(Profile.PUBLIC)
    for pair in probable_duplicates(case.tables, case.vocabulary):
        relation = case.vocabulary.relation_at(pair.predicate).label
        if pair.value is None:
            shared = f"the same {relation}, word for word"
        else:
            shared = f"the same {relation} ({words.labels[pair.value]}) and more, no difference"
        (left, file, line), (right, other, place) = places[pair.left], places[pair.right]
        yield _finding(
            file,
            line,
            f"'{left}' and '{right}' ({other}:{place}) may be one {words.types[pair.left]}: "
            f"{shared}; say same, different or unsure in judgements.csv",
        )


def _of_claim(view: ClaimView, remark: str) -> Problem:
    file, _, line = view.evidence[0].place.rpartition(":")
    return _finding(
        file, int(line), f"{view.subject_label}, {view.relation} {view.value}: {remark}"
    )


def _finding(file: str, line: int, message: str) -> Problem:
    return Problem(file=file, line=line, severity=Severity.FINDING, message=message)
