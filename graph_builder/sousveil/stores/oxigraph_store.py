"""pyoxigraph: SPARQL 1.1 over the claims of a case, in memory or on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from sousveil.errors import OutsideError, UsageError
from sousveil.stores.kinds import QuadStore
from sousveil.stores.oxigraph_joins import join_in_order
from sousveil.stores.protocol import (
    Bound,
    Cell,
    Found,
    Iri,
    Limits,
    Row,
)
from sousveil.stores.sparql_text import refuse_unsafe_sparql
from sousveil.vocabulary.namespaces import XSD

_NUMBERS = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "float": float,
}

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?")
_PREFIX = re.compile(r"([\w.-]*):[\w.%-]*\Z")
_CLASSES = re.compile(r"\[(?:'[^']*'|[^\[\]'])*\]")
"""A class of characters in a message, such as `['a' ..= 'z']`."""
_SEPARATOR = re.compile(r",\s+|\s+\Z")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class OxigraphStore(QuadStore):
    """Quads of a case, answered in SPARQL 1.1; with a folder they stay on disk.

    A folder opened with `read_only` can be read by any number of processes at a time, and holds
    what was there when it was opened.
    """

    name = "pyoxigraph"

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        self.folder = folder
        try:
            if folder is None:
                self.store = ox.Store()
            elif read_only:
                self.store = ox.Store.read_only(str(folder))
            else:
                self.store = ox.Store(str(folder))
        except (OSError, RuntimeError) as error:  # the second: a damaged file
            raise OutsideError(f"the store '{folder}' cannot be opened: {error}") from error
        self.read_only = read_only

    def close(self) -> None:
        """Close the store; a folder stays."""
        if not hasattr(self, "store"):
            return
        if self.folder is not None and not self.read_only:
            self.store.flush()
        del self.store

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Replace the content by these quads; returns how many there are."""
        self.store.clear()
        if self.folder is None:
            self.store.extend(quads)
        else:
            self.store.bulk_extend(quads)
            # It writes a file for each million quads, and every look-up would search them all.
            self.store.optimize()
        return len(self.store)

    def read(self, text: str, parameters: Mapping[str, Bound], limits: Limits) -> Found:
        """Answer somebody's own SELECT; a time limit takes a process of its own."""
        refuse_unsafe_sparql(text)
        if limits.seconds is None:
            return self._found(text, parameters, limits.rows)
        from sousveil.stores.query_process import read_apart

        folder = self.folder if self.read_only else None
        quads = None if folder else self.store.quads_for_pattern(None, None, None, None)
        return read_apart(folder, quads, text, parameters, limits)

    def rows(self, text: str, parameters: Mapping[str, Bound]) -> list[Row]:
        """Answer a SELECT query of ours, its joins in the order in which they are written.

        Things that parameters are bound to also stand in the text, so that it is planned for them;
        dates, numbers and words never do.
        """
        things = {n: t for n, t in _terms(parameters).items() if isinstance(t, ox.NamedNode)}
        in_order = join_in_order(text, things)
        try:
            return list(self._found(in_order, parameters, None).rows)
        except UsageError:  # wrong as it was written: told with its own lines and columns
            return super().rows(text, parameters)

    def _found(self, text: str, parameters: Mapping[str, Bound], most: int | None) -> Found:
        bound = {ox.Variable(name): term for name, term in _terms(parameters).items()}
        try:
            solutions = self.store.query(text, substitutions=bound)
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise UsageError(f"the query is not SPARQL: {_words(text, error)}") from error
        except OSError as error:
            raise OutsideError(f"the store cannot be read: {error}") from error
        if not isinstance(solutions, ox.QuerySolutions):
            raise UsageError("the query must be a SELECT")
        names = [variable.value for variable in solutions.variables]
        wanted = solutions if most is None else islice(solutions, most + 1)
        try:
            rows = [{n: _cell(s[n]) for n in names} for s in wanted]
        except RuntimeError as error:
            raise UsageError(f"the query failed: {error}") from error
        more = most is not None and len(rows) > most
        return Found(columns=tuple(names), rows=tuple(rows[:most]), more=more)


def _words(text: str, error: Exception) -> str:
    """Return what the parser says, with line and column, without the classes of characters.

    It stops behind a prefix that is not declared, whose name stands before that place.
    """
    said = str(error.args[0] if error.args else error)
    found = _PLACE.match(said)
    if not found:
        return said
    line, column = int(found[1]), int(found[2])
    if "Prefix not found" in said:
        before = (text.splitlines() or [""])[line - 1][: column - 1]
        named = _PREFIX.search(before)
        prefix = f"the prefix '{named[1]}' is" if named else "a prefix is"
        fault = f"{prefix} not declared; begin the query with PREFIX ...: <...>"
    else:
        words = [w for w in _SEPARATOR.split(_CLASSES.sub("", said[found.end() :])) if w]
        told = [word for word in words if " " in word]  # a sentence, such as "IRI parsing failed"
        fault = "; ".join(told) or f"expected {' or '.join(words) or 'something else'}"
    return f"line {line}, column {column}: {fault}"


def _terms(parameters: Mapping[str, Bound]) -> dict[str, Term]:
    return {name: _term(value) for name, value in parameters.items() if value is not None}


def _term(value: Bound) -> Term:
    assert value is not None
    if isinstance(value, Iri):
        return ox.NamedNode(str(value))
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    return ox.Literal(value)


def _cell(value: object) -> Cell:
    if isinstance(value, ox.Literal):
        datatype = value.datatype.value
        if datatype == XSD + "boolean":
            return value.value in ("true", "1")
        try:
            return _NUMBERS[datatype](value.value) if datatype in _NUMBERS else value.value
        except ValueError:
            return value.value
    return None if value is None else str(getattr(value, "value", value))
