"""Neo4j constraints from the ontology: what is unique, what must be there, what is a key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sousveil.vocabulary.terms import Vocabulary

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@cache
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


def enterprise_constraints(
    vocabulary: Vocabulary, required: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the constraints that only Neo4j Enterprise knows, one statement each.

    They come on top of the uniqueness constraints: with those, `iri` that must be there is the key
    of a node. `required` is what `required_properties` returns. The claim is the key of a direct
    relationship, and the derived link that of a derived one.
    """
    must = {(c.name, c.unique_key) for c in vocabulary.classes.values() if c.unique_key}
    must |= {(name, _PROPERTIES.get(path, path)) for name, path in required}
    found = [
        f"CREATE CONSTRAINT {quoted(f'sousveil_{name.lower()}_{key}_exists')} IF NOT EXISTS "
        f"FOR (n:{quoted(name)}) REQUIRE n.{quoted(key)} IS NOT NULL"
        for name, key in sorted(must)
    ]
    types = {r.type: "claim" for r in vocabulary.relations.values() if r.type}
    types |= {r.type: "link" for r in vocabulary.derived if r.type}
    return found + [
        f"CREATE CONSTRAINT {quoted(f'sousveil_{type_.lower()}_{key}')} IF NOT EXISTS "
        f"FOR ()-[r:{quoted(type_)}]-() REQUIRE (r.{quoted(key)}) IS RELATIONSHIP KEY"
        for type_, key in sorted(types.items())
    ]


_PROPERTIES = {"label": "name", "inCase": "case"}
"""The property keys that are not the local name of what they hold."""
