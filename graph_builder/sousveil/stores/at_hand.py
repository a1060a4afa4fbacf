"""Which optional engines are installed, told without importing them."""

from __future__ import annotations

from importlib.util import find_spec

from sousveil.errors import OutsideError


def cypher_at_hand() -> bool:
    """Tell whether the embedded Cypher engine is installed."""
    return find_spec("arcadedb") is not None


def check_cypher_at_hand() -> None:
    """Raise OutsideError where the embedded Cypher engine is not installed, and name the other."""
    if not cypher_at_hand():
        raise OutsideError(
            "the embedded Cypher engine is not installed; install sousveil[cypher] (Linux, macOS "
            "on arm64 and Windows have it), or ask a Neo4j server with --engine neo4j"
        )
