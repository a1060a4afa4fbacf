"""pyoxigraph: SPARQL 1.1 over the claims of a case, in memory or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from sousveil.errors import OutsideError, UsageError
from sousveil.stores.protocol import Cell, Dialect, Row
from sousveil.vocabulary.namespaces import XSD

_NUMBERS = {XSD + "integer": int, XSD + "decimal": float, XSD + "double": float}


class OxigraphStore:
    """Quads of a case, answered in SPARQL 1.1; with a folder they stay on disk."""

    dialect = Dialect.SPARQL

    def __init__(self, folder: Path | None = None) -> None:
        try:
            self.store = ox.Store(str(folder)) if folder else ox.Store()
        except OSError as error:
            raise OutsideError(f"the store '{folder}' cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.store.flush()
        del self.store

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace the content by these quads; returns how many there are."""
        self.store.clear()
        self.store.bulk_extend(quads)
        return len(self.store)

    def rows(self, text: str, parameters: Mapping[str, str]) -> list[Row]:
        """Answer a SELECT query; parameters are IRIs bound to variables."""
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): ox.NamedNode(value) for name, value in parameters.items()
        }
        try:
            solutions = self.store.query(text, substitutions=bound)
        except (SyntaxError, RuntimeError) as error:
            raise UsageError(f"the query is not SPARQL: {error}") from error
        if not isinstance(solutions, ox.QuerySolutions):
            raise UsageError("the query must be a SELECT")
        names = [variable.value for variable in solutions.variables]
        return [{n: _cell(s[n]) for n in names} for s in solutions]


def _cell(value: object) -> Cell:
    if isinstance(value, ox.Literal):
        datatype = value.datatype.value
        if datatype == XSD + "boolean":
            return value.value in ("true", "1")
        return _NUMBERS[datatype](value.value) if datatype in _NUMBERS else value.value
    return None if value is None else str(getattr(value, "value", value))
