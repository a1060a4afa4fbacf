"""The commands, and how each kind of failure ends: 0 fine, 1 data, 2 usage, 3 outside."""

from __future__ import annotations

import io
import os
import sys

import typer

from sousveil.cli import INTERRUPTED
from sousveil.cli.analysing import analyse
from sousveil.cli.asking import ask
from sousveil.cli.cases import build, demo, new, source
from sousveil.cli.checking import check
from sousveil.cli.comparing import changes, impact
from sousveil.cli.embedding import embed
from sousveil.cli.exporting import export, neo4j_app
from sousveil.cli.ontology import ontology_app
from sousveil.cli.querying import query
from sousveil.cli.showing import show
from sousveil.cli.terminal import problem_lines, tell
from sousveil.cli.tracing import trace
from sousveil.errors import OutsideError, SousveilError

HELP = """
A knowledge graph of police surveillance, with the evidence of every edge.

A case is a folder of text files: what each source says, where. Sousveil checks it and builds RDF,
a Neo4j import script and an interactive page from it.

Example: sousveil demo ring-lapd
"""

_QUERY_INTERRUPTED = "Query interrupted"
"""What DuckDB says in a RuntimeError of its own when Ctrl-C reaches it first."""

app = typer.Typer(
    name="sousveil",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(new)
app.add_typer(source, name="source")
app.command()(check)
app.command()(build)
app.command()(show)
app.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(ask)
app.command()(trace)
app.command()(analyse)
app.command()(query)
app.command()(impact)
app.command()(changes)
app.command()(export)
app.command()(embed)
app.add_typer(neo4j_app, name="neo4j")
app.add_typer(ontology_app, name="ontology")


def _version(value: bool) -> None:  # noqa: FBT001
    if value:
        from sousveil import __version__

        typer.echo(f"sousveil {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(  # noqa: FBT001
        False,  # noqa: FBT003
        "--version",
        callback=_version,
        is_eager=True,
        help="Show the version and leave.",
    ),
) -> None:
    del version


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the pipe has seen enough
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        tell(f"sousveil: {error.filename or 'cannot write the output'}: {error.strerror}")
        return OutsideError.exit_code
    return code


def _run(arguments: list[str]) -> int:
    try:
        app(arguments)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    except SousveilError as error:
        return _failed(error)
    except RuntimeError as error:
        if str(error) == _QUERY_INTERRUPTED:
            return INTERRUPTED
        raise
    return 0


def _drop_output() -> None:
    """Send what is still to be flushed nowhere, or Python complains when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: SousveilError) -> int:
    from sousveil.pipeline.case import ProblemsFound

    if isinstance(error, ProblemsFound):
        for line in problem_lines(error.problems, error.folder):
            tell(line)
    notes: list[str] = getattr(error, "__notes__", [])
    tell(f"sousveil: {'; '.join([str(error), *notes])}")
    return error.exit_code
