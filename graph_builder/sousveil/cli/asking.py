"""Commands that answer: show, ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    opened,
    profile_named,
    say,
    say_json,
)

if TYPE_CHECKING:
    from sousveil.ask.answers import Answer


def show(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A name, a key or an IRI.")],
    case: CaseOption = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
    json: JsonOption = False,
) -> None:
    """Show one entity: every claim about it with its evidence, retracted ones too.

    Example: sousveil show Pillar --case cases/ring-lapd
    """
    from sousveil.ledger.lookup import find_entity
    from sousveil.view.entity_text import entity_data, entity_text

    wanted = profile_named(profile)
    with opened(case, captures) as found:
        words = found.words(wanted)
        iri = find_entity(found.tables, entity)
        if json:
            say_json(entity_data(words, iri))
        else:
            say(entity_text(words, iri))


def ask(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="A question by name; none: list.")
    ] = None,
    case: CaseOption = None,
    captures: CapturesOption = None,
    engine: Annotated[
        str, typer.Option(help="sparql (no server needed), neo4j, or all: compare them.")
    ] = "sparql",
    format_: Annotated[str, typer.Option("--format", help="table, json, csv or md.")] = "table",
    json: JsonOption = False,
    profile: ProfileOption = "public",
    uri: Annotated[
        str, typer.Option(envvar="NEO4J_URI", help="The Neo4j server of --engine neo4j.")
    ] = "bolt://localhost:7687",
    user: Annotated[str, typer.Option(envvar="NEO4J_USER", help="Its user.")] = "neo4j",
) -> None:
    """Ask a named question; its parameters follow as --NAME VALUE.

    Without a question the list of them is shown.

    Example: sousveil ask who-received-benefits --giver Ring --body LAPD --case cases/ring-lapd
    """
    from sousveil.ask.formats import FORMATS
    from sousveil.errors import UsageError

    if question is None:
        say(_list())
        return
    if question.startswith("--"):
        raise UsageError("name the question first: sousveil ask QUESTION --NAME VALUE")
    given = _pairs(context.args)
    name = "json" if json else format_
    if name not in FORMATS:
        raise UsageError(f"no format '{name}'; there are: {', '.join(FORMATS)}")
    if engine not in ("sparql", "neo4j", "all"):
        raise UsageError(f"no engine '{engine}'; there are: sparql, neo4j, all")
    say(FORMATS[name](_answer(question, given, case, captures, engine, profile, uri, user)))


def _answer(
    question: str,
    given: dict[str, str],
    case: Path | None,
    captures: list[Path] | None,
    engine: str,
    profile_name: str,
    uri: str,
    user: str,
) -> Answer:
    from sousveil.ask.answers import check_parameters
    from sousveil.ask.questions import load_question
    from sousveil.cli.exporting import password
    from sousveil.pipeline.asking import ask_all, ask_neo4j

    check_parameters(load_question(question), given)  # told before a case is read
    profile = profile_named(profile_name)
    with opened(case, captures) as found:
        if engine == "sparql":
            return found.ask(question, given, profile=profile)
        asking = ask_neo4j if engine == "neo4j" else ask_all
        return asking(found, question, given, profile, uri, user, password())


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


def _list() -> str:
    from sousveil.ask.questions import load_question, question_names

    lines = []
    for name in question_names():
        question = load_question(name)
        lines += [name, f"  {question.title}"]
        lines += [f"  --{p.name}  {p.words}; for example {p.example}" for p in question.parameters]
    return "\n".join(lines)
