"""What stores of one kind share: those that take quads, and those that take a property graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Self

import pyoxigraph as ox

from sousveil.graph.property_elements import PropertyGraph
from sousveil.ledger.profile import Profile
from sousveil.stores.protocol import Bound, CaseContent, Dialect, Found, Progress, Row
from sousveil.vocabulary.terms import Vocabulary


class _Closed(ABC):
    """Closed at the end of a `with` block."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close the store."""


class QuadStore(_Closed):
    """A store of RDF quads, asked in SPARQL."""

    dialect: Dialect = Dialect.SPARQL
    name: str

    @abstractmethod
    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace the content by these quads; returns how many there are."""

    @abstractmethod
    def _found(self, text: str, parameters: Mapping[str, Bound], most: int | None) -> Found: ...

    def load_case(
        self,
        case: CaseContent,
        profile: Profile = Profile.PUBLIC,
        progress: Progress | None = None,
    ) -> None:
        """Make the store hold this case as it is now."""
        count = self.load(case.quads(profile))
        if progress:
            progress("quads", count)

    def rows(self, text: str, parameters: Mapping[str, Bound]) -> list[Row]:
        """Answer a SELECT query of ours; parameters are bound to variables that it projects."""
        return list(self._found(text, parameters, None).rows)


class PropertyGraphStore(_Closed):
    """A store of a property graph, asked in Cypher."""

    dialect: Dialect = Dialect.CYPHER
    name: str

    @abstractmethod
    def load(
        self, graph: PropertyGraph, vocabulary: Vocabulary, progress: Progress | None = None
    ) -> None:
        """Make the store hold this graph."""

    def load_case(
        self,
        case: CaseContent,
        profile: Profile = Profile.PUBLIC,
        progress: Progress | None = None,
    ) -> None:
        """Make the store hold this case as it is now."""
        self.load(case.property_graph(profile), case.vocabulary, progress)
