"""One contract, run over every store; and what is special to one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sousveil.errors import OutsideError, UsageError
from sousveil.pipeline.case import Case
from sousveil.stores.arcade_store import STATE, ArcadeStore, StoreDamaged
from sousveil.stores.cypher_text import refuse_map_on_relationship, refused_clause
from sousveil.stores.neo4j_store import Neo4jStore
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Dialect, Iri, Limits, Store
from tests.cases import BASE as SMALL
from tests.cases import RING_LAPD, open_case, source
from tests.servers import Neo4jServer, unavailable
from tests.stores import MAKERS, STORES, StoreMaker, filled, require_cypher

BASE = "https://w3id.org/sousveil/case/ring-lapd/"
PREFIXES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX sv: <https://w3id.org/sousveil/ns#>
"""
CLAIMS_ABOUT = {
    Dialect.SPARQL: PREFIXES
    + "SELECT ?thing ?claim WHERE { ?claim rdf:subject ?thing ; a sv:Claim } ORDER BY ?claim",
    Dialect.CYPHER: "MATCH (claim:Claim)-[:SUBJECT]->({iri: $thing}) "
    "RETURN $thing AS thing, claim.iri AS claim ORDER BY claim",
}
COUNT_CLAIMS = {
    Dialect.SPARQL: PREFIXES + "SELECT (COUNT(?c) AS ?n) WHERE { ?c a sv:Claim }",
    Dialect.CYPHER: "MATCH (c:Claim) RETURN count(c) AS n",
}
RUNAWAY = {
    Dialect.SPARQL: "SELECT (COUNT(*) AS ?n) "
    "WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) < STR(?g)) }",
    Dialect.CYPHER: "MATCH p=(a)-[*]-(b) RETURN count(p) AS n",
}
BROKEN = {
    Dialect.SPARQL: "SELECT ?a\nWHERE { ?a ?b }",
    Dialect.CYPHER: "MATCH (a\nRETURN a",
}
WRITES = {
    Dialect.SPARQL: [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x>\n# a remark\nDELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <http://127.0.0.1:9/x>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DROP ALL",
    ],
    Dialect.CYPHER: [
        "CREATE (:X)",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Claim) SET n.accepted = true",
        "MERGE (n:Thing {iri: 'urn:x'})",
        "MATCH (n:Claim) REMOVE n.standing RETURN n",
        "MATCH (n:Claim) CREATE (n)-[:X]->(n) RETURN n",
        "CREATE INDEX x FOR (n:Claim) ON (n.kind)",
    ],
}


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module", params=STORES)
def store(
    request: pytest.FixtureRequest, case: Case, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with filled(request.param, case, request, tmp_path_factory.mktemp("store")) as opened:
        yield opened


def claim_count(store: Store) -> object:
    return store.rows(COUNT_CLAIMS[store.dialect], {})[0]["n"]


def test_a_store_holds_every_claim_of_the_case(store: Store, case: Case) -> None:
    ((count,),) = case.tables.query("SELECT count(*) FROM claim")
    assert claim_count(store) == count


def test_loading_again_is_loading_once(store: Store, case: Case) -> None:
    before = claim_count(store)
    store.load_case(case)
    assert claim_count(store) == before


def test_an_iri_is_bound_as_a_thing(store: Store, case: Case) -> None:
    ring = Iri(BASE + "pillar")
    found = store.rows(CLAIMS_ABOUT[store.dialect], {"thing": ring})
    wanted = case.tables.query("SELECT id FROM claim WHERE subject = ? ORDER BY id", [str(ring)])
    assert [str(row["claim"]).rsplit("/", 1)[-1] for row in found] == [i for (i,) in wanted]
    assert all(row["thing"] == str(ring) for row in found)


def test_a_text_that_looks_like_a_query_is_bound_as_text(store: Store) -> None:
    hostile = "\"} UNION { ?s ?p ?o } # '}) DETACH DELETE n //"
    text = {
        Dialect.SPARQL: PREFIXES
        + "SELECT ?word WHERE { ?claim a sv:Claim . FILTER(STR(?word) = STR(?claim)) }",
        Dialect.CYPHER: "MATCH (c:Claim) WHERE c.iri = $word RETURN $word AS word",
    }[store.dialect]
    before = claim_count(store)
    assert store.rows(text, {"word": hostile}) == []
    assert claim_count(store) == before


def test_numbers_truth_values_and_days_come_back_as_they_were_bound(store: Store) -> None:
    text = {
        Dialect.SPARQL: "SELECT ?n ?yes ?day WHERE { BIND(1 AS ?one) }",
        Dialect.CYPHER: "RETURN $n AS n, $yes AS yes, $day AS day",
    }[store.dialect]
    found = store.rows(text, {"n": 7, "yes": True, "day": date(2020, 7, 16)})
    assert found == [{"n": 7, "yes": True, "day": "2020-07-16"}]


def test_what_is_not_there_is_null(store: Store) -> None:
    text = {
        Dialect.SPARQL: PREFIXES
        + "SELECT ?c ?x WHERE { ?c a sv:Case . OPTIONAL { ?c sv:nosuch ?x } }",
        Dialect.CYPHER: "MATCH (c:Case) OPTIONAL MATCH (c)-[:NOSUCH]->(x) "
        "RETURN c.iri AS c, x.iri AS x",
    }[store.dialect]
    assert store.rows(text, {}) == [{"c": BASE, "x": None}]


def test_columns_keep_their_order_and_are_there_without_rows(store: Store) -> None:
    text = {
        Dialect.SPARQL: "SELECT ?z ?a ?m WHERE { <urn:none> ?z ?a . ?a ?m ?z }",
        Dialect.CYPHER: "MATCH (n:Claim {iri: 'urn:none'}) RETURN n.z AS z, n.a AS a, n.m AS m",
    }[store.dialect]
    found = store.read(text, {}, Limits())
    # The embedded engine names its columns with the first row only.
    columns = () if store.name == ArcadeStore.name else ("z", "a", "m")
    assert (found.columns, found.rows, found.more) == (columns, (), False)


def test_a_row_limit_cuts_off_and_says_so(store: Store) -> None:
    text = {
        Dialect.SPARQL: PREFIXES + "SELECT ?c WHERE { ?c a sv:Claim } ORDER BY ?c",
        Dialect.CYPHER: "MATCH (c:Claim) RETURN c.iri AS c ORDER BY c",
    }[store.dialect]
    whole = store.read(text, {}, Limits()).rows
    cut = store.read(text, {}, Limits(rows=3))
    assert (cut.rows, cut.more) == (whole[:3], True)
    exact = store.read(text, {}, Limits(rows=len(whole)))
    assert (exact.rows, exact.more) == (whole, False)


def test_every_write_is_refused_and_changes_nothing(store: Store) -> None:
    before = claim_count(store)
    for text in WRITES[store.dialect]:
        with pytest.raises(UsageError, match=r"^line \d+, column \d+: [A-Z]+ .*read-only"):
            store.read(text, {}, Limits())
    assert claim_count(store) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MATCH (n:Company)\nWITH n\n  SET n.x = 1\nRETURN n", "line 3, column 3: SET"),
        (
            "// CREATE\nMATCH (n {set: 'DELETE'})\ndetach  delete n",
            "line 3, column 1: DETACH DELETE",
        ),
        (
            "MATCH (n:SET)-[:CREATE|MERGE]->(m) WITH n AS set, m MERGE (set)",
            "line 1, column 53: MERGE",
        ),
        ("WITH 1 AS set RETURN set, 2 AS remove", None),
        ("MATCH (n)\nCALL db.createLabel('X')\nRETURN n", "line 2, column 1: CALL"),
        ("LOAD CSV FROM 'file:///x' AS row RETURN row", "line 1, column 1: LOAD CSV"),
    ],
)
def test_the_clause_that_writes_is_found_and_no_name_is_taken_for_one(
    text: str, told: str | None
) -> None:
    assert refused_clause(text) == told


def test_a_syntax_error_names_line_and_column(store: Store) -> None:
    with pytest.raises(UsageError, match=r"line 2, column \d+"):
        store.read(BROKEN[store.dialect], {}, Limits())


def test_a_runaway_query_is_stopped_and_the_store_goes_on(store: Store) -> None:
    start = time.monotonic()
    with pytest.raises(UsageError, match="was stopped after 2 s"):
        store.read(RUNAWAY[store.dialect], {}, Limits(seconds=2))
    assert time.monotonic() - start < 60
    assert claim_count(store)


def test_a_limit_of_time_gives_the_same_rows(store: Store) -> None:
    text = COUNT_CLAIMS[store.dialect]
    unlimited = store.read(text, {}, Limits())
    assert store.read(text, {}, Limits(seconds=120)) == unlimited


@pytest.mark.parametrize("make", STORES)
def test_a_changed_case_replaces_what_the_store_held(
    make: StoreMaker, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    said = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring\n  receiver: LAPD officers")
    with make(request, tmp_path) as store:
        for number, text in enumerate((said, said.replace("giver: Ring", "giver: Acme"))):
            with open_case(tmp_path / str(number), {"sources/a.yaml": text}) as small:
                store.load_case(small)
        acme, ring = (
            store.rows(
                {
                    Dialect.SPARQL: PREFIXES
                    + "SELECT ?thing ?c WHERE { ?c rdf:object ?thing ; a sv:Claim }",
                    Dialect.CYPHER: "MATCH (c:Claim)-[:OBJECT]->({iri: $thing}) RETURN c.iri AS c",
                }[store.dialect],
                {"thing": Iri(SMALL + key)},
            )
            for key in ("acme", "ring")
        )
    assert (len(acme), len(ring)) == (1, 0)


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"])
@pytest.mark.parametrize("name", ["oxigraph", "rdflib"])
def test_no_query_goes_onto_the_network(
    name: str, text: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with MAKERS[name](request, tmp_path) as store:
        with pytest.raises(UsageError, match=r"line 1, column 12: SERVICE asks another server"):
            store.read(text, {}, Limits())
        with pytest.raises(UsageError, match="FROM would fetch a graph"):
            store.read("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", {}, Limits())


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?insert WHERE { ?insert ?p 'DELETE { } SERVICE <x>' }",
        "PREFIX load: <urn:clear> SELECT * WHERE { ?s load:drop ?o } # INSERT DATA",
        'SELECT * WHERE { ?s ?p """WITH "DELETE" FROM""" }',
    ],
)
def test_words_of_updates_inside_names_and_strings_are_no_writes(text: str) -> None:
    with OxigraphStore() as store:
        assert store.read(text, {}, Limits()).rows == ()


def test_a_store_on_disk_can_be_read_by_many_at_once(case: Case, tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "o") as store:
        store.load_case(case)
    with (
        OxigraphStore(tmp_path / "o", read_only=True) as one,
        OxigraphStore(tmp_path / "o", read_only=True) as other,
    ):
        assert claim_count(one) == claim_count(other)


def test_a_folder_that_is_no_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutsideError, match="cannot be opened"):
        OxigraphStore(tmp_path / "file")


# The embedded Cypher engine: its faults, contained.


@pytest.fixture(scope="module")
def cypher_folder(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_cypher()
    folder = tmp_path_factory.mktemp("engine") / "cypher"
    with ArcadeStore(folder) as store:
        store.load_case(case)
    return folder


def copy_of(folder: Path, to: Path) -> Path:
    import shutil

    shutil.copytree(folder, to)
    return to


@pytest.mark.parametrize(
    "text",
    [
        "MATCH ()-[r]->() MATCH (k:Claim {iri: r.claim}) RETURN k",
        "MATCH (a)-[s:GIVER]->(b)\nOPTIONAL MATCH (k {iri: s.claim, life: 'active'}) RETURN k",
        "MATCH ()-[r {key: 'x'}]->() WITH r MATCH (k {iri: r.claim}) RETURN k",
    ],
)
def test_a_map_that_reads_a_relationship_is_refused_with_advice(text: str) -> None:
    with pytest.raises(UsageError, match=r"line \d+, column \d+.*after WHERE"):
        refuse_map_on_relationship(text)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH ()-[r]->() MATCH (k:Claim) WHERE k.iri = r.claim RETURN k",
        "MATCH ()-[r]->() MATCH (k:Claim {iri: $r}) RETURN k",
        "MATCH (a)-[r]->(b {name: 'r'}) RETURN {r: r.claim} // MATCH ({x: r})",
        "MATCH ()-[r]->() WITH r.claim AS id MATCH (k {iri: id}) RETURN k",
    ],
)
def test_what_the_engine_answers_rightly_is_not_refused(text: str) -> None:
    refuse_map_on_relationship(text)


def test_the_fault_is_still_there_and_where_is_right(cypher_folder: Path) -> None:
    """Where this fails, the engine was mended and the check can go."""
    with ArcadeStore(cypher_folder) as store:
        right = store.rows(
            "MATCH ()-[r:GIVER]->() MATCH (k:Claim) WHERE k.iri = r.claim RETURN k.id AS id", {}
        )
        assert right
        bolt = store._serving()
        wrong = bolt.found(
            "MATCH ()-[r:GIVER]->() MATCH (k:Claim {iri: r.claim}) RETURN k.id AS id",
            {},
            Limits(),
        )
        assert wrong.rows == ()


def test_a_truncated_file_is_noticed_at_the_next_opening(
    cypher_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of(cypher_folder, tmp_path / "cypher")
    buckets = sorted(
        (folder / "databases" / "case").glob("Claim_*.bucket"), key=lambda p: p.stat().st_size
    )
    os.truncate(buckets[-1], buckets[-1].stat().st_size // 2)
    with ArcadeStore(folder) as store, pytest.raises(StoreDamaged):
        store.rows("MATCH (n) RETURN count(n) AS n", {})


def test_a_folder_of_another_version_or_half_written_is_refused(
    cypher_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of(cypher_folder, tmp_path / "cypher")
    (folder / STATE).write_text('{"format": 0, "counts": {}}', encoding="utf-8")
    with ArcadeStore(folder) as store, pytest.raises(StoreDamaged, match="another version"):
        store.rows("RETURN 1 AS n", {})
    (folder / STATE).unlink()
    with ArcadeStore(folder) as store, pytest.raises(StoreDamaged, match="was not finished"):
        store.rows("RETURN 1 AS n", {})


def test_a_damaged_store_of_a_case_is_made_again(tmp_path: Path) -> None:
    require_cypher()
    from sousveil.pipeline.kept import KeptCase, open_kept

    folder = copy_of(RING_LAPD, tmp_path / "case")
    for _ in range(2):
        with open_kept(folder) as kept:
            assert isinstance(kept, KeptCase)
            with kept.store(Dialect.CYPHER) as store:
                assert claim_count(store)
            (kept.kept / "cypher" / STATE).write_text("{}", encoding="utf-8")


def test_one_process_owns_the_folder_and_a_second_is_told(cypher_folder: Path) -> None:
    with ArcadeStore(cypher_folder) as store:
        store.rows("RETURN 1 AS n", {})
        code = (
            "import sys; from pathlib import Path\n"
            "from sousveil.stores.arcade_store import ArcadeStore\n"
            "from sousveil.errors import OutsideError\n"
            "try: ArcadeStore(Path(sys.argv[1])).rows('RETURN 1 AS n', {})\n"
            "except OutsideError as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(cypher_folder)],
            capture_output=True,
            text=True,
            check=True,
        )
    assert "another process has the Cypher store" in done.stdout


def test_the_engine_ends_with_its_parent_even_when_that_is_killed(cypher_folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from sousveil.stores.arcade_store import ArcadeStore\n"
        "s = ArcadeStore(Path(sys.argv[1])); s.rows('RETURN 1 AS n', {})\n"
        "print(s._engine.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(cypher_folder)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    engine = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{engine}").exists() and time.monotonic() < deadline:
        state = Path(f"/proc/{engine}/stat").read_text(encoding="utf-8").rsplit(")", 1)[-1].split()
        if state[0] == "Z":  # ended; whoever adopted it has not looked yet
            break
        time.sleep(0.1)
    else:
        assert not Path(f"/proc/{engine}").exists()
    with ArcadeStore(cypher_folder) as store:
        assert claim_count(store)


def test_no_file_can_be_read_by_a_query(cypher_folder: Path) -> None:
    with (
        ArcadeStore(cypher_folder) as store,
        pytest.raises(UsageError, match="read from outside the graph"),
    ):
        store.read("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", {}, Limits())


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "MATCH (n)\nload /* */ csv FROM 'http://127.0.0.1/' AS line RETURN line",
        "L\\u004FAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "RETURN 'a\\u0027 AS a UNION LOAD CSV FROM \\u0027file:///etc/hostname' AS a RETURN a",
    ],
)
def test_no_file_of_a_server_can_be_read_by_a_query(neo4j_server: Neo4jServer, text: str) -> None:
    with (
        Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as store,
        pytest.raises(UsageError, match="LOAD CSV would read from outside the graph"),
    ):
        store.read(text, {}, Limits())


@pytest.mark.neo4j
def test_words_about_loading_are_words(neo4j_server: Neo4jServer) -> None:
    with Neo4jStore(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as store:
        found = store.read("RETURN 'LOAD CSV' AS said // LOAD CSV", {}, Limits())
    assert found.rows == ({"said": "LOAD CSV"},)


def test_the_engine_is_heard_on_loopback_only(cypher_folder: Path) -> None:
    listing = Path("/proc/net/tcp")
    if not listing.exists():
        unavailable("proc", "this system has no /proc/net/tcp")
    with ArcadeStore(cypher_folder) as store:
        store.rows("RETURN 1 AS n", {})
        assert store._engine is not None
        inodes = {
            str(link.readlink())
            for link in Path(f"/proc/{store._engine.pid}/fd").iterdir()
            if str(link.readlink()).startswith("socket:")
        }
        heard = [
            fields[1].split(":")[0]
            for table in (listing, Path("/proc/net/tcp6"))
            for fields in (line.split() for line in table.read_text().splitlines()[1:])
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes
        ]
    assert heard
    assert set(heard) <= {"0100007F", "0000000000000000FFFF00000100007F"}


def test_a_missing_engine_names_the_alternative(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sousveil.stores.at_hand.cypher_at_hand", lambda: False)
    with pytest.raises(OutsideError, match=r"install sousveil\[cypher\].*--engine neo4j"):
        ArcadeStore()


def test_a_password_that_is_wrong_is_told_for_own_queries_too(neo4j_server: Neo4jServer) -> None:
    store = Neo4jStore(neo4j_server.uri, neo4j_server.user, "wrong")
    with pytest.raises(OutsideError, match="refuses the user or the password"):
        store.read("RETURN 1 AS n", {}, Limits())
    store.close()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "SELECT ?a WHERE {\n ?a a foo:bar . }",
            r"line 2, column 14: the prefix 'foo' is not declared; begin the query with PREFIX",
        ),
        ("SELECT ?x WHERE { ?a <http://x> ?b", r'line 1, column 35: expected ","'),
        ("SELECT ?x { ?a ?b ?c } GROUP BY ?b", r"contains a variable that is unbound\Z"),
        ("SELEC ?x { ?a ?b ?c }", r"line 1, column \d+: expected "),
    ],
)
def test_a_fault_in_sparql_is_told_with_its_place_and_without_a_grammar(
    text: str, fault: str
) -> None:
    with OxigraphStore() as store:
        with pytest.raises(UsageError, match=fault) as raised:
            store.read(text, {}, Limits())
        assert "['" not in str(raised.value)
