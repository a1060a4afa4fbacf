"""Commands on a case folder: demo, new, source, build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.terminal import (
    CapturesOption,
    CaseArgument,
    CaseOption,
    ProfileOption,
    case_folder,
    first_of,
    one_case,
    problem_lines,
    profile_named,
    progress,
    say,
    tell,
    tell_embargo,
)

if TYPE_CHECKING:
    from sousveil.pipeline.case import Case

UriOption = Annotated[
    str | None,
    typer.Option(
        "--uri", help="Also load this Neo4j server; the password is in NEO4J_PASSWORD or asked for."
    ),
]
UserOption = Annotated[
    str, typer.Option("--user", envvar="NEO4J_USER", help="The user of the Neo4j server.")
]

source = typer.Typer(no_args_is_help=True, help="Source files: what a saved document is and says.")


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Where the case goes; by default the case's name."),
    ] = None,
    case: Annotated[
        str, typer.Option("--case", metavar="NAME", help="ring-lapd, or the smaller police-tools.")
    ] = "ring-lapd",
    uri: UriOption = None,
    user: UserOption = "neo4j",
) -> None:
    """Copy a bundled case, build it, say what to open.

    Example: sousveil demo my-case --case police-tools
    """
    from sousveil.pipeline.scaffold import copy_demo

    target = folder or Path(case)
    copy_demo(target, case)
    say(f"copied the case '{case}' to {target}")
    _build(target, None, None, "public", uri, user)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The case to start.")],
    title: Annotated[str | None, typer.Option(help="The title of the case.")] = None,
    base: Annotated[
        str | None, typer.Option(help="The IRI that every name of the case begins with.")
    ] = None,
) -> None:
    """Start an empty case that passes `check`.

    Example: sousveil new riverton --title "Riverton police and its cameras"
    """
    from sousveil.pipeline.scaffold import new_case

    for line in new_case(folder, title, base):
        say(line)


@source.command("new")
def source_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The saved document, as text.")],
    case: CaseOption = None,
    key: Annotated[str | None, typer.Option(help="The key, by default from the name.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    kind: Annotated[str, typer.Option(help="Its kind, such as NewsArticle.")] = "NewsArticle",
    publisher: Annotated[str | None, typer.Option(help="An agent of the case.")] = None,
    published: Annotated[str, typer.Option(help="When it was published.")] = "not stated",
    read: Annotated[str | None, typer.Option(help="The day you read it.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address on the web.")] = None,
) -> None:
    """Write a source file for a saved document, and show its passages by number.

    The document is copied to the case's captures/ folder, which git ignores; the source file holds
    the hash of each passage, and no word of it.

    Example: sousveil source new article.txt --publisher "LA Times" --published 2021-06-17
    """
    from sousveil.pipeline.scaffold import new_source

    header = {
        "title": title,
        "kind": kind,
        "publisher": publisher,
        "published": published,
        "url": url,
        "read": read,
    }
    for line in new_source(case_folder(case), file, key, header):
        say(line)


@source.command("passages")
def source_passages(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The saved document, as text.")],
) -> None:
    """Show the passages of a saved document by number.

    Example: sousveil source passages captures/article.txt
    """
    from sousveil.pipeline.scaffold import passage_lines

    for line in passage_lines(file):
        say(line)


def build(
    case: CaseArgument = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder; by default CASE/build.")
    ] = None,
    case_option: CaseOption = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
    uri: UriOption = None,
    user: UserOption = "neo4j",
) -> None:
    """Build RDF, a Neo4j import script, the interactive page and the report.

    The folder is replaced as a whole, or not at all; where nothing changed since the last build,
    nothing is done.

    Example: sousveil build cases/ring-lapd -o build/ring-lapd
    """
    _build(one_case(case, case_option), output, captures, profile, uri, user)


def _build(
    given: Path | None,
    output: Path | None,
    captures: list[Path] | None,
    profile_name: str,
    uri: str | None,
    user: str,
) -> None:
    from sousveil.pipeline.last_state import changed_since, stands
    from sousveil.pipeline.unchanged import state_of
    from sousveil.pipeline.writing import built_profile, clear_beside, must_be_ours

    profile = profile_named(profile_name)
    source = case_folder(given)
    folder = output or source / "build"
    documents = tuple(captures or ())
    secret = ""
    if uri:
        from sousveil.cli.exporting import password

        secret = password()  # before the work, which nobody then waits for in vain
    state = state_of(source, documents, profile)
    if uri is None and stands(source, folder, state):
        must_be_ours(folder.resolve())
        clear_beside(folder)
        say(f"nothing changed: {folder} holds this build already; report.md is its overview")
        say(f"open {folder / 'index.html'} in a browser")
        return
    from sousveil.pipeline.build import build as build_case
    from sousveil.pipeline.former_files import open_to_build
    from sousveil.view.report import overview_text

    with _former_build_stands(folder), progress("reading") as told:
        opened, former = open_to_build(source, documents, profile, folder, state, told)
    if former:
        changed = sorted(former.build.tables.changed)
    else:
        changed = changed_since(source, folder, state)
    replaced = built_profile(folder)
    with opened as case:
        with _former_build_stands(folder), progress("building") as told:
            names = build_case(case, folder, profile, told, state, former)
        _remark(case)
        say(overview_text(case.overview(profile)) + _not_looked_for(case))
        if changed:
            what = former.remark if former else "all is made anew"
            say(f"changed since the last build: {first_of(changed)}; {what}")
        say(f"wrote {folder}: {_listed(names)}")
        if replaced not in ("", profile):
            say(f"the {replaced} build that stood there is gone: this one is {profile}")
        say(f"open {folder / 'index.html'} in a browser")
        if uri:
            from sousveil.cli.exporting import load_server

            load_server(case, profile, uri, (user, secret), None)


@contextmanager
def _former_build_stands(folder: Path) -> Iterator[None]:
    """Add to the failure of a case that cannot be built that its former build is as it was."""
    from sousveil.pipeline.build import NameWouldLeave
    from sousveil.pipeline.case import ProblemsFound
    from sousveil.pipeline.writing import MARK

    try:
        yield
    except (ProblemsFound, NameWouldLeave) as error:
        if (folder / MARK).is_file():
            error.add_note(f"the former build in {folder} still stands")
        raise


def _listed(names: list[str]) -> str:
    """The files by name, those in folders as a number for each folder."""
    found = [name for name in names if "/" not in name]
    folders: dict[str, int] = {}
    for name in names:
        if "/" in name:
            folder = name.partition("/")[0]
            folders[folder] = folders.get(folder, 0) + 1
    return ", ".join([*found, *(f"{folder}/ ({count})" for folder, count in folders.items())])


def _not_looked_for(case: Case) -> str:
    """Name whose withheld names are not at hand, so that no output was searched for them."""
    from sousveil.ledger.crosschecks import unknown_names
    from sousveil.model.records import Decision, Entity, PrivateName

    records = case.tables.records
    names = unknown_names(records(Entity, "sealed"), records(PrivateName), records(Decision))
    if not names:
        return ""
    return (
        f"withheld names not at hand, and not looked for in what was built: {', '.join(names)} "
        "(private/names.yaml has them where they are kept)\n"
    )


def _remark(case: Case) -> None:
    for line in [*problem_lines(case.problems, case.folder), *case.contradictions]:
        tell(line)
    tell_embargo(case)
