"""Compute every derived table of a case, in order."""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables
from sousveil.resolve.clusters import make_clusters
from sousveil.standing.acceptance import make_standing
from sousveil.standing.comparison import make_comparisons
from sousveil.standing.counting import make_counting
from sousveil.standing.derived import make_derived_links
from sousveil.standing.origins import make_origins
from sousveil.vocabulary.terms import Vocabulary


def compute_standing(tables: ClaimTables, vocabulary: Vocabulary) -> list[str]:
    """Create every table that follows from the claim tables.

    They are cluster, counting, placed, pair, drift, conflict, difference, standing, origin and
    derived_link; each module that makes one describes it.

    Returns what the clusters contradict (see make_clusters).
    """
    load_relations(tables, vocabulary)
    contradictions = make_clusters(tables)
    make_counting(tables)
    make_comparisons(tables)
    make_standing(tables)
    make_origins(tables)
    make_derived_links(tables, vocabulary)
    return contradictions


def load_relations(tables: ClaimTables, vocabulary: Vocabulary) -> None:
    """Create tables `relation` (iri, functional) and `broader` (narrower, broader)."""
    tables.connection.execute(
        "CREATE OR REPLACE TABLE relation (iri VARCHAR, label VARCHAR, functional BOOLEAN)"
    )
    relations = list(vocabulary.relations.values())
    tables.insert_columns(
        "relation",
        ["VARCHAR", "VARCHAR", "BOOLEAN"],
        [
            [r.iri for r in relations],
            [r.label for r in relations],
            [r.functional for r in relations],
        ],
    )
    tables.connection.execute("CREATE OR REPLACE TABLE broader (narrower VARCHAR, broader VARCHAR)")
    pairs = vocabulary.broader_pairs()
    tables.insert_columns(
        "broader", ["VARCHAR", "VARCHAR"], [[n for n, _ in pairs], [b for _, b in pairs]]
    )
