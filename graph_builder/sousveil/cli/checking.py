"""The command that tells what is wrong with a case: check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.terminal import (
    CapturesOption,
    CaseArgument,
    CaseOption,
    JsonOption,
    case_folder,
    first_of,
    one_case,
    problem_lines,
    progress,
    say,
    say_json,
    tell,
)
from sousveil.vocabulary.words import counted

if TYPE_CHECKING:
    from sousveil.model.records import Problem
    from sousveil.pipeline.against import Against
    from sousveil.readers.case_folder import CaseRows

FINDINGS = (
    "findings are no mistakes in the files, but for an editor to look at: where sources disagree, "
    "what may be one event, a story that shows what is retracted; --strict makes them count"
)


def check(
    case: CaseArgument = None,
    case_option: CaseOption = None,
    captures: CapturesOption = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Findings count: drift, differences, conflicts, duplicates."),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            help="Also tell which claims vanished or changed since this git revision without a "
            "decision 'correct' or 'retract source'.",
        ),
    ] = None,
    shacl: Annotated[
        bool,
        typer.Option("--shacl", help="Check the RDF against the ontology's shapes too (pyrudof)."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Tell every problem of a case as file:line, and what sources disagree on.

    Problems end with exit code 1; findings (drift, differences, conflicts, events that may be one)
    do so with --strict. With --against, a claim that vanished or changed and that no decision
    accounts for is a problem; its line is the one where it stood at that revision. --shacl
    validates the RDF that the case makes against the shapes of the ontology; the everyday check
    refuses the same, and sooner.

    Example: sousveil check cases/ring-lapd --captures ~/articles

    Example: sousveil check cases/ring-lapd --against HEAD~1
    """
    from sousveil.pipeline.against import check_against
    from sousveil.pipeline.case import check_case
    from sousveil.pipeline.findings import findings

    folder = case_folder(one_case(case, case_option))
    past = None
    with progress("checking") as told:
        rows = check_case(folder, tuple(captures or ()), told)
        errors = len(rows.problems.errors)
        found = [] if errors else findings(folder, rows)
        if against is not None and not errors:
            past = check_against(folder, rows, against)
        if shacl and not errors:
            from sousveil.pipeline.shape_problems import shape_problems

            told("shapes")
            rows.problems.rows += shape_problems(folder, rows)
            errors = len(rows.problems.errors)
        elif shacl:
            tell("the shapes were not checked: there are problems in the files, mend them first")
    if json:
        _say_data(rows, found, past, against)
    else:
        _say_lines(rows, found, past, against, folder)
    if errors or (strict and found) or (past and past.problems):
        raise typer.Exit(1)


def _say_data(
    rows: CaseRows, found: list[Problem], past: Against | None, against: str | None
) -> None:
    listed = [{k: getattr(p, k) for k in p.__dataclass_fields__} for p in rows.problems.sorted()]
    listed += [{k: getattr(p, k) for k in p.__dataclass_fields__} for p in found]
    if against is None:
        say_json(listed)
        return
    since = None
    if past is not None:
        since = {"revision": against, "changes": list(past.changes), "new": past.new}
        since["problemsThen"] = past.unread
    say_json({"problems": listed, "against": since})


def _say_lines(
    rows: CaseRows,
    found: list[Problem],
    past: Against | None,
    against: str | None,
    folder: Path,
) -> None:
    for line in problem_lines([*rows.problems.sorted(), *found], folder):
        say(line)
    say(_counts(rows, found))
    if found:
        say(FINDINGS)
    if past is not None:
        for line in problem_lines([*past.problems, *past.covered], folder):
            say(line)
        unread = f"; {counted(past.unread, 'problem')} then, which may hide claims"
        say(
            f"since {past.revision}: {len(past.problems)} changed without a decision, "
            f"{len(past.covered)} covered by one, {counted(past.new, 'new claim')}"
            f"{unread if past.unread else ''}"
        )
    elif against is not None:
        say(f"not compared with {against}: put the problems right first")


def _counts(rows: CaseRows, found: list[Problem]) -> str:
    """Return what was found in how much; findings are looked for only where there is no problem."""
    errors = len(rows.problems.errors)
    warnings = len(rows.problems.sorted()) - errors
    told = [counted(errors, "problem") if errors else "no problems"]
    told += [counted(warnings, "warning")] if warnings else []
    if not errors:
        told.append(counted(len(found), "finding") if found else "no findings")
    read = f"{counted(len(rows.sources), 'source')}, {counted(len(rows.claims), 'claim')}"
    return f"{', '.join(told)} in {read}{_unchecked(rows)}"


def _unchecked(rows: CaseRows) -> str:
    """Say what is not at hand, so that quotations, passages or names could not be checked."""
    from sousveil.ledger.crosschecks import unknown_names

    said = ""
    if missing := sorted(rows.missing_captures):
        some = any(source.capture and source.capture not in missing for source in rows.sources)
        named = f" ({first_of(missing)})" if some else ""
        said += f"; {counted(len(missing), 'capture')} not at hand{named}, words not checked there"
    if names := unknown_names(rows.entities, rows.private_names, rows.decisions):
        said += f"; {counted(len(names), 'withheld name')} not at hand, not looked for anywhere"
    return said
