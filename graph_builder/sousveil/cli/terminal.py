"""What all commands share: opening a case, telling progress, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sousveil.ledger.profile import Profile
    from sousveil.model.records import Problem
    from sousveil.pipeline.case import Case

CaseArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="CASE", help="The case folder; by default the one you stand in, upwards."
    ),
]
CaseOption = Annotated[
    Path | None,
    typer.Option("--case", help="The case folder; by default the one you stand in, upwards."),
]
CapturesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--captures",
        exists=True,
        file_okay=False,
        help="A folder with saved documents; may be given again.",
    ),
]
ProfileOption = Annotated[
    str,
    typer.Option(
        "--profile", help="public: no withheld names, no notes. desk: everything, stamped."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def one_case(argument: Path | None, option: Path | None) -> Path | None:
    """Return the case that a command takes as its argument or by --case."""
    from sousveil.errors import UsageError

    if argument is not None and option is not None:
        raise UsageError(f"the case is named twice: '{argument}' and --case '{option}'")
    return option if argument is None else argument


def case_folder(given: Path | None) -> Path:
    """Return the case folder that is meant."""
    from sousveil.errors import UsageError
    from sousveil.readers.case_place import CASE_FILE, find_case

    if given is None:
        return find_case(Path.cwd())
    if not (given / CASE_FILE).is_file():
        above = next((f for f in given.absolute().parents if (f / CASE_FILE).is_file()), None)
        hint = f"; '{given}' lies in the case '{above.name}': name that folder" if above else ""
        raise UsageError(f"'{given}' is no case folder: it has no {CASE_FILE}{hint}")
    return given


def profile_named(name: str) -> Profile:
    """Return a profile by name."""
    from sousveil.errors import UsageError
    from sousveil.ledger.profile import Profile

    try:
        return Profile(name)
    except ValueError:
        raise UsageError(f"no profile '{name}'; there are: public, desk") from None


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done, on a terminal only and never in what is piped on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(title)) as status:
        yield lambda step: status.update(Text(f"{title}: {step}"))


def tell_embargo(case: Case) -> None:
    """Tell on standard error that what was made of a case is not for publication yet."""
    header = case.tables.header
    if header.embargo:
        from sousveil.pipeline.release import embargo_mark

        tell(embargo_mark(header))


@contextmanager
def opened(given: Path | None, captures: list[Path] | None) -> Iterator[Case]:
    """Open a case while a command runs."""
    from sousveil.pipeline.case import Case

    folder = case_folder(given)
    with progress("reading") as told:
        case = Case.open(folder, tuple(captures or ()), told)
    with case:
        yield case


_NAMED = 3
"""So many files of several are named."""


def first_of(files: list[str]) -> str:
    """Return the first files by name, and how many more there are."""
    from sousveil.vocabulary.words import counted

    more = len(files) - _NAMED
    return ", ".join(files[:_NAMED]) + (f" and {counted(more, 'more file')}" if more > 0 else "")


def say(text: str) -> None:
    """Print a result to standard output as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def tell(text: str) -> None:
    """Print a remark to standard error."""
    sys.stderr.write(text + "\n")


def say_json(data: Any) -> None:
    """Print JSON."""
    say(json.dumps(data, ensure_ascii=False, indent=2))


def problem_lines(problems: list[Problem], folder: Path) -> list[str]:
    """Return problems as lines with paths that an editor can open from here."""
    try:
        shown = folder.absolute().relative_to(Path.cwd())
    except ValueError:
        shown = folder.absolute()
    prefix = "" if shown == Path() else f"{shown.as_posix()}/"
    return [f"{prefix}{problem}" for problem in problems]
