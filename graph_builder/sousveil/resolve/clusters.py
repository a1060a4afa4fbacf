"""Judgements `same` join entities into clusters; ids stay as authored, a merge can be undone."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import Judgement


def latest_judgements(tables: ClaimTables) -> list[Judgement]:
    """Return the judgement in force for each pair of entities: a later line wins."""
    latest: dict[frozenset[str], Judgement] = {}
    for judgement in tables.records(Judgement):
        latest[frozenset((judgement.left, judgement.right))] = judgement
    return sorted(latest.values(), key=lambda j: j.sequence)


def make_clusters(tables: ClaimTables) -> list[str]:
    """Create table `cluster` (entity, canonical): the least IRI stands for its cluster.

    Returns a sentence for each pair judged different that other judgements join all the same.
    """
    judgements = latest_judgements(tables)
    same = [(j.left, j.right) for j in judgements if j.verdict == "same"]
    canonical = {entity: min(group) for group in _joined(same) for entity in group}
    tables.connection.execute("CREATE OR REPLACE TABLE cluster (entity VARCHAR, canonical VARCHAR)")
    pairs = sorted(canonical.items())
    tables.insert_columns(
        "cluster", ["VARCHAR", "VARCHAR"], [[e for e, _ in pairs], [c for _, c in pairs]]
    )
    return [
        f"{j.file}:{j.line}: judged different, but other judgements make them the same"
        for j in judgements
        if j.verdict == "different"
        and j.left in canonical
        and canonical[j.left] == canonical.get(j.right)
    ]


def _joined(pairs: list[tuple[str, str]]) -> Iterable[set[str]]:
    if not pairs:
        return []
    import networkx as nx  # a tenth of a second that a case without judgements need not wait

    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(pairs)
    return nx.connected_components(graph)
