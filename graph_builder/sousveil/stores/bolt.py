"""Cypher by Bolt: the one way to a Neo4j server and to the embedded engine alike."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from typing import Any, LiteralString, cast
from uuid import uuid4

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
)
from neo4j.graph import Node, Path, Relationship

from sousveil.errors import OutsideError, UsageError
from sousveil.stores.cypher_text import refused_clause
from sousveil.stores.protocol import Bound, Cell, Found, Limits, TimedOut

_PLACES = (
    re.compile(r"\(line (\d+), column (\d+) \(offset: \d+\)\)"),  # Neo4j
    re.compile(r"\bline (\d+):(\d+)"),  # ArcadeDB
)
_OURS = """
SHOW TRANSACTIONS YIELD transactionId, metaData
WHERE metaData.sousveil = $mark RETURN transactionId
"""
_TIMED_OUT = "TransactionTimedOut"
_WRITES = ("AccessMode", "Forbidden")

Parameter = Bound | Sequence[Any] | Mapping[str, Any]
"""What a parameter of Cypher can be: lists and maps hold what Bolt can send as it is."""


class BoltConnection:
    """A driver, the database it asks, and its failures in our words.

    Args:
        uri, auth: where, and as whom.
        server: what messages call it.
        database: None for the server's default.
        terminates: whether the server can be told to end a transaction (Neo4j), so that Ctrl-C
            ends the query there too.
    """

    def __init__(
        self,
        uri: str,
        auth: tuple[str, str],
        server: str,
        database: str | None = None,
        *,
        terminates: bool = False,
    ) -> None:
        self.server = server
        self.database = database
        self._mark = {"sousveil": uuid4().hex} if terminates else None
        # What a small case lacks is no news: the driver would print each label that is not there.
        logging.getLogger("neo4j.notifications").setLevel(logging.CRITICAL)
        self.driver = neo4j.GraphDatabase.driver(
            uri, auth=auth, connection_timeout=10, max_transaction_retry_time=5
        )

    def close(self) -> None:
        """Close the driver."""
        self.driver.close()

    def found(self, text: str, parameters: Mapping[str, Parameter], limits: Limits) -> Found:
        """Answer a query in a read transaction, within limits."""
        with (
            self.driver.session(
                database=self.database, default_access_mode=neo4j.READ_ACCESS
            ) as session,
            session.begin_transaction(timeout=limits.seconds, metadata=self._mark) as transaction,
        ):
            try:
                sent = {n: _sent(v) for n, v in parameters.items()}
                result = transaction.run(as_query(text), sent)
                columns = tuple(result.keys())
                wanted = result if limits.rows is None else islice(result, limits.rows + 1)
                rows = [dict(zip(columns, map(cell, r.values()), strict=True)) for r in wanted]
            except KeyboardInterrupt:  # rolling back would wait until the query has ended
                self._terminate()
                raise
        more = limits.rows is not None and len(rows) > limits.rows
        return Found(columns=columns, rows=tuple(rows[: limits.rows]), more=more)

    def _terminate(self) -> None:
        """Have the server end what this connection's queries still do, where it can be told so."""
        if not self._mark:
            return
        with suppress(Neo4jError, DriverError), self.driver.session() as session:
            found = session.run(_OURS, mark=self._mark["sousveil"]).value()
            session.run("TERMINATE TRANSACTIONS $found", found=found).consume()

    @contextmanager
    def own_query(self, text: str, limits: Limits) -> Iterator[None]:
        """Turn the failures of somebody's own query into UsageError, with line and column."""
        try:
            yield
        except (ClientError, Forbidden) as error:
            code = error.code or ""
            if _TIMED_OUT in code or "command.timeout" in (error.message or ""):
                raise TimedOut(
                    f"the query was stopped after {limits.seconds or 0:g} s; narrow it, or allow "
                    "more time with --seconds"
                ) from error
            if code.endswith(_WRITES):
                what = refused_clause(text) or "the query"
                raise UsageError(
                    f"{what} would write or read from outside the graph, and queries are "
                    f"read-only: {self.server} refused it"
                ) from error
            if isinstance(error, AuthError):
                raise
            raise UsageError(_placed(error.message or str(error))) from error

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Turn the driver's exceptions into OutsideError."""
        try:
            yield
        except AuthError as error:
            raise OutsideError(
                f"{self.server} refuses the user or the password; "
                "set NEO4J_USER and NEO4J_PASSWORD, or answer the prompt"
            ) from error
        except ServiceUnavailable as error:
            raise OutsideError(
                f"{self.server} does not answer; is the server running, and is this its "
                f"Bolt address? ({_first_line(error)})"
            ) from error
        except ClientError as error:
            raise OutsideError(f"{self.server} refuses the request: {error.message}") from error
        except (Neo4jError, DriverError) as error:
            raise OutsideError(f"{self.server} failed: {_first_line(error)}") from error


def as_query(query: str) -> LiteralString:
    """Pass a text as a query: the driver's types allow literals only."""
    return cast(Any, query)  # type: ignore[no-any-return]


def runner(
    run: Callable[..., neo4j.Result],
) -> Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]:
    """Return a function that runs a query of ours and returns its records as dicts."""

    def runs(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [dict(record) for record in run(text, dict(parameters))]

    return runs


def _sent(value: Parameter) -> Any:
    """Return a parameter as the property graph keeps it: days and IRIs are text there."""
    return value.isoformat() if isinstance(value, date) else value


def cell(value: Any) -> Cell:
    """Return a value of a record in the form that all stores share."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Node():
            return {"labels": sorted(value.labels), "properties": cell(dict(value.items()))}
        case Relationship():
            return {
                "type": value.type,
                "start": _iri(value.start_node),
                "end": _iri(value.end_node),
                "properties": cell(dict(value.items())),
            }
        case Path():
            return {
                "nodes": [cell(node) for node in value.nodes],
                "relationships": [cell(each) for each in value.relationships],
            }
        case list() | tuple():
            return [cell(each) for each in value]
        case dict():
            return {str(key): cell(each) for key, each in value.items()}
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _iri(node: Node | None) -> Cell:
    return None if node is None else node.get("iri")


def _placed(message: str) -> str:
    """Return a message with its line and column first, where the server names them."""
    first = message.strip().splitlines()[0] if message.strip() else "the query is not Cypher"
    for pattern in _PLACES:
        found = pattern.search(message)
        if found:
            said = pattern.sub("", first).replace("Syntax error at", "").strip(" -:")
            return f"line {found[1]}, column {found[2]}: {said or 'this is not Cypher'}"
    return f"the query is wrong: {first}"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
