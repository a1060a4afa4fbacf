"""Neo4j constraints from the ontology's pg:unique annotations."""

from __future__ import annotations

import re

from sousveil.vocabulary.terms import Vocabulary

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def quoted(name: str) -> str:
    """Return a label, type or key of the ontology, quoted for Cypher.

    Raises ValueError for a name that the ontology lint would refuse; text from a source is never
    passed here.
    """
    if not _SAFE.fullmatch(name):
        raise ValueError(f"not a name for a property graph: {name!r}")
    return f"`{name}`"


def uniqueness_constraints(vocabulary: Vocabulary) -> list[str]:
    """Return the constraints that Neo4j Community knows, one statement each."""
    return [
        f"CREATE CONSTRAINT {quoted(f'sousveil_{c.name.lower()}_{c.unique_key}')} IF NOT EXISTS "
        f"FOR (n:{quoted(c.name)}) REQUIRE n.{quoted(c.unique_key)} IS UNIQUE"
        for c in vocabulary.classes.values()
        if c.unique_key
    ]
