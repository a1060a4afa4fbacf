"""A trace by the case's own tables, by a Neo4j server that holds the case, or by both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sousveil.ask.path_finders import PathFinder, TablePaths
from sousveil.ask.server_paths import SECONDS, ServerPaths
from sousveil.ask.trace import HOPS, PATHS, Trace, trace
from sousveil.ask.trace_graph import Wanted
from sousveil.errors import UsageError
from sousveil.ledger.profile import Profile
from sousveil.pipeline.asking import Server, StoresDisagree, opened_server
from sousveil.pipeline.case import Case
from sousveil.standing.as_of import AsOf

TRACE_ENGINES = ("tables", "neo4j", "all")


def check_engine(engine: str, as_of: AsOf) -> None:
    """Raise UsageError for an engine that is not there, or that cannot look at another time."""
    if engine not in TRACE_ENGINES:
        raise UsageError(f"no engine '{engine}'; there are: {', '.join(TRACE_ENGINES)}")
    if engine != "tables" and as_of:
        raise UsageError(
            "a Neo4j server holds the case as it is now; trace as of a time by the case's own "
            "tables: leave --uri out, or say --engine tables"
        )


def _named(server: Server | None) -> Server:
    if server is None:
        raise UsageError("say which Neo4j server to ask, with --uri or NEO4J_URI")
    return server


@contextmanager
def opened_finder(
    case: Case, engine: str, server: Server | None, seconds: float
) -> Iterator[PathFinder]:
    """Open what finds paths: tables, or neo4j; a server must hold this state of the case."""
    if engine == "tables":
        yield TablePaths(case.words())
        return
    with opened_server(case, _named(server)) as store:
        yield ServerPaths(store, case.tables.header.base, seconds=seconds)


def trace_engine(
    case: Case,
    start: str,
    end: str,
    wanted: Wanted | None = None,
    *,
    most: int = PATHS,
    hops: int = HOPS,
    via: Sequence[str] = (),
    engine: str = "tables",
    profile: Profile = Profile.PUBLIC,
    server: Server | None = None,
    seconds: float = SECONDS,
) -> Trace:
    """Return the best paths between two things (IRIs), as ask.trace.trace does, by one engine.

    Args:
        engine: tables, neo4j, or all: both, which must agree.
        server: for neo4j and all, which one; it must hold this state of the case.
        seconds: how long a server may take.

    Raises UsageError for a time that a server does not hold or when the seconds are over,
    OutsideError for a server that is away or holds another state, StoresDisagree unless paths,
    costs and claims are equal.
    """
    check_engine(engine, case.as_of)
    if engine != "tables":
        _named(server)
    found: list[Trace] = []
    for each in ("tables", "neo4j") if engine == "all" else (engine,):
        with opened_finder(case, each, server, seconds) as finder:
            found.append(
                trace(
                    case.words(profile),
                    start,
                    end,
                    wanted,
                    most=most,
                    hops=hops,
                    via=via,
                    as_of=case.as_of.words(),
                    left_out=case.left_out,
                    finder=finder,
                )
            )
    if found[0] != found[-1]:
        raise StoresDisagree(
            f"tables and neo4j trace this differently: {len(found[0].paths)} and "
            f"{len(found[-1].paths)} paths; report this"
        )
    return found[0]
