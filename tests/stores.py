"""The stores that tests run over, made for a case: one list for every contract and question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from sousveil.stores.at_hand import cypher_at_hand
from sousveil.stores.neo4j_store import Neo4jStore
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Store
from sousveil.stores.rdflib_store import RdflibStore
from tests.servers import Neo4jServer, unavailable

StoreMaker = Callable[[pytest.FixtureRequest, Path], Store]


def oxigraph(request: pytest.FixtureRequest, folder: Path) -> Store:
    return OxigraphStore(folder / "oxigraph")


def oxigraph_in_memory(request: pytest.FixtureRequest, folder: Path) -> Store:
    return OxigraphStore()


def rdflib(request: pytest.FixtureRequest, folder: Path) -> Store:
    return RdflibStore()


def require_cypher() -> None:
    """End the test where the embedded Cypher engine is not there: in CI that is a failure."""
    if not cypher_at_hand():
        unavailable("cypher", "the embedded Cypher engine is not installed")


def embedded_cypher(request: pytest.FixtureRequest, folder: Path) -> Store:
    require_cypher()
    from sousveil.stores.arcade_store import ArcadeStore

    return ArcadeStore(folder / "cypher")


def neo4j(request: pytest.FixtureRequest, folder: Path) -> Store:
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    server.wipe()  # of what another file's tests loaded
    return Neo4jStore(server.uri, server.user, server.password)


MAKERS: dict[str, StoreMaker] = {
    "oxigraph": oxigraph,
    "rdflib": rdflib,
    "embedded Cypher": embedded_cypher,
    "neo4j": neo4j,
}
STORES = [
    pytest.param(make, id=name, marks=[pytest.mark.neo4j] if name == "neo4j" else [])
    for name, make in {**MAKERS, "oxigraph in memory": oxigraph_in_memory}.items()
]


def filled(make: StoreMaker, case: Case, request: pytest.FixtureRequest, folder: Path) -> Store:
    """Return a store that holds the case."""
    store = make(request, folder)
    store.load_case(case)
    return store
