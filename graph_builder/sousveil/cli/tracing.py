"""Commands that follow claims from thing to thing: trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.asking import (
    HappenedOption,
    RecordedOption,
    ReportedOption,
    UriOption,
    UserOption,
    as_of_times,
    opened_for,
    server_of,
)
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
    from sousveil.ask.trace import Trace
    from sousveil.ask.trace_graph import Wanted
    from sousveil.graph.case_words import CaseWords


def trace(
    context: typer.Context,
    things: Annotated[
        list[str], typer.Argument(metavar="FROM TO", help="Names, keys or IRIs of two things.")
    ],
    case: CaseOption = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
    all_between: Annotated[
        bool,
        typer.Option(
            "--all-between",
            help="Join any number of things by as little as will do; by the tables only.",
        ),
    ] = False,
    paths: Annotated[int, typer.Option("--paths", "-k", min=1, help="How many paths.")] = 3,
    max_hops: Annotated[int, typer.Option(min=1, max=12, help="The longest path.")] = 4,
    via: Annotated[
        list[str] | None, typer.Option(help="A thing to pass; may be given again.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(help="A thing not to pass; may be given again.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Standings, such as documented,reported; by default what is accepted."),
    ] = None,
    relations: Annotated[
        str | None, typer.Option(help="Relations, such as 'giver,receiver'; by default all.")
    ] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Follow claims from subject to object only.")
    ] = False,
    json: JsonOption = False,
    happened: HappenedOption = None,
    reported: ReportedOption = None,
    recorded: RecordedOption = None,
    engine: Annotated[
        str | None,
        typer.Option(
            help="tables (the case's own), neo4j, or all: compare them. By default the tables; "
            "neo4j where --uri is given."
        ),
    ] = None,
    uri: UriOption = None,
    user: UserOption = "neo4j",
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a server may look.")] = 30,
) -> None:
    """Find the best documented paths between two things, with the evidence of every hop.

    Strong and short paths come first; passing through what many things are joined to costs more,
    and the path says so. Without a path, what comes nearest is told.

    The exit code is 0 without a path too, as it is of a question without rows: that this case
    joins two things by nothing is an answer. In --json `paths` is empty then. 1 tells of problems
    in the case, or of engines that disagree; 2 of a wrong call; 3 of what failed outside.

    Example: sousveil trace Ring LAPD --case cases/ring-lapd
    """
    from sousveil.errors import UsageError
    from sousveil.pipeline.tracing import check_engine, trace_engine

    as_of = as_of_times(happened, reported, recorded)
    chosen = _engine(context, engine)
    check_engine(chosen, as_of)
    if all_between and chosen != "tables":
        raise UsageError(
            "--all-between joins things by the case's own tables only: leave --uri out, or say "
            "--engine tables"
        )
    if not all_between and len(things) != 2:
        raise UsageError(
            "trace takes two things: sousveil trace FROM TO; "
            "use --all-between to join more, and quotes around names with spaces"
        )
    wanted_profile = profile_named(profile)
    server = None if chosen == "tables" else server_of("neo4j", uri, user)
    with opened_for(case, captures, wanted_profile, as_of) as found:
        words = found.words(wanted_profile)
        wanted = _wanted(words, only, relations, avoid or [], directed=directed)
        ends = [_thing(words, name) for name in things]
        passed = [_thing(words, name) for name in via or []]
        if all_between:
            say(_joined(words, wanted, ends, max_hops, json=json))
            return
        if ends[0] == ends[1]:
            raise UsageError(f"both ends are {words.labels[ends[0]]}; name two things")
        traced = trace_engine(
            found,
            ends[0],
            ends[1],
            wanted,
            most=paths,
            hops=max_hops,
            via=passed,
            engine=chosen,
            profile=wanted_profile,
            server=server,
            seconds=seconds,
        )
    say(_written(traced, json=json))
    if chosen == "all":
        tell("equal paths from: tables, neo4j")


def _engine(context: typer.Context, engine: str | None) -> str:
    """Return the engine that is meant: an address in the environment alone chooses no server."""
    from sousveil.errors import UsageError

    given = context.get_parameter_source("uri")
    named = given is not None and given.name == "COMMANDLINE"
    if named and engine == "tables":
        raise UsageError(
            "--uri names a server, and --engine tables asks none: leave one of them out"
        )
    return engine or ("neo4j" if named else "tables")


def _written(traced: Trace, *, json: bool) -> str:
    import json as json_module

    from sousveil.ask.trace import trace_text

    if json:
        return json_module.dumps(traced.as_dict(), ensure_ascii=False, indent=2)
    return trace_text(traced)


def _joined(words: CaseWords, wanted: Wanted, things: list[str], hops: int, *, json: bool) -> str:
    import json as json_module

    from sousveil.ask.joining import HOW, joining_paths
    from sousveil.ask.trace import claim_lines, in_words
    from sousveil.ask.trace_graph import open_graph
    from sousveil.errors import UsageError
    from sousveil.vocabulary.words import counted

    if len(set(things)) < 2:
        raise UsageError("--all-between joins at least two things")
    graph = open_graph(words, wanted)
    paths, groups = joining_paths(graph, sorted(set(things)), hops=hops)
    told = in_words(paths, words)
    claims = {c.id: c for path in told for hop in path.hops for c in hop.claims}
    if json:
        data = {
            "how": HOW,
            "groups": groups,
            "things": sorted({t for path in told for t in path.things} | set(things)),
            "claims": [claims[i].as_dict() for i in sorted(claims)],
        }
        return json_module.dumps(data, ensure_ascii=False, indent=2)
    lines = [f"joined by {counted(len(told), 'path')}; how: {HOW}"]
    if len(groups) > 1:
        names = [" and ".join(words.labels[t] for t in group) for group in groups]
        lines.append(f"no path within {counted(hops, 'hop')} between: {' | '.join(names)}")
    for path in told:
        lines += ["", " - ".join(words.labels[t] for t in path.things)]
        lines += [f"  {line}" for h in path.hops for c in h.claims for line in claim_lines(c)]
        lines += [f"  ! {text}" for text in path.hubs]
    return "\n".join(lines)


def _thing(words: CaseWords, name: str) -> str:
    from sousveil.ledger.lookup import find_entity

    return find_entity(words.tables, name)


def _wanted(
    words: CaseWords,
    only: str | None,
    relations: str | None,
    avoid: list[str],
    *,
    directed: bool,
) -> Wanted:
    from sousveil.ask.trace import wanted_claims

    return wanted_claims(
        words,
        only=_listed(only),
        relations=_listed(relations),
        directed=directed,
        avoid=[_thing(words, name) for name in avoid],
    )


def _listed(words: str | None) -> list[str]:
    return [word.strip() for word in (words or "").split(",") if word.strip()]
