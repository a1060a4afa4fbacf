"""What rows say as quads: one SELECT for all statements of some rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sousveil.graph.rdf_terms import name

Statements = Sequence[tuple[str, str, str]]
"""Predicate (an SQL expression), value, and the condition under which a row has it ('' for always).

A row whose value is null does not have it.
"""


@dataclass(frozen=True, kw_only=True)
class Quads:
    """What some rows say of one subject each, in SQL expressions over these rows.

    `distinct` where several rows may say the same; elsewhere a key of the rows is in the subject.
    """

    rows: str
    subject: str
    statements: Statements
    graph: str = "''"
    parameters: Sequence[str] = ()
    distinct: bool = False

    def select(self) -> str:
        """Return one SELECT of graph, subject, predicate and object."""
        said = ", ".join(
            f"{{p: {predicate}, o: CASE WHEN {condition or 'true'} THEN {value} END}}"
            for predicate, value, condition in self.statements
        )
        return (
            f"SELECT {'DISTINCT' if self.distinct else ''} graph, subject, said.p, said.o FROM "
            f"(SELECT {self.graph} AS graph, {self.subject} AS subject, unnest([{said}]) AS said "
            f"FROM {self.rows}) WHERE said.o IS NOT NULL"
        )


def each(
    rows: str,
    subject: str,
    statements: Statements,
    graph: str = "''",
    *,
    distinct: bool = False,
) -> Iterator[Quads]:
    """Yield the quads of rows whose predicates are compact names such as `sv:mode`."""
    named = [(name(predicate), value, condition) for predicate, value, condition in statements]
    yield Quads(rows=rows, subject=subject, statements=named, graph=graph, distinct=distinct)


def _optional(column: str, value: str) -> tuple[str, str]:
    return value.format(column), f"{column} IS NOT NULL"


def unless_null(pairs: Sequence[tuple[str, str]], value: str) -> Statements:
    """Return a statement for each (local name, column), for rows whose column is not null."""
    return [(f"sv:{local}", *_optional(column, value)) for local, column in pairs]
