"""The schemas of the claim tables, derived from the records: field order is column order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, get_type_hints

from sousveil.model.identity import LIST_SEPARATOR
from sousveil.model.records import (
    Claim,
    Decision,
    Entity,
    Evidence,
    Gap,
    Judgement,
    Name,
    PrivateName,
    Problem,
    Source,
)

_SQL_TYPES: dict[object, str] = {
    str: "VARCHAR",
    str | None: "VARCHAR",
    int: "BIGINT",
    int | None: "BIGINT",
    float | None: "DOUBLE",
    bool: "BOOLEAN",
    tuple[str, ...]: "VARCHAR[]",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's name and its SQL type."""

    name: str
    type: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's name, columns and key (the columns that tell its rows apart)."""

    name: str
    record: type
    key: tuple[str, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the record's fields."""
        hints = get_type_hints(self.record)
        return tuple(
            Column(name=f.name, type=_SQL_TYPES[hints[f.name]]) for f in fields(self.record)
        )

    def texts(self, rows: Sequence[Any]) -> Iterator[tuple[Column, list[Any]]]:
        """Yield each column with its values; a list is one text, its items parted by U+001E."""
        for column in self.columns:
            values = [getattr(row, column.name) for row in rows]
            if column.type == "VARCHAR[]":
                values = [LIST_SEPARATOR.join(items) for items in values]
            yield column, values


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(name="entity", record=Entity, key=("iri",)),
        Table(name="name", record=Name, key=("entity", "scheme", "value")),
        Table(name="source", record=Source, key=("iri",)),
        Table(name="claim", record=Claim, key=("id",)),
        Table(name="evidence", record=Evidence, key=("hash",)),
        Table(name="gap", record=Gap, key=("subject", "predicate", "source", "passage")),
        Table(name="judgement", record=Judgement, key=("sequence",)),
        Table(name="decision", record=Decision, key=("sequence",)),
        Table(name="private_name", record=PrivateName, key=("entity",)),
        Table(name="problem", record=Problem, key=("file", "line", "message")),
    )
}
