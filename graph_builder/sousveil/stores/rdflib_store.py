"""rdflib: the same quads as an rdflib.Dataset, for those who script against rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import pyoxigraph as ox
import rdflib

from sousveil.errors import UsageError
from sousveil.stores.protocol import Cell, Dialect, Row


def rdflib_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Return the quads as an rdflib.Dataset: a default graph and named graphs."""
    dataset = rdflib.Dataset()
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=(data or b"").decode("utf-8"), format="nquads")
    return dataset


class RdflibStore:
    """An rdflib.Dataset in memory, answered in SPARQL 1.1."""

    dialect = Dialect.SPARQL

    def __init__(self) -> None:
        self.dataset = rdflib.Dataset()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.dataset.close()

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace the content by these quads; returns how many there are."""
        self.dataset.close()
        self.dataset = rdflib_dataset(quads)
        return sum(len(graph) for graph in self.dataset.graphs())

    def rows(self, text: str, parameters: Mapping[str, str]) -> list[Row]:
        """Answer a SELECT query; parameters are IRIs bound to variables."""
        bound = {name: rdflib.URIRef(value) for name, value in parameters.items()}
        result = self.dataset.query(text, initBindings=bound)
        if result.type != "SELECT" or result.vars is None:
            raise UsageError("the query must be a SELECT")
        names = [str(variable) for variable in result.vars]
        return [
            {name: _cell(value) for name, value in zip(names, row, strict=True)}
            for row in result
            if isinstance(row, tuple)
        ]


def _cell(value: object) -> Cell:
    if isinstance(value, rdflib.Literal):
        python = value.toPython()
        return python if isinstance(python, bool | int | float) else str(value)
    return None if value is None else str(value)
