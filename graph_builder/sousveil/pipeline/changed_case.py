"""A case of which few source files changed, opened from its former tables.

Only the changed files are read; all rows of the others are taken from the tables. What follows from
several rows is computed anew, as for any case. Where anything is wrong, nothing is said here: the
case is then read as a whole, which tells all problems at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from sousveil.ledger.crosschecks import cross_check
from sousveil.ledger.digest import changed_row_hashes
from sousveil.ledger.profile import make_profiles
from sousveil.ledger.saved_tables import attach
from sousveil.ledger.tables import ClaimTables, memory_connection
from sousveil.model.records import Claim, Entity, Evidence, Problem, Source
from sousveil.model.tables import TABLES
from sousveil.pipeline.case import Case
from sousveil.pipeline.former_build import FormerTables
from sousveil.pipeline.strays import warn_of_strays
from sousveil.readers.case_folder import CaseRows, Known, read_case
from sousveil.readers.names import Named
from sousveil.standing.changed import compute_changed_standing
from sousveil.vocabulary.loading import load_vocabulary

if TYPE_CHECKING:
    from sousveil.readers.case_folder import Progress

_SPELLED = "SELECT value, entity FROM name WHERE scheme IN ('label', 'also')"
FORMER = "former"
"""The name of the database of the former tables, in the instance of the new ones."""


@dataclass(frozen=True, kw_only=True)
class ChangedCase:
    """A case that changed a little, beside its former tables.

    For `affected` claims (ids, former and new) anything may be otherwise now.
    """

    case: Case
    former: ClaimTables
    affected: set[str]


def changed_case(
    folder: Path,
    captures: tuple[Path, ...],
    former: FormerTables,
    progress: Progress | None = None,
) -> ChangedCase | None:
    """Return a case of which `former.changed` are the source files that changed.

    None where its header, an entity or the head of a source is another one, and where anything is
    wrong: the case must then be read as a whole.
    """
    with contextlib.suppress(duckdb.Error):
        connection = memory_connection()
        attach(connection, former.file, FORMER)
        tables = ClaimTables(former.header, connection)
        for name in TABLES:
            connection.execute(f'CREATE TABLE "{name}" AS FROM {FORMER}.main."{name}"')
        patched = _patched_case(folder, captures, former, tables, progress)
        if patched is None:
            tables.close()
            return None
        case, affected = patched
        was = ClaimTables(former.header, tables.side(FORMER, _use_former))
        was.known_hashes = former.hashes
        return ChangedCase(case=case, former=was, affected=affected)
    return None


def _use_former(side: duckdb.DuckDBPyConnection) -> None:
    side.execute(f"USE {FORMER}")


def _patched_case(
    folder: Path,
    captures: tuple[Path, ...],
    former: FormerTables,
    tables: ClaimTables,
    progress: Progress | None,
) -> tuple[Case, set[str]] | None:
    """The case with the ids of the claims for which anything may be otherwise than before."""
    vocabulary = load_vocabulary()
    kinds = dict(tables.query("SELECT file, type FROM source"))
    entities = {
        row[0]: Named(*row) for row in tables.query("SELECT iri, key, type, file, line FROM entity")
    }
    known = Known(
        entities=[
            *((named.key, named) for named in entities.values()),
            *((spelling, entities[iri]) for spelling, iri in tables.query(_SPELLED)),
        ],
        sealed=tables.records(Entity, "sealed"),
        kinds={file: kind for file, kind in kinds.items() if file not in former.changed},
    )
    rows = read_case(folder, vocabulary, captures, progress, known)
    if rows.problems.errors or rows.header != former.header:
        return None
    sources = {source.iri: source for source in tables.records(Source)}
    if any(sources.get(source.iri) != source for source in rows.sources):
        return None
    touched = _replace_rows(tables, rows, former.changed)
    tables.known_hashes = changed_row_hashes(tables, former.hashes, touched)
    if tables.query("SELECT 1 FROM evidence WHERE claim NOT IN (SELECT id FROM claim) LIMIT 1"):
        return None
    wanted = touched | {reference.claim.id for reference in rows.references}
    cross_check(
        replace(
            rows,
            sources=list(sources.values()),
            claims=_some(tables, Claim, "id", wanted),
            evidence=_some(tables, Evidence, "claim", touched),
        )
    )
    warn_of_strays(folder, rows.problems)
    if rows.problems.errors:
        return None
    told = set(rows.problems.rows)
    kept = (p for p in tables.records(Problem) if p.file in known.files)
    rows.problems.rows += [p for p in kept if p not in told]
    problems = rows.problems.sorted()
    _fill(tables, "problem", problems)
    _fill(tables, "private_name", rows.private_names)
    affected, contradictions = compute_changed_standing(tables, FORMER, vocabulary, touched)
    make_profiles(tables)
    case = Case.of_tables(folder, tables, vocabulary)
    case.problems, case.contradictions = problems, contradictions
    case.stories, case.gates = {story.key: story for story in rows.stories}, rows.gates
    return case, affected


def _replace_rows(tables: ClaimTables, rows: CaseRows, changed: Iterable[str]) -> set[str]:
    """Put what the changed files say in the place of what they said; returns the claims touched."""
    run, files = tables.connection.execute, [sorted(changed)]
    said = tables.column(
        "SELECT DISTINCT claim FROM evidence WHERE file IN (SELECT unnest(?::VARCHAR[]))", files
    )
    for name in ("evidence", "gap"):
        run(f"DELETE FROM {name} WHERE file IN (SELECT unnest(?::VARCHAR[]))", files)  # noqa: S608
    tables.insert("evidence", rows.evidence)
    tables.insert("gap", rows.gaps)
    run("DELETE FROM claim WHERE id NOT IN (SELECT claim FROM evidence WHERE stance = 'supports')")
    said_now = sorted({claim.id for claim in rows.claims})
    there = tables.column(
        "SELECT id FROM claim WHERE id IN (SELECT unnest(?::VARCHAR[]))", [said_now]
    )
    tables.insert("claim", [claim for claim in rows.claims if claim.id not in there])
    return said | {evidence.claim for evidence in rows.evidence}


def _some(tables: ClaimTables, record: Any, column: str, values: Iterable[str]) -> list[Any]:
    condition = f'"{column}" IN (SELECT unnest(?::VARCHAR[]))'
    return tables.records(record, condition, [sorted(values)])


def _fill(tables: ClaimTables, name: str, rows: list[Any]) -> None:
    tables.connection.execute(f'DELETE FROM "{name}"')  # noqa: S608
    tables.insert(name, rows)
