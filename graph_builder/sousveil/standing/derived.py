"""Derived links: one hop for a chain of accepted claims, as strong as its weakest part."""

from __future__ import annotations

import hashlib

from sousveil.ledger.tables import ClaimTables
from sousveil.model.identity import SEPARATOR
from sousveil.vocabulary.terms import Relation, Vocabulary

_STRENGTH = ("documented", "reported", "alleged")

_CREATE = """
CREATE OR REPLACE TABLE derived_link (
    id VARCHAR, predicate VARCHAR, subject VARCHAR, object VARCHAR,
    claims VARCHAR[], standing VARCHAR, origins BIGINT
)
"""

_LINKS = """
CREATE OR REPLACE TEMP TABLE link AS
SELECT p.id, p.predicate, p.subject, p.object, p.subject_cluster, p.object_cluster, s.basis,
    (SELECT count(DISTINCT origin) FROM origin o WHERE o.claim = p.id) AS origins
FROM placed p JOIN standing s ON s.claim = p.id
WHERE s.accepted AND p.kind = 'entity'
"""


def make_derived_links(tables: ClaimTables, vocabulary: Vocabulary) -> None:
    """Create table `derived_link` for each chain that the ontology declares.

    A link stands on accepted claims only; its standing is the weakest basis among them, its
    origins the fewest. Claims join where their entities are in one cluster.
    """
    tables.connection.execute(_CREATE)
    tables.connection.execute(_LINKS)
    for relation in vocabulary.derived:
        rows = [_row(relation, *found) for found in _chains(tables, vocabulary, relation)]
        if rows:
            tables.insert_columns(
                "derived_link",
                ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]", "VARCHAR", "BIGINT"],
                [list(column) for column in zip(*rows, strict=True)],
            )


def _chains(
    tables: ClaimTables, vocabulary: Vocabulary, relation: Relation
) -> list[tuple[list[str], list[str], list[int], str, str]]:
    """Return (claims, bases, origins, first node, last node) for each chain of accepted claims."""
    joins, wheres, parameters = [], [], []
    ends: list[tuple[str, str]] = []
    for number, (inverse, label) in enumerate(relation.chain):
        alias = f"s{number}"
        ends.append(
            (f"{alias}.object", f"{alias}.subject")
            if inverse
            else (f"{alias}.subject", f"{alias}.object")
        )
        condition = f" ON {ends[-2][1]}_cluster = {ends[-1][0]}_cluster" if number else ""
        joins.append(f"link {alias}{condition}")
        wheres.append(f"{alias}.predicate = ?")
        parameters.append(vocabulary.relations[label].iri)
    columns = [
        f"[{', '.join(f's{n}.{name}' for n in range(len(relation.chain)))}]"
        for name in ("id", "basis", "origins")
    ]
    sql = (
        f"SELECT {', '.join(columns)}, {ends[0][0]}, {ends[-1][1]} "  # noqa: S608
        f"FROM {' JOIN '.join(joins)} WHERE {' AND '.join(wheres)} ORDER BY ALL"
    )
    return tables.query(sql, parameters)


def _row(
    relation: Relation,
    claims: list[str],
    bases: list[str],
    origins: list[int],
    first: str,
    last: str,
) -> tuple[str, str, str, str, list[str], str, int]:
    digest = hashlib.sha256(SEPARATOR.join((relation.iri, *claims)).encode()).hexdigest()[:32]
    weakest = max(bases, key=_STRENGTH.index)
    return digest, relation.iri, first, last, claims, weakest, min(origins)
