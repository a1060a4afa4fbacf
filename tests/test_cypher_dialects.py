"""The cookbook's table of what differs: every row of it, asked of both engines."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sousveil.errors import SousveilError
from sousveil.pipeline.case import Case
from sousveil.stores.neo4j_store import Neo4jStore
from sousveil.stores.protocol import Dialect, Found, Limits, Store
from tests.cases import REPOSITORY, RING_LAPD
from tests.servers import Neo4jServer
from tests.stores import require_cypher
from tests.test_cookbooks import THING, recipes

COOKBOOK = (REPOSITORY / "docs" / "cypher-cookbook.md").read_text(encoding="utf-8")
ENDS = "(:Thing {key: 'ring'})-[:GIVER|RECEIVER]-+(:Thing {key: 'lapd-officers'})"
# What the first cell of a row says, and a query with it.
QUERIES = {
    "`MATCH ()-[r]->() MATCH (k {iri: r.claim})`": "MATCH ()-[r:GIVER]->() "
    "MATCH (k:Claim {iri: r.claim}) RETURN k.id AS id ORDER BY id",
    "`SHORTEST k`": f"MATCH p = SHORTEST 2 {ENDS} RETURN length(p) AS hops",
    "`ANY SHORTEST`": f"MATCH p = ANY SHORTEST {ENDS} RETURN length(p) AS hops",
    "`ALL SHORTEST`": f"MATCH p = ALL SHORTEST {ENDS} RETURN length(p) AS hops",
    "`LET`": "MATCH (n:Company) LET key = n.key RETURN key ORDER BY key",
    "`FILTER`": "MATCH (n:Company) FILTER n.key = 'ring' RETURN n.key AS key",
    "`allReduce()`": "RETURN allReduce(sum = 0, x IN [1, 2] | sum + x, sum < 5) AS yes",
    "`CALL {} IN TRANSACTIONS`": "MATCH (n:Company) CALL (n) { RETURN n.key AS key } "
    "IN TRANSACTIONS RETURN key ORDER BY key",
    "`USE`": "USE neo4j MATCH (n:Company) RETURN count(n) AS n",
    "`1_000`": "RETURN 1_000 AS n",
    "`toString()` of a time of day": "RETURN toString(localdatetime('2020-07-16T10:00:00')) AS at",
    "rows without `ORDER BY`": "MATCH (n:Company) RETURN n.key AS key "
    "UNION MATCH (n:Program) RETURN n.key AS key",
    "`SHOW INDEXES`": "SHOW INDEXES YIELD name RETURN name",
    "`SHOW CONSTRAINTS`": "SHOW CONSTRAINTS YIELD name RETURN name",
    "`db.schema.visualization()`": "CALL db.schema.visualization() YIELD nodes "
    "RETURN size(nodes) > 5 AS many",
    "`apoc.*`": "RETURN apoc.version() AS version",
    "`gds.*`": "RETURN gds.version() AS version",
    "`db.index.fulltext.queryNodes()`": "CALL db.index.fulltext.queryNodes('a_test', 'ring') "
    "YIELD node RETURN node.key AS key ORDER BY key LIMIT 1",
    "`LOAD CSV`": "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN size(line) AS cells",
    "column names of a query without rows": "MATCH (n:Claim {iri: 'urn:none'}) RETURN n.z AS z",
}
# What both answer alike, so that a reader need not ask: constructs of Neo4j 5 that are often not.
SHARED = [
    "MATCH p = shortestPath((:Thing {key: 'ring'})-[*..6]-(:Thing {key: 'lapd'})) "
    "RETURN length(p) AS hops",
    "MATCH ({key: 'gifts-to-officers'}) (()-[:GIVER]->()){1,2} (y) RETURN y.key AS key",
    "MATCH ({key: 'gifts-to-officers'})-[:GIVER]->{1,2}(y) RETURN y.key AS key",
    "MATCH (x:Company) CALL (x) { MATCH (x)<-[:GIVER]-(g) RETURN count(g) AS n } "
    "RETURN x.key AS key, n ORDER BY key",
    "MATCH (x:Company) WHERE EXISTS { (x)<-[:GIVER]-() } RETURN x.key AS key ORDER BY key",
    "MATCH (x:Company) RETURN x.key AS key, COUNT { (x)<-[:GIVER]-() } AS n ORDER BY key",
    "MATCH (x:Company) RETURN x.key AS key, COLLECT { MATCH (x)<-[:GIVER]-(g) RETURN g.key "
    "ORDER BY g.key } AS gifts ORDER BY key",
    "MATCH (n:Agent&!Company) RETURN count(n) AS n",
    "MATCH (c:Claim WHERE c.accepted) RETURN count(c) AS n",
    "MATCH (n:Company {key: 'ring'}) RETURN n {.key, .name} AS thing",
    "UNWIND [2, null, 'b', 'B', 'é', true, 1.5] AS x RETURN x ORDER BY x",
    "RETURN 7/2 AS a, date('2020-07-16') + duration('P1M') AS b, size('🎥') AS c",
]


def rows_of_the_table() -> dict[str, tuple[str, str]]:
    """Return what the table says of Neo4j and of the embedded engine, by construct."""
    table = COOKBOOK.split("| construct |")[1]
    cells = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in table.splitlines()[2:]]
    return {row[0].replace("\\|", "|"): (row[1], row[2]) for row in cells if len(row) == 4}


@pytest.fixture(scope="module")
def engines(neo4j_server: Neo4jServer) -> Iterator[dict[str, Store]]:
    require_cypher()
    with (
        Case.open(RING_LAPD) as case,
        case.store(Dialect.CYPHER) as embedded,
        Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as server,
    ):
        neo4j_server.wipe()
        server.load_case(case)
        yield {"neo4j": server, "embedded": embedded}


@pytest.fixture(scope="module")
def names_index(engines: dict[str, Store], neo4j_server: Neo4jServer) -> Iterator[None]:
    with neo4j_server.driver() as driver:
        driver.execute_query("CREATE FULLTEXT INDEX a_test FOR (n:Thing) ON EACH [n.name]")
        driver.execute_query("CALL db.awaitIndexes(60)")
        yield
        driver.execute_query("DROP INDEX a_test")


def asked(store: Store, text: str) -> Found | str:
    """Return what a store finds, or that it fails: `refused` where we or it say why, in advance."""
    try:
        return store.read(text, THING if "$thing" in text else {}, Limits(seconds=60))
    except SousveilError as error:
        told = str(error)
        words = ("read-only", "write the condition after WHERE", "read from outside the graph")
        refused = any(each in told for each in words)
        return "refused" if refused else "error"


def compared(first: Found | str, second: Found | str) -> tuple[str, str]:
    """Return what the two answers are, in the words with which the table's cells begin."""
    if isinstance(first, str) or isinstance(second, str):
        return tuple(x if isinstance(x, str) else "rows" for x in (first, second))  # type: ignore[return-value]
    if first == second:
        return "rows", "the same rows"
    if first.rows == second.rows:
        return "named", "named" if second.columns else "not named"
    if Counter(map(str, first.rows)) == Counter(map(str, second.rows)):
        return "rows", "the same rows, in another order"
    return "rows", "other rows"


def test_every_row_of_the_table_is_measured() -> None:
    assert set(rows_of_the_table()) == {*QUERIES, "a running query on Ctrl-C"}


@pytest.mark.parametrize("construct", QUERIES)
@pytest.mark.usefixtures("names_index")
def test_a_construct_does_what_the_table_says(construct: str, engines: dict[str, Store]) -> None:
    said = rows_of_the_table()[construct]
    neo4j, embedded = compared(
        asked(engines["neo4j"], QUERIES[construct]), asked(engines["embedded"], QUERIES[construct])
    )
    assert (neo4j, embedded) != ("rows", "the same rows")
    assert (said[0].partition(":")[0], said[1].partition(":")[0]) == (neo4j, embedded)


@pytest.mark.parametrize("text", SHARED)
def test_what_the_table_does_not_name_is_the_same(text: str, engines: dict[str, Store]) -> None:
    found = asked(engines["neo4j"], text)
    assert isinstance(found, Found)
    assert found.rows
    assert found == asked(engines["embedded"], text)


def test_the_advice_of_the_table_gives_the_rows(engines: dict[str, Store]) -> None:
    wanted = asked(engines["neo4j"], QUERIES["`MATCH ()-[r]->() MATCH (k {iri: r.claim})`"])
    where = "MATCH ()-[r:GIVER]->() MATCH (k:Claim) WHERE k.iri = r.claim RETURN k.id AS id "
    assert asked(engines["embedded"], where + "ORDER BY id") == wanted


@pytest.mark.parametrize("name", [name for name, _ in recipes("cypher")])
def test_a_recipe_gives_the_same_rows_on_both(name: str, engines: dict[str, Store]) -> None:
    text = dict(recipes("cypher"))[name]
    found = asked(engines["neo4j"], text)
    assert isinstance(found, Found)
    assert found.rows
    assert compared(found, asked(engines["embedded"], text))[1].startswith("the same rows")


def test_ctrl_c_ends_a_query_on_the_server_too(
    engines: dict[str, Store], neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    (tmp_path / "runaway.cypher").write_text(
        "MATCH p=(a)-[*]-(b) RETURN count(p) AS runaway", encoding="utf-8"
    )
    command = [str(Path(sys.executable).parent / "sousveil"), "query", "--cypher"]
    command += [str(tmp_path / "runaway.cypher"), "--case", str(RING_LAPD), "--engine", "neo4j"]
    command += ["--uri", neo4j_server.uri, "--seconds", "600"]
    environment = {**os.environ, "NEO4J_PASSWORD": neo4j_server.password}
    # A shell's background jobs ignore SIGINT, and so would what they start.
    running = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert within(60, lambda: runaways(neo4j_server) == 1)
        running.send_signal(signal.SIGINT)
        running.wait(60)
        assert within(60, lambda: runaways(neo4j_server) == 0)
    finally:
        running.kill()
        running.communicate()


def runaways(server: Neo4jServer) -> int:
    with server.driver() as driver:
        found = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery, status").records
    return sum("AS runaway" in row["currentQuery"] for row in found)


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.2)
    return False
