"""What every store offers to the layers above."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, Self

from sousveil.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from sousveil.graph.property_elements import PropertyGraph
    from sousveil.ledger.profile import Profile
    from sousveil.vocabulary.terms import Vocabulary

Cell = str | int | float | bool | None | list[Any] | dict[str, Any]
"""A value of a row: a node, relationship or path of Cypher is a dict, a day is an ISO text."""

Row = dict[str, Cell]
Progress = Callable[[str, int], None]
"""Told what is being loaded and how much more of it is in."""


class Dialect(StrEnum):
    """The query language of a store."""

    SPARQL = "sparql"
    CYPHER = "cypher"


class Iri(str):
    """A parameter that names a thing: an IRI in SPARQL, its text in Cypher."""

    __slots__ = ()


Bound = Iri | str | int | float | bool | date | None
"""What a parameter can be bound to; a plain `str` is a literal without a language.

None is null in Cypher; in SPARQL the variable stays free.
"""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a query may run (seconds) and how many rows it may return; None is no limit."""

    seconds: float | None = None
    rows: int | None = None


class TimedOut(UsageError):
    """A query was stopped at its limit of time."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """The rows of a query with their columns in order; `more` when the row limit cut them off."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: bool = False


class CaseContent(Protocol):
    """What a store takes from a case (`sousveil.pipeline.case.Case` is one)."""

    vocabulary: Vocabulary

    def quads(self, profile: Profile = ...) -> Iterator[ox.Quad]:
        """Yield the case as RDF quads."""
        ...

    def property_graph(self, profile: Profile = ...) -> PropertyGraph:
        """Return the case as a property graph."""
        ...


class Store(Protocol):
    """A store of one or more cases, a context manager that closes it."""

    dialect: Dialect
    name: str
    """What people call the store, for messages."""

    def __enter__(self) -> Self:
        """Open the store."""
        ...

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        ...

    def close(self) -> None:
        """Close the store; what is on disk or on a server stays."""
        ...

    def load_case(
        self, case: CaseContent, profile: Profile = ..., progress: Progress | None = None
    ) -> None:
        """Make the store hold this case as it is now, in one profile."""
        ...

    def rows(self, text: str, parameters: Mapping[str, Bound]) -> list[Row]:
        """Answer a query of ours; parameters are bound by the store, never pasted."""
        ...

    def read(self, text: str, parameters: Mapping[str, Bound], limits: Limits) -> Found:
        """Answer somebody's own query, within limits; a write is refused.

        Raises UsageError for a query that is wrong, would write, or runs out of time, with line
        and column where they are known; OutsideError where the store itself fails.
        """
        ...
