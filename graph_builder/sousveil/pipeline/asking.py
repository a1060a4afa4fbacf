"""A question put to a server, or to several stores that must agree."""

from __future__ import annotations

from collections.abc import Mapping

from sousveil.ask.answers import Answer
from sousveil.errors import OutsideError, SousveilError
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.stores.neo4j_store import Neo4jStore


class StoresDisagree(SousveilError):
    """Two stores gave different answers to one question."""


def ask_neo4j(
    case: Case,
    question: str,
    parameters: Mapping[str, str],
    profile: Profile,
    uri: str,
    user: str,
    password: str,
) -> Answer:
    """Ask a Neo4j server that holds this case as it is now.

    Raises OutsideError when the server is away or holds another state of the case.
    """
    with Neo4jStore(uri, user, password) as store:
        base = case.tables.header.base
        digest = store.loaded_digest(base)
        if digest != case.tables.digest():
            state = "an older state of this case" if digest else "nothing of this case"
            raise OutsideError(
                f"Neo4j at {uri} holds {state}; run `sousveil neo4j load --uri {uri}` first"
            )
        return case.ask(question, parameters, store=store, profile=profile)


def ask_all(
    case: Case,
    question: str,
    parameters: Mapping[str, str],
    profile: Profile,
    uri: str,
    user: str,
    password: str,
) -> Answer:
    """Ask pyoxigraph and Neo4j; raises StoresDisagree unless rows and evidence are equal."""
    first = case.ask(question, parameters, profile=profile)
    second = ask_neo4j(case, question, parameters, profile, uri, user, password)
    if first.rows != second.rows:
        raise StoresDisagree(
            f"pyoxigraph and Neo4j answer '{question}' differently: "
            f"{len(first.rows)} and {len(second.rows)} rows"
        )
    return first
