"""What the shapes of the ontology refuse in a case's RDF, as problems with a file and a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from sousveil.graph.shapes import Violation, violations
from sousveil.ledger.profile import Profile
from sousveil.model.records import Problem, Severity
from sousveil.pipeline.case import Case
from sousveil.readers.case_folder import CaseRows
from sousveil.readers.case_place import CASE_FILE

_WHY = {
    "Class": "is of a class that it does not take",
    "Datatype": "is not of the datatype that it takes",
    "HasValue": "lacks a value that it must have",
    "In": "is not one of the values that it takes",
    "MaxCount": "has more values than it may",
    "MinCount": "is missing",
    "MinInclusive": "is too small",
    "Node": "is not a term of its list",
    "NodeKind": "is not an IRI",
    "Or": "fits none of what it takes",
    "Pattern": "does not have the form that it takes",
    "Xone": "fits none, or more than one, of what it may be",
}


def shape_problems(folder: Path, rows: CaseRows) -> list[Problem]:
    """Return what the shapes refuse in a case without errors; raises OutsideError without pyrudof.

    The graph is the desk's (it holds all that the public one holds), with the graphs accepted and
    derived: only there do things have their relations and derived links their nodes.
    """
    with Case(folder, rows) as case:
        return problems_of(case, statements(case))


def statements(case: Case) -> set[ox.Triple]:
    """Return all statements of a case, of all its graphs, for the shapes."""
    return {quad.triple for quad in case.quads(Profile.DESK)}


def problems_of(case: Case, graph: Iterable[ox.Triple]) -> list[Problem]:
    """Return what the shapes refuse in a graph of this case, at the place it comes from."""
    places = _Places(case)
    found = {places.problem(violation) for violation in violations(graph)}
    return sorted(found, key=lambda p: (p.file, p.line or 0, p.message))


class _Places:
    """Leads from a node of the graph to the line of a case file that it was made from."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.base = case.tables.header.base
        query = case.tables.query
        self.at: dict[str, tuple[str, int]] = {self.base: (CASE_FILE, 1)}
        for table in ("entity", "source"):
            for iri, file, line in query(f"SELECT iri, file, line FROM {table}"):  # noqa: S608
                self.at[iri] = (file, line)
        evidence = query(
            "SELECT claim, hash, file, line FROM evidence ORDER BY file DESC, line DESC"
        )
        for claim, hash_, file, line in evidence:
            self.at[f"{self.base}evidence/{hash_}"] = (file, line)
            self.at[f"{self.base}claim/{claim}"] = (file, line)
        for id_, claims in query("SELECT id, claims FROM derived_link"):
            first = self.at.get(f"{self.base}claim/{min(claims)}")
            if first:
                self.at[f"{self.base}derived/{id_}"] = first
        for table in ("decision", "judgement"):
            for number, file, line in query(
                f"SELECT sequence, file, line FROM {table}"  # noqa: S608
            ):
                self.at[f"{self.base}{table}/{number}"] = (file, line)
        gaps = query(
            "SELECT file, line FROM gap ORDER BY subject, predicate, source, passage, file, line"
        )
        for number, place in enumerate(gaps, start=1):
            self.at[f"{self.base}gap/{number}"] = (place[0], place[1])
        self.claims = {
            (subject, predicate, object_ or lexical): claim
            for claim, subject, predicate, object_, lexical in query(
                "SELECT id, subject, predicate, object, lexical FROM claim ORDER BY id DESC"
            )
        }

    def problem(self, violation: Violation) -> Problem:
        """Return a violation as a problem of the line it comes from, or of the case as a whole."""
        file, line = self._place(violation)
        what = f"{self._name(violation.focus)}: "
        if violation.path:
            what += f"'{self._label(violation.path)}' "
        why = _WHY.get(violation.component, f"breaks the rule {violation.component}")
        shown = f" ({self._name(violation.value)})" if violation.value and violation.path else ""
        return Problem(
            file=file, line=line, severity=Severity.ERROR, message=f"shape: {what}{why}{shown}"
        )

    def _place(self, violation: Violation) -> tuple[str, int | None]:
        value = (violation.value or "").strip("<>")
        if value.startswith('"'):
            value = value[1 : value.rindex('"')]
        claim = self.claims.get((violation.focus, violation.path or "", value))
        if claim:
            return self.at[f"{self.base}claim/{claim}"]
        node = violation.focus
        while node.startswith(self.base):
            if node in self.at:
                return self.at[node]
            shorter = node.rpartition("/")[0]
            node = shorter if shorter != node else ""
        return CASE_FILE, None

    def _label(self, path: str) -> str:
        try:
            return self.case.vocabulary.relation_at(path).label
        except KeyError:
            return path.rpartition("#")[2]

    def _name(self, node: str) -> str:
        return node.strip("<>").removeprefix(self.base) or "the case"
