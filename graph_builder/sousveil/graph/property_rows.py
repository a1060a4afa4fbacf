"""What the writers of nodes and relationships share: a case's rows in one profile, and IRIs."""

from __future__ import annotations

from typing import Any

from sousveil.graph.case_words import CaseWords


class PropertyRows:
    """The rows of each table, as a property graph wants them."""

    def __init__(self, words: CaseWords) -> None:
        self.words = words
        self.tables = words.tables
        self.vocabulary = words.vocabulary
        self.profile = words.profile
        self.base = words.tables.header.base
        self.views = words.claims(retracted=True)
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table as its profile shows them."""
        if name not in self._rows:
            sql = f"SELECT * FROM {name}_{self.profile} ORDER BY ALL"  # noqa: S608
            self._rows[name] = self.tables.dicts(sql)
        return self._rows[name]

    def gap_rows(self) -> list[dict[str, Any]]:
        """The gaps in the order of their numbers."""
        return self.tables.dicts("SELECT subject, predicate, source, passage FROM gap ORDER BY ALL")

    def claim_iri(self, claim: str) -> str:
        """The IRI of a claim."""
        return f"{self.base}claim/{claim}"

    def evidence_iri(self, digest: str) -> str:
        """The IRI of a piece of evidence."""
        return f"{self.base}evidence/{digest}"
