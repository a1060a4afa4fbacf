"""What sources disagree on, as findings with a file and a line: no mistakes, but to be seen."""

from __future__ import annotations

from pathlib import Path

from sousveil.graph.claim_words import ClaimView
from sousveil.ledger.profile import Profile
from sousveil.model.records import Problem, Severity
from sousveil.pipeline.case import Case
from sousveil.readers.case_folder import CaseRows


def findings(folder: Path, rows: CaseRows) -> list[Problem]:
    """Return drift, conflicts, differences and contradictory judgements of a case without errors.

    Each stands at the first evidence of the claim concerned; a pair of claims is told once.
    """
    with Case(folder, rows) as case:
        views = {view.id: view for view in case.words(Profile.PUBLIC).claims()}
        found = [
            _finding(view, remark)
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
                    found.append(_finding(views[a], f"{verb} {other.value} ({place})"))
        for sentence in case.contradictions:
            file, line, message = sentence.split(":", 2)
            found.append(_warning(file, int(line), message.strip()))
    return sorted(found, key=lambda p: (p.file, p.line or 0, p.message))


def _finding(view: ClaimView, remark: str) -> Problem:
    file, _, line = view.evidence[0].place.rpartition(":")
    return _warning(
        file, int(line), f"{view.subject_label}, {view.relation} {view.value}: {remark}"
    )


def _warning(file: str, line: int, message: str) -> Problem:
    return Problem(file=file, line=line, severity=Severity.WARNING, message=message)
