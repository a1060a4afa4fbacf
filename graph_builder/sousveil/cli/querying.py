"""Commands for those who write SPARQL or Cypher: query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.asking import UriOption, UserOption, opened_for, server_of
from sousveil.cli.output import format_of
from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    profile_named,
    say,
    tell,
)

if TYPE_CHECKING:
    from sousveil.graph.case_words import CaseWords
    from sousveil.stores.protocol import Bound

ENGINES = {"sparql": ("sparql", "rdflib"), "cypher": ("cypher", "neo4j")}


def query(
    sparql: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file with a SELECT; - reads standard input."),
    ] = None,
    cypher: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file with Cypher; - reads standard input."),
    ] = None,
    case: CaseOption = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[:TYPE]=VALUE",
            help="A parameter, $NAME in Cypher and ?NAME in SPARQL (which must select it). TYPE is "
            "text, entity, iri, number or date. May be given again.",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long it may run.")] = 30,
    rows: Annotated[int, typer.Option(min=1, help="How many rows are shown.")] = 1000,
    engine: Annotated[
        str | None,
        typer.Option(help="For SPARQL: sparql or rdflib. For Cypher: cypher (embedded) or neo4j."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="table, json, csv or md.")] = "table",
    json: JsonOption = False,
    uri: UriOption = None,
    user: UserOption = "neo4j",
) -> None:
    """Run your own query, read-only, with a time limit; docs/ has a cookbook for each language.

    Example: sousveil query --cypher gifts.cypher --case cases/ring-lapd
    """
    from sousveil.ask.found_formats import FOUND_FORMATS
    from sousveil.errors import UsageError
    from sousveil.pipeline.asking import opened_store
    from sousveil.stores.protocol import Limits

    if (sparql is None) == (cypher is None):
        raise UsageError("say --sparql FILE or --cypher FILE (- is standard input)")
    language = "sparql" if sparql is not None else "cypher"
    chosen = engine or language
    if chosen not in ENGINES[language]:
        raise UsageError(
            f"no engine '{chosen}' for {language}; there are: {', '.join(ENGINES[language])}"
        )
    name = format_of(format_, FOUND_FORMATS, json=json)
    text = _text(sparql or cypher or Path("-"))
    wanted = profile_named(profile)
    server = server_of(chosen, uri, user)
    with opened_for(case, captures, wanted) as found:
        bound = dict(_bound(each, found.words(wanted)) for each in param or [])
        with opened_store(found, chosen, wanted, server) as store:
            result = store.read(text, bound, Limits(seconds=seconds, rows=rows))
    if language == "sparql":
        missing = [each for each in bound if each not in result.columns]
        if missing:
            raise UsageError(
                f"SELECT ?{missing[0]} as well: a parameter that is not selected is not bound"
            )
    say(FOUND_FORMATS[name](result))
    if result.more:
        shown = "row is" if rows == 1 else f"{rows} rows are"
        tell(f"only the first {shown} shown; allow more with --rows")


def _text(path: Path) -> str:
    from sousveil.errors import UsageError

    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read '{path}': {error.strerror}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"'{path}' is not UTF-8: byte {error.start}") from error


def _bound(word: str, words: CaseWords) -> tuple[str, Bound]:
    from datetime import date

    from sousveil.errors import UsageError
    from sousveil.ledger.lookup import find_entity
    from sousveil.stores.protocol import Iri

    head, equals, value = word.partition("=")
    name, _, kind = head.partition(":")
    if not equals or not name.isidentifier():
        raise UsageError(f"--param '{word}': write NAME=VALUE or NAME:TYPE=VALUE")
    try:
        match kind or "text":
            case "text":
                return name, value
            case "entity":
                return name, Iri(find_entity(words.tables, value))
            case "iri":
                return name, Iri(value)
            case "number":
                return name, float(value) if "." in value else int(value)
            case "date":
                return name, date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--param {name}: '{value}' is no {kind}") from None
    raise UsageError(
        f"--param {name}: no type '{kind}'; there are: text, entity, iri, number, date"
    )
