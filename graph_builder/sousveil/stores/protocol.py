"""What every store offers to the layers above."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, Self

Cell = str | int | float | bool | None
Row = dict[str, Cell]


class Dialect(StrEnum):
    """The query language of a store."""

    SPARQL = "sparql"
    CYPHER = "cypher"


class Store(Protocol):
    """A store of one or more cases, a context manager."""

    dialect: Dialect

    def __enter__(self) -> Self:
        """Open the store."""
        ...

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        ...

    def rows(self, text: str, parameters: Mapping[str, str]) -> list[Row]:
        """Answer a query; parameters are IRIs, bound by the store, never pasted."""
        ...
