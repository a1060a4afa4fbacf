"""A question put to a store by name, or to every store at hand, which must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sousveil.ask.answers import ask
from sousveil.ask.questions import load_question
from sousveil.errors import OutsideError, SousveilError, UsageError
from sousveil.graph.property_nodes import GRAPH_SHAPE
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.pipeline.case_answer import CaseAnswer
from sousveil.stores.at_hand import cypher_at_hand
from sousveil.stores.protocol import Dialect, Store

if TYPE_CHECKING:
    from sousveil.stores.neo4j_store import Neo4jStore

ENGINES = ("sparql", "rdflib", "cypher", "neo4j", "all")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A Neo4j server: its Bolt address and whom to be there."""

    uri: str
    user: str
    password: str


class StoresDisagree(SousveilError):
    """Two stores gave different answers to one question."""


@contextmanager
def opened_store(
    case: Case, engine: str, profile: Profile = Profile.PUBLIC, server: Server | None = None
) -> Iterator[Store]:
    """Open one store that holds the case as it is now.

    Args:
        engine: sparql (pyoxigraph), rdflib, cypher (the embedded engine) or neo4j.
        server: for neo4j, which one; it must hold this state of the case.

    Raises OutsideError when a server is away or holds another state, or an engine is missing.
    """
    with ExitStack() as stack:
        if engine == "sparql":
            yield stack.enter_context(case.store(Dialect.SPARQL, profile))
        elif engine == "cypher":
            yield stack.enter_context(case.store(Dialect.CYPHER, profile))
        elif engine == "rdflib":
            from sousveil.stores.rdflib_store import RdflibStore

            graph = stack.enter_context(RdflibStore())
            graph.load_case(case, profile)
            yield graph
        elif engine == "neo4j":
            if server is None:
                raise UsageError("say which Neo4j server to ask, with --uri or NEO4J_URI")
            yield stack.enter_context(opened_server(case, server))
        else:
            raise UsageError(f"no engine '{engine}'; there are: {', '.join(ENGINES)}")


@contextmanager
def opened_server(case: Case, server: Server) -> Iterator[Neo4jStore]:
    """Open a Neo4j server that holds the case as it is now.

    Raises OutsideError when it is away or holds another state, UsageError for a case as of a time.
    """
    from sousveil.stores.neo4j_store import Neo4jStore

    if case.as_of:
        raise UsageError(
            "a Neo4j server holds the case as it is now; ask as of a time with --engine sparql or "
            "--engine cypher"
        )
    with Neo4jStore(server.uri, server.user, server.password) as store:
        base = case.tables.header.base
        digest = store.loaded_digest(base)
        state = None
        if digest is None:
            state = "nothing of this case"
        elif digest != case.tables.digest():
            state = "an older state of this case"
        elif store.loaded_shape(base) != (GRAPH_SHAPE, case.vocabulary.version):
            state = "this case as another version of sousveil loaded it"
        if state is not None:
            raise OutsideError(
                f"Neo4j at {server.uri} holds {state}; "
                f"run `sousveil neo4j load --uri {server.uri}` first"
            )
        yield store


def ask_engine(
    case: Case,
    question: str,
    parameters: Mapping[str, str],
    engine: str = "sparql",
    profile: Profile = Profile.PUBLIC,
    server: Server | None = None,
) -> CaseAnswer:
    """Ask one engine, or with `all` every one at hand, which must agree.

    At hand are pyoxigraph, rdflib, the embedded Cypher engine where it is installed, and Neo4j
    where a server is named. Raises StoresDisagree unless rows and evidence are equal.
    """
    if engine == "all":
        return ask_all(case, question, parameters, profile, server)
    named = load_question(question, case.question_folders)
    with opened_store(case, engine, profile, server) as store:
        answer = ask(
            named,
            parameters,
            case.words(profile),
            store,
            as_of=case.as_of.words(),
            left_out=case.left_out,
        )
        return CaseAnswer.of(answer, case.words(profile))


def engines_at_hand(case: Case, server: Server | None) -> list[str]:
    """Return the engines that `all` asks."""
    found = ["sparql", "rdflib"]
    if cypher_at_hand():
        found.append("cypher")
    if server is not None and not case.as_of:
        found.append("neo4j")
    return found


def ask_all(
    case: Case,
    question: str,
    parameters: Mapping[str, str],
    profile: Profile = Profile.PUBLIC,
    server: Server | None = None,
) -> CaseAnswer:
    """Ask every engine at hand; raises StoresDisagree unless rows and evidence are equal."""
    answers = {
        engine: ask_engine(case, question, parameters, engine, profile, server)
        for engine in engines_at_hand(case, server)
    }
    (first, wanted), *others = answers.items()
    for engine, answer in others:
        if answer.rows != wanted.rows or answer.not_known != wanted.not_known:
            raise StoresDisagree(
                f"{first} and {engine} answer '{question}' differently: "
                f"{len(wanted.rows)} and {len(answer.rows)} rows; report this"
            )
    return wanted
