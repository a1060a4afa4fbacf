"""The elements of a labelled property graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

Scalar = str | int | float | bool | list[str]


class Node(NamedTuple):
    """A node: labels most special first, properties without nulls; `iri` is its key."""

    labels: tuple[str, ...]
    properties: dict[str, Scalar]

    @property
    def iri(self) -> str:
        """The node's IRI."""
        iri: str = self.properties["iri"]  # type: ignore[assignment]
        return iri


class Relationship(NamedTuple):
    """A relationship: `key` tells parallel ones of a type apart, and is a property of it.

    A tuple, as nodes are: a big case has a hundred thousand of them.
    """

    type: str
    start: str
    end: str
    key: str
    properties: dict[str, Scalar]

    @property
    def all_properties(self) -> dict[str, Scalar]:
        """The properties with the key among them."""
        return {**self.properties, "key": self.key}


@dataclass(frozen=True, kw_only=True)
class PropertyGraph:
    """All nodes and relationships of a case in a fixed order."""

    case: str
    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


ROOTS = ("Thing", "Claim", "Evidence", "Concept", "Gap", "DerivedLink", "Case")
"""Labels of which every node has exactly one; its `iri` is unique below it."""


@cache
def root_label(labels: tuple[str, ...]) -> str:
    """Return the root among the labels of a node."""
    return next(label for label in labels if label in ROOTS)


def without_nulls(**values: Any) -> dict[str, Scalar]:
    """Return properties without those that have no value: a property graph has no nulls."""
    return {
        key: value
        for key, value in values.items()
        if value or (value is not None and value != [])  # most have one, which is soon seen
    }
