"""The command that answers questions: ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.output import OutputOption, format_of, write
from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    case_folder,
    opened,
    profile_named,
    progress,
    tell,
    tell_embargo,
)

if TYPE_CHECKING:
    from sousveil.ask.answers import Answer
    from sousveil.ask.questions import Question
    from sousveil.ledger.profile import Profile
    from sousveil.pipeline.asking import Server
    from sousveil.pipeline.case import Case
    from sousveil.standing.as_of import AsOf

HappenedOption = Annotated[
    str | None,
    typer.Option(
        "--happened",
        metavar="EDTF",
        help="Only what happened or held in that time; events of unknown day are left out and "
        "named, relations that have no time stay.",
    ),
]
ReportedOption = Annotated[
    str | None,
    typer.Option("--reported", metavar="EDTF", help="Only what had been published by then."),
]
RecordedOption = Annotated[
    str | None,
    typer.Option("--recorded", metavar="EDTF", help="Only what had been recorded here by then."),
]
EngineOption = Annotated[
    str,
    typer.Option(
        help="sparql (pyoxigraph), rdflib, cypher (embedded), neo4j, or all: compare them."
    ),
]
UriOption = Annotated[
    str | None,
    typer.Option(envvar="NEO4J_URI", help="The Neo4j server, such as bolt://localhost:7687."),
]
HelpOption = Annotated[
    bool, typer.Option("--help", help="Show this message, or what a question takes.")
]
UserOption = Annotated[str, typer.Option(envvar="NEO4J_USER", help="Its user.")]


def as_of_times(happened: str | None, reported: str | None, recorded: str | None) -> AsOf:
    """Return the three times, checked before a case is read."""
    from sousveil.standing.as_of import AsOf

    return AsOf(happened=happened, reported=reported, recorded=recorded)


@contextmanager
def opened_for(
    case: Path | None, captures: list[Path] | None, profile: Profile, as_of: AsOf | None = None
) -> Iterator[Case]:
    """Open a case to be asked: by its stores on disk where they hold all that the profile shows."""
    from sousveil.ledger.profile import Profile
    from sousveil.pipeline.kept import open_kept

    if profile is not Profile.PUBLIC:
        with opened(case, captures) as found:
            yield found.seen(as_of) if as_of else found
        return
    folder = case_folder(case)
    with progress("reading") as told:
        kept = open_kept(folder, tuple(captures or ()), told)
    with kept:
        yield kept.seen(as_of) if as_of else kept


def server_of(engine: str, uri: str | None, user: str) -> Server | None:
    """Return the Neo4j server that an engine needs, with its password, or takes if there is one.

    Raises UsageError before it asks for a password that nobody would need.
    """
    from sousveil.cli.exporting import password
    from sousveil.errors import UsageError
    from sousveil.pipeline.asking import Server

    if not uri and engine == "neo4j":
        raise UsageError("say which Neo4j server to ask, with --uri or NEO4J_URI")
    if not uri or engine not in ("neo4j", "all"):
        return None
    return Server(uri=uri, user=user, password=password())


def ask(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="A question by name; none: list.")
    ] = None,
    case: CaseOption = None,
    captures: CapturesOption = None,
    engine: EngineOption = "sparql",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", help="table, json, csv, md or html; by default as -o ends, else table."
        ),
    ] = None,
    json: JsonOption = False,
    output: OutputOption = None,
    profile: ProfileOption = "public",
    uri: UriOption = None,
    user: UserOption = "neo4j",
    happened: HappenedOption = None,
    reported: ReportedOption = None,
    recorded: RecordedOption = None,
    text: Annotated[
        str | None, typer.Option(help="Print the question's own text: sparql or cypher.")
    ] = None,
    help_: HelpOption = False,
) -> None:
    """Ask a named question; its parameters follow as --NAME VALUE.

    Without a question the list of them is shown; with a question and --help, what it answers,
    what not, and what it takes. A case may bring its own in a folder queries/.

    Example: sousveil ask who-received-benefits --giver Ring --body LAPD --case cases/ring-lapd
    """
    from sousveil.ask.formats import FORMATS, as_table
    from sousveil.ask.table_width import UNCUT
    from sousveil.errors import UsageError

    if question is None:
        write(context.get_help() if help_ else _list(_folders(case)), output)
        return
    if question.startswith("--"):
        raise UsageError("name the question first: sousveil ask QUESTION --NAME VALUE")
    if help_ or text:
        write(_about(question, _folders(case), text), output)
        return
    given = _pairs(context.args)
    name = format_of(format_, FORMATS, json=json, output=output)
    as_of = as_of_times(happened, reported, recorded)
    answer = _answer(question, given, case, captures, engine, profile, uri, user, as_of)
    if name == "table" and output is not None:
        write(as_table(answer, UNCUT), output)
    else:
        write(FORMATS[name](answer), output)


def _answer(
    question: str,
    given: dict[str, str],
    case: Path | None,
    captures: list[Path] | None,
    engine: str,
    profile_name: str,
    uri: str | None,
    user: str,
    as_of: AsOf,
) -> Answer:
    from sousveil.ask.parameters import check_parameters
    from sousveil.ask.questions import load_question
    from sousveil.errors import UsageError
    from sousveil.pipeline.asking import ENGINES, ask_engine, engines_at_hand

    if engine not in ENGINES:
        raise UsageError(f"no engine '{engine}'; there are: {', '.join(ENGINES)}")
    # Told before a case is read.
    check_parameters(load_question(question, _folders(case)), given)
    profile = profile_named(profile_name)
    server = server_of(engine, uri, user)
    with opened_for(case, captures, profile, as_of) as found:
        tell_embargo(found)
        answer = ask_engine(found, question, given, engine, profile, server)
        if engine == "all":
            tell(f"equal answers from: {', '.join(engines_at_hand(found, server))}")
        return answer


def _folders(case: Path | None) -> tuple[Path, ...]:
    """Return the folder with the case's own questions, where there is a case."""
    from sousveil.errors import UsageError

    try:
        own = case_folder(case) / "queries"
    except UsageError:
        if case is not None:
            raise
        return ()
    return (own,) if own.is_dir() else ()


def _pairs(arguments: list[str]) -> dict[str, str]:
    """Return --NAME VALUE and --NAME=VALUE pairs."""
    from sousveil.errors import UsageError

    found: dict[str, str] = {}
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"'{word}' has no --NAME before it")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not waiting:
                raise UsageError(f"--{name} needs a value")
            value = waiting.pop(0)
        if name in found:
            raise UsageError(f"--{name} is given twice")
        found[name] = value
    return found


_KINDS = {"entity": "NAME", "term": "TERM", "date": "DATE", "number": "NUMBER", "text": "TEXT"}


def _list(folders: tuple[Path, ...]) -> str:
    from sousveil.ask.questions import load_questions

    groups: dict[str, list[Question]] = {}
    for question in load_questions(folders):
        groups.setdefault(question.group, []).append(question)
    lines: list[str] = []
    for group, questions in groups.items():
        lines += [*([""] if lines else []), group]
        for question in questions:
            lines += _listed(question)
    return "\n".join(
        [*lines, "", "sousveil ask QUESTION --help says what a question answers and what it takes"]
    )


def _listed(question: Question) -> list[str]:
    taken = [f"--{p.name} {_KINDS[p.type]}" for p in question.parameters]
    asked = [t if p.required else f"[{t}]" for t, p in zip(taken, question.parameters, strict=True)]
    lines = [f"  {question.name}", f"    {question.title}"]
    return [*lines, *([f"    {' '.join(asked)}"] if asked else [])]


def _about(name: str, folders: tuple[Path, ...], language: str | None) -> str:
    from sousveil.ask.questions import load_question
    from sousveil.errors import UsageError
    from sousveil.stores.protocol import Dialect

    question = load_question(name, folders)
    if language is not None:
        try:
            return question.text(Dialect(language))
        except ValueError:
            raise UsageError(f"no language '{language}'; there are: sparql, cypher") from None
    lines = [
        question.name,
        question.title,
        "",
        f"It gives: {question.answers}",
        f"But: {question.does_not}",
    ]
    if question.needs:
        lines.append(f"Where the case has nothing, it needs: {question.needs}")
    lines += ["", "Parameters:" if question.parameters else "It takes no parameters."]
    for each in question.parameters:
        taken = f"; by default {each.default}" if each.default else ""
        taken = "; may be left out" if each.optional else taken
        kind = " or ".join(each.classes) or each.scheme or each.type
        lines.append(f"  --{each.name} ({kind})  {each.words}{taken}; for example {each.example}")
    lines += ["", "Columns:"]
    lines += [f"  {c.words} ({c.type})" for c in question.columns]
    return "\n".join([*lines, "", f"Example: {_example(question)}"])


def _example(question: Question) -> str:
    words = ["sousveil ask", question.name]
    for each in question.parameters:
        if each.required:
            value = f'"{each.example}"' if " " in each.example else each.example
            words.append(f"--{each.name} {value}")
    return " ".join(words)
