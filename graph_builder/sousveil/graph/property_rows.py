"""What the writers of nodes and relationships share: a case's rows in one profile, and IRIs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from sousveil.graph.case_words import CaseWords
from sousveil.graph.changed_part import Part

_Owner = Literal["claims", "links", "things"]
_OWNERS: dict[str, tuple[str, _Owner]] = {
    "entity": ("iri", "things"),
    "name": ("entity", "things"),
    "source": ("iri", "things"),
    "evidence": ("claim", "claims"),
}
"""The column of each table that tells which claim or thing a row belongs to."""
_OF_THINGS = ("entity", "name", "source")


class PropertyRows:
    """The rows of each table, as a property graph wants them: all, or those of a part of a case.

    What no part names (the case itself, gaps, judged sameness) is there in any part.
    """

    def __init__(
        self, words: CaseWords, part: Part | None = None, alike: PropertyRows | None = None
    ) -> None:
        """Take the rows that belong to `part`; `alike` has the same things and sources."""
        self.words = words
        self.part = part
        self.tables = words.tables
        self.vocabulary = words.vocabulary
        self.profile = words.profile
        self.base = words.tables.header.base
        chosen = part.claims if part else None
        self.views = words.claims(retracted=True, only=chosen, later=True)
        self._rows: dict[str, list[dict[str, Any]]] = {}
        if alike:
            self._rows = {name: alike.rows(name) for name in _OF_THINGS}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of entity, name, source or evidence as the profile shows them."""
        if name not in self._rows:
            self._rows[name] = self.dicts(f"FROM {name}_{self.profile}", *_OWNERS[name])
        return self._rows[name]

    def dicts(self, select: str, column: str, owner: _Owner) -> list[dict[str, Any]]:
        """The rows of a SELECT in no particular order; `column` tells what of a part has each.

        What is made of them is sorted in the end.
        """
        if self.part is None:
            return self.tables.dicts(select)
        sql = f"FROM ({select}) WHERE {column} IN (SELECT unnest(?::VARCHAR[]))"
        return self.tables.dicts(sql, [sorted(getattr(self.part, owner))])

    @cached_property
    def links(self) -> list[dict[str, Any]]:
        """The derived links."""
        return self.dicts("FROM derived_link", "id", "links")

    @cached_property
    def gaps(self) -> list[dict[str, Any]]:
        """The gaps in the order of their numbers."""
        return self.tables.dicts("SELECT subject, predicate, source, passage FROM gap ORDER BY ALL")

    @cached_property
    def canonical(self) -> dict[str, str]:
        """By the IRI of each thing that was judged the same as another, that of the first."""
        return dict(self.tables.query("FROM cluster ORDER BY ALL"))

    def claim_iri(self, claim: str) -> str:
        """The IRI of a claim."""
        return f"{self.base}claim/{claim}"

    def evidence_iri(self, digest: str) -> str:
        """The IRI of a piece of evidence."""
        return f"{self.base}evidence/{digest}"
