"""Questions and paths on a made graph, each store a process of its own; networkx beside ours.

uv run python -m benchmarks.ask [NODES] [CLAIMS]

The claim tables are made by SQL: agents and events, each event with givers, receivers, a protest,
a date and a number, and some hubs; one source says it all.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from sousveil.ledger.profile import make_profiles
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import CaseHeader
from sousveil.pipeline.case import Case
from sousveil.standing.compute import compute_standing
from sousveil.vocabulary.loading import load_vocabulary

BASE = "https://example.org/case/made/"
SV = "https://w3id.org/sousveil/ns#"

_ENTITIES = f"""
INSERT INTO entity
SELECT '{BASE}' || key, key, type, key, NULL, false, 'all.yaml', 1 FROM (
    SELECT 'company-' || n AS key, 'Company' AS type FROM range($companies) t(n)
    UNION ALL SELECT 'group-' || n, 'Group' FROM range($groups) t(n)
    UNION ALL SELECT 'gift-' || n, 'BenefitTransfer' FROM range($gifts) t(n)
    UNION ALL SELECT 'program-' || n, 'Program' FROM range(50) t(n)
)
"""
# A fifth of the gifts come from a few companies: hubs.
_CLAIMS = f"""
INSERT INTO claim
SELECT substr(sha256(subject || predicate || coalesce(object, lexical)), 1, 32),
    '{BASE}' || subject,
    '{SV}' || predicate, kind, '{BASE}' || object, lexical,
    CASE kind WHEN 'number' THEN 'http://www.w3.org/2001/XMLSchema#integer' WHEN 'date' THEN
        'http://id.loc.gov/datatypes/edtf/EDTF' END,
    NULL, bound, NULL, low, low, NULL, NULL
FROM (
    SELECT DISTINCT ON (subject, predicate, coalesce(object, lexical)) * FROM (
        SELECT 'gift-' || g AS subject, 'giver' AS predicate, 'entity' AS kind,
            'company-' || if(g % 5 = 0, hash(g) % 5, hash(g + 7) % $companies) AS object,
            NULL AS lexical, NULL AS bound, NULL AS low FROM range($gifts) t(g)
        UNION ALL SELECT 'gift-' || g, 'receiver', 'entity',
            'group-' || hash(g * 31 + r) % $groups, NULL, NULL, NULL
            FROM range($gifts) t(g), range($receivers) u(r)
        UNION ALL SELECT 'gift-' || g, 'under', 'entity', 'program-' || hash(g + 3) % 50,
            NULL, NULL, NULL FROM range($gifts) t(g)
        UNION ALL SELECT 'gift-' || g, 'numberOfReceivers', 'number', NULL,
            (g % 90 + 1)::VARCHAR, '>=', (g % 90 + 1)::DOUBLE FROM range($gifts) t(g)
    )
)
"""
_EVIDENCE = f"""
INSERT INTO evidence
SELECT substr(sha256(id), 1, 32), id, '{BASE}source', [], false, 'reports', 'supports', NULL, NULL,
    NULL, '1', NULL, NULL, NULL, NULL, NULL, '2026-11-23', 'source.yaml', 1
FROM claim
"""


def made_tables(nodes: int, claims: int) -> Case:
    """Return a case of about so many nodes and claims."""
    gifts = nodes * 6 // 10
    counts = {
        "companies": nodes // 20,
        "groups": nodes - gifts - nodes // 20,
        "gifts": gifts,
        "receivers": max(1, claims // gifts - 3),
    }
    header = CaseHeader(title="Made", base=BASE, language="en", licence=None, embargo=None)
    tables = ClaimTables(header)
    run = tables.connection.execute
    tables.known_digest = "0" * 32

    def given(sql: str) -> dict[str, int]:
        return {name: value for name, value in counts.items() if f"${name}" in sql}

    run(_ENTITIES, given(_ENTITIES))
    run("INSERT INTO name SELECT iri, 'label', label FROM entity")
    run(
        f"INSERT INTO source SELECT '{BASE}source', 'source', 'NewsArticle', 'made', "
        f"'{BASE}company-0', NULL, '2021', NULL, NULL, NULL, NULL, '2026-11-23', NULL, [], [], "
        "NULL, NULL, 'source.yaml', 1"
    )
    run(_CLAIMS, given(_CLAIMS))
    run(_EVIDENCE)
    vocabulary = load_vocabulary()
    compute_standing(tables, vocabulary)
    make_profiles(tables)
    return Case.of_tables(Path("made"), tables, vocabulary)


def trace_seconds(nodes: int, claims: int) -> None:
    """Print CPU seconds of paths on an open graph, ours and networkx's."""
    import networkx as nx

    from sousveil.ask.paths import best_paths
    from sousveil.ask.trace_graph import Wanted, open_graph

    case = made_tables(nodes, claims)
    ((count,),) = case.tables.query("SELECT count(*) FROM claim")
    ((things,),) = case.tables.query("SELECT count(*) FROM entity")
    print(f"{things} things, {count} claims\n\n| step | CPU s |\n|---|---|", flush=True)
    start = time.process_time()
    graph = open_graph(case.words(), Wanted())
    print(f"| open the graph | {time.process_time() - start:.2f} |", flush=True)
    peer: nx.DiGraph[str] = nx.DiGraph()
    for a, others in graph.forward.items():
        for b, edges in others.items():
            peer.add_edge(a, b, cost=min(e.cost for e in edges) + graph.hub_cost(b))
    pairs = [("company-7", "group-11"), ("company-1", "group-900"), ("group-5", "group-6")]
    for one, other in pairs:
        start = time.process_time()
        found = best_paths(graph, BASE + one, BASE + other, most=3, hops=6)
        ours = time.process_time() - start
        start = time.process_time()
        search = nx.shortest_simple_paths(peer, BASE + one, BASE + other, weight="cost")
        theirs = list(islice(search, 3))
        spent = time.process_time() - start
        hops = [p.length for p in found]
        print(f"| trace, 3 paths, hops {hops} | {ours:.2f} |")
        peers = [len(p) - 1 for p in theirs]
        print(f"| networkx.shortest_simple_paths, hops {peers} | {spent:.2f} |", flush=True)


QUESTIONS = {
    "who-received-benefits": {"giver": "company-7", "body": "group-11"},
    "who-gave-what": {"by": "company-7"},
    "programme-of-a-gift": {"gift": "gift-1"},
    "chain-to-the-document": {"about": "gift-1"},
    "who-owns-whom": {"company": "company-7"},
    "documents-behind": {"about": "gift-1"},
}


def store_seconds(engine: str, nodes: int, claims: int, folder: str) -> None:
    """Print CPU seconds of loading one store and of each question on it."""
    from sousveil.ask.answers import ask
    from sousveil.ask.questions import load_question
    from sousveil.stores.arcade_store import ArcadeStore
    from sousveil.stores.oxigraph_store import OxigraphStore
    from sousveil.stores.protocol import Store

    case = made_tables(nodes, claims)
    words = case.words()
    store: Store = (
        OxigraphStore(Path(folder) / "o")
        if engine == "pyoxigraph"
        else ArcadeStore(Path(folder) / "c", seconds=600)
    )

    def spent() -> float:
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system

    with store:
        start, wall = spent(), time.perf_counter()
        store.load_case(case)
        print(f"| {engine}: load | {spent() - start:.1f} | {time.perf_counter() - wall:.1f} |")
        store.rows(load_question("who-gave-what").text(store.dialect), {"by": "x", "to": "x"})
        for name, given in QUESTIONS.items():
            start, wall = spent(), time.perf_counter()
            answer = ask(load_question(name), given, words, store)
            print(
                f"| {engine}: {name}, {len(answer.rows)} rows | {spent() - start:.2f} "
                f"| {time.perf_counter() - wall:.2f} |",
                flush=True,
            )


def main() -> None:
    """Print the tables."""
    nodes = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 500_000
    names = ("duckdb", "pyoxigraph", "networkx")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    trace_seconds(nodes, claims)
    print("\n| store and question | CPU s | wall s |\n|---|---|---|", flush=True)
    for engine in ("pyoxigraph", "embedded Cypher"):
        with tempfile.TemporaryDirectory() as folder:
            code = (
                "from benchmarks.ask import store_seconds; "
                f"store_seconds({engine!r}, {nodes}, {claims}, {folder!r})"
            )
            subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    main()
