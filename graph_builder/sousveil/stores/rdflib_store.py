"""rdflib: the same quads as an rdflib.Dataset, for those who script against rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Identifier

from sousveil.errors import UsageError
from sousveil.stores.kinds import QuadStore
from sousveil.stores.protocol import (
    Bound,
    Cell,
    Found,
    Iri,
    Limits,
    Row,
)
from sousveil.stores.rdflib_joins import join_in_order
from sousveil.stores.sparql_text import refuse_unsafe_sparql


def rdflib_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Return the quads as an rdflib.Dataset: a default graph and named graphs."""
    dataset = rdflib.Dataset()
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    dataset.parse(data=(data or b"").decode("utf-8"), format="nquads")
    return dataset


class RdflibStore(QuadStore):
    """An rdflib.Dataset in memory, answered in SPARQL 1.1."""

    name = "rdflib"

    def __init__(self) -> None:
        self.dataset = rdflib.Dataset()

    def close(self) -> None:
        """Free the dataset."""
        self.dataset.close()

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace the content by these quads; returns how many there are."""
        self.dataset.close()
        self.dataset = rdflib_dataset(quads)
        return sum(len(graph) for graph in self.dataset.graphs())

    def read(self, text: str, parameters: Mapping[str, Bound], limits: Limits) -> Found:
        """Answer somebody's own SELECT; a time limit takes a process of its own."""
        refuse_unsafe_sparql(text)
        if limits.seconds is None:
            return self._found(text, parameters, limits.rows)
        from sousveil.stores.query_process import read_apart

        data = self.dataset.serialize(format="nquads", encoding="utf-8")
        quads = ox.parse(data, format=ox.RdfFormat.N_QUADS)
        return read_apart(None, quads, text, parameters, limits, engine="rdflib")

    def _found(self, text: str, parameters: Mapping[str, Bound], most: int | None) -> Found:
        bound: dict[str, Identifier] = {
            n: _term(value) for n, value in parameters.items() if value is not None
        }
        try:
            query = join_in_order(prepareQuery(text))
            result = self.dataset.query(query, initBindings=bound)
        except Exception as error:  # its parser lets pyparsing's and many others through
            raise UsageError(f"the query is not SPARQL: {_place(error)}") from error
        if result.type != "SELECT" or result.vars is None:
            raise UsageError("the query must be a SELECT")
        names = [str(variable) for variable in result.vars]
        wanted = result if most is None else islice(result, most + 1)
        rows: list[Row] = [
            {name: _cell(value) for name, value in zip(names, row, strict=True)}
            for row in wanted
            if isinstance(row, tuple)
        ]
        more = most is not None and len(rows) > most
        return Found(columns=tuple(names), rows=tuple(rows[:most]), more=more)


def _place(error: Any) -> str:
    line, column = getattr(error, "lineno", None), getattr(error, "column", None)
    return f"line {line}, column {column}: {error}" if line and column else str(error)


def _term(value: Bound) -> Identifier:
    assert value is not None
    if isinstance(value, Iri):
        return rdflib.URIRef(str(value))
    if isinstance(value, date):
        return rdflib.Literal(value.isoformat(), datatype=rdflib.XSD.date)
    return rdflib.Literal(value)


def _cell(value: object) -> Cell:
    if isinstance(value, rdflib.Literal):
        python = value.toPython()
        return python if isinstance(python, bool | int | float) else str(value)
    return None if value is None else str(value)
