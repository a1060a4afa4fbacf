"""Commands that hand a case on: export, neo4j load."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.output import named_file
from sousveil.cli.terminal import (
    CapturesOption,
    CaseArgument,
    CaseOption,
    ProfileOption,
    one_case,
    opened,
    profile_named,
    progress,
    say,
    tell_embargo,
)

if TYPE_CHECKING:
    from sousveil.ledger.profile import Profile
    from sousveil.pipeline.case import Case

neo4j_app = typer.Typer(no_args_is_help=True, help="A Neo4j server.")


def export(
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="turtle (ttl), nquads (nq), rdf12 (N-Quads of RDF 1.2), jsonld, graphml, gexf, "
            "csv (a folder), cypher, ftm (FollowTheMoney) or pyvis.",
        ),
    ],
    case: CaseOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A file, for csv a folder; by default standard output."
        ),
    ] = None,
    graph: Annotated[
        str | None,
        typer.Option(help="For turtle, which graph: claims (by default), accepted or derived."),
    ] = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
) -> None:
    """Write a case in one format to a file or to standard output.

    FollowTheMoney takes accepted claims only, and only what it has a schema for; every other
    format holds all claims with their standing.

    Example: sousveil export nquads --case cases/ring-lapd > ring.nq
    """
    from sousveil.errors import UsageError
    from sousveil.pipeline.export import (
        FOLDER_FORMATS,
        export_bytes,
        export_folder,
        format_named,
    )
    from sousveil.pipeline.strays import write_output

    wanted = profile_named(profile)
    name = format_named(format_, graph)
    file = named_file(output)
    if name in FOLDER_FORMATS and file is None:
        raise UsageError(f"{name} is several files: name a folder with -o")
    with opened(case, captures) as found:
        tell_embargo(found)
        if name in FOLDER_FORMATS and file is not None:
            files = export_folder(found, name, wanted, file)
            say(f"wrote {file}: {', '.join(files)}")
            return
        data = export_bytes(found, format_, wanted, graph)
    if file is None:
        sys.stdout.buffer.write(data)
    else:
        write_output(file, data)
        say(f"wrote {file}")


@neo4j_app.command("load")
def neo4j_load(
    uri: Annotated[str, typer.Option(envvar="NEO4J_URI", help="Its Bolt address.")],
    case: CaseArgument = None,
    case_option: CaseOption = None,
    user: Annotated[str, typer.Option(envvar="NEO4J_USER", help="Its user.")] = "neo4j",
    database: Annotated[str | None, typer.Option(help="The database, if not the default.")] = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
) -> None:
    """Load a case by Bolt, with the constraints of the ontology; loading again changes nothing.

    The password is read from NEO4J_PASSWORD, or asked for; it is never an argument. Only nodes of
    this case are changed.

    Example: sousveil neo4j load cases/ring-lapd --uri bolt://localhost:7687
    """
    wanted = profile_named(profile)
    secret = password()
    with opened(one_case(case, case_option), captures) as found:
        load_server(found, wanted, uri, (user, secret), database)


def load_server(
    case: Case, profile: Profile, uri: str, login: tuple[str, str], database: str | None
) -> None:
    """Load a server and say what was loaded; `login` is the user and the password."""
    from sousveil.stores.neo4j_store import Neo4jStore
    from sousveil.vocabulary.words import counted

    user, secret = login
    graph = case.property_graph(profile)
    with progress(f"loading {uri}") as told, Neo4jStore(uri, user, secret, database) as store:
        done = {"nodes": 0, "relationships": 0}

        def count(kind: str, number: int) -> None:
            done[kind] += number
            told(f"{done['nodes']} nodes, {done['relationships']} relationships")

        store.load(graph, case.vocabulary, count)
    nodes = counted(len(graph.nodes), "node")
    say(f"loaded {nodes} and {counted(len(graph.relationships), 'relationship')} into {uri}")


def password() -> str:
    """Return the password from the environment, or ask for it on a terminal."""
    from sousveil.errors import UsageError

    found = os.environ.get("NEO4J_PASSWORD")
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise UsageError("set NEO4J_PASSWORD; there is no terminal to ask for the password")
    return str(typer.prompt("Neo4j password", hide_input=True, err=True))
