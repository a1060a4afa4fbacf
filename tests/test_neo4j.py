"""The property graph on a real Neo4j server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sousveil.errors import OutsideError, UsageError
from sousveil.graph.cypher_script import cypher_script
from sousveil.graph.property_elements import PropertyGraph
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.stores.neo4j_store import Neo4jStore
from tests.cases import RING_LAPD, open_case, source
from tests.servers import Neo4jServer

HOSTILE = [
    "'); MATCH (n) DETACH DELETE n; //",
    "\\'}) DETACH DELETE n //",
    "\\u0027 \\",
    "\\\\u0027",
    'a "quoted" name',
    "`backtick`",
    "$parameter {map: 1}",
    "</script><script>alert(1)</script>",
    "line\u00a0separator \u202eright to left",
    "Ümlaut 日本語 🎥",
    "/* comment */ // comment",
    "semicolon; CREATE (x)",
]


def frozen(properties: dict[str, Any]) -> str:
    return json.dumps(properties, sort_keys=True, ensure_ascii=False)


def wanted(graph: PropertyGraph) -> tuple[Counter[Any], Counter[Any]]:
    nodes = Counter((tuple(sorted(n.labels)), frozen(n.properties)) for n in graph.nodes)
    relationships = Counter(
        (r.type, r.start, r.end, frozen(r.all_properties)) for r in graph.relationships
    )
    return nodes, relationships


def on_server(server: Neo4jServer) -> tuple[Counter[Any], Counter[Any]]:
    with server.driver() as driver:
        nodes = driver.execute_query("MATCH (n) RETURN labels(n) AS l, properties(n) AS p").records
        relationships = driver.execute_query(
            "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.iri AS a, b.iri AS b, properties(r) AS p"
        ).records
    return (
        Counter((tuple(sorted(r["l"])), frozen(r["p"])) for r in nodes),
        Counter((r["t"], r["a"], r["b"], frozen(r["p"])) for r in relationships),
    )


def store_of(server: Neo4jServer) -> Neo4jStore:
    return Neo4jStore(server.uri, server.user, server.password)


@pytest.mark.parametrize("profile", list(Profile))
def test_the_server_holds_the_same_nodes_and_relationships_as_the_tables(
    profile: Profile, neo4j_clean: Neo4jServer
) -> None:
    with Case.open(RING_LAPD) as case, store_of(neo4j_clean) as store:
        graph = case.property_graph(profile)
        store.load(graph, case.vocabulary)
    assert on_server(neo4j_clean) == wanted(graph)


def test_loading_twice_is_loading_once_and_the_constraints_are_there(
    neo4j_clean: Neo4jServer,
) -> None:
    with Case.open(RING_LAPD) as case, store_of(neo4j_clean) as store:
        graph = case.property_graph()
        store.load(graph, case.vocabulary)
        store.load(graph, case.vocabulary)
        assert store.loaded_digest(case.tables.header.base) == case.tables.digest()
    assert on_server(neo4j_clean) == wanted(graph)
    with neo4j_clean.driver() as driver:
        names = {r["name"] for r in driver.execute_query("SHOW CONSTRAINTS YIELD name").records}
    assert {"sousveil_thing_iri", "sousveil_claim_iri", "sousveil_evidence_iri"} <= names


def test_a_changed_case_replaces_what_is_gone_and_leaves_other_data_alone(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    with neo4j_clean.driver() as driver:
        driver.execute_query("CREATE (:Private {iri: 'urn:mine', note: 'keep'})")
    with Case.open(folder) as case, store_of(neo4j_clean) as store:
        store.load(case.property_graph(Profile.DESK), case.vocabulary)
    (folder / "sources" / "verge-2021-06-17.yaml").unlink()
    (folder / "judgements.csv").unlink()
    with Case.open(folder) as case, store_of(neo4j_clean) as store:
        graph = case.property_graph()
        store.load(graph, case.vocabulary)
    nodes, relationships = on_server(neo4j_clean)
    mine = (("Private",), frozen({"iri": "urn:mine", "note": "keep"}))
    assert nodes.pop(mine) == 1
    leftover_terms = {key for key in nodes - wanted(graph)[0] if key[0] == ("Concept",)}
    assert not (nodes - wanted(graph)[0] - Counter(leftover_terms))
    assert not (wanted(graph)[0] - nodes)
    assert relationships == wanted(graph)[1]


def test_an_entity_that_changes_its_type_loses_its_old_labels(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    says = {"sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Acme")}
    graph = None
    for number, type_name in enumerate(("Company", "AdvocacyGroup")):
        entities = (
            f"{type_name}:\n  acme: Acme\nNewsOrganization:\n  paper-a: Paper A\n"
            "BenefitTransfer:\n  gift: a gift\n"
        )
        with (
            open_case(tmp_path / str(number), says, entities=entities) as case,
            store_of(neo4j_clean) as store,
        ):
            graph = case.property_graph()
            store.load(graph, case.vocabulary)
    assert graph is not None
    assert on_server(neo4j_clean) == wanted(graph)


def test_hostile_text_arrives_as_text_by_bolt_and_by_script(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    blocks = "\n".join(
        f"- about: gift\n  at: {n}\n  effect: |\n    {text}" for n, text in enumerate(HOSTILE, 1)
    )
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", blocks)}) as case:
        graph = case.property_graph()
        with store_of(neo4j_clean) as store:
            store.load(graph, case.vocabulary)
        assert on_server(neo4j_clean) == wanted(graph)
        values = [n.properties.get("value") for n in graph.nodes]
        assert all(text in values for text in HOSTILE)
        script = "".join(cypher_script(graph, case.vocabulary))
    neo4j_clean.wipe()
    run_script(neo4j_clean, script)
    assert on_server(neo4j_clean) == wanted(graph)


def as_query(text: str) -> Any:
    """Pass a text as a query; the driver's types allow literals only."""
    return text


def run_script(server: Neo4jServer, script: str) -> None:
    """Run a script as cypher-shell would: statement by statement, parted by `;` at a line's end."""
    statements = [s for s in script.split(";\n") if s.strip()]
    with server.driver() as driver, driver.session() as session:
        for statement in statements:
            session.run(as_query(statement)).consume()


def test_the_import_script_makes_the_same_graph_and_can_run_twice(
    neo4j_clean: Neo4jServer,
) -> None:
    with Case.open(RING_LAPD) as case:
        graph = case.property_graph()
        script = "".join(cypher_script(graph, case.vocabulary))
    run_script(neo4j_clean, script)
    run_script(neo4j_clean, script)
    assert on_server(neo4j_clean) == wanted(graph)


def test_a_naive_cypher_query_for_gifts_after_retraction_returns_none(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    counts = []
    for retract in (False, True):
        if retract:
            (folder / "decisions" / "2026-12.yaml").write_text(
                "- decision: retract source\n  source: latimes-2021-06-17\n"
                "  because: a test\n  by: one\n  decided: 2026-12-01\n",
                encoding="utf-8",
            )
        with Case.open(folder) as case, store_of(neo4j_clean) as store:
            store.load(case.property_graph(), case.vocabulary)
            rows = store.rows(
                "MATCH (g {key: 'gifts-to-officers'})-[:GIVER]->(x) RETURN x.name AS name", {}
            )
            links = store.rows(
                "MATCH (a)-[:GAVE_BENEFIT_TO]->(b {key: 'lapd-officers'}) RETURN b.name AS name", {}
            )
            counts.append((len(rows), len(links)))
    assert counts == [(1, 1), (0, 0)]


def test_a_wrong_password_says_so(neo4j_server: Neo4jServer) -> None:
    with (
        pytest.raises(OutsideError, match="refuses the user or the password"),
        Neo4jStore(neo4j_server.uri, neo4j_server.user, "wrong"),
    ):
        pass


def test_a_server_that_is_away_says_so() -> None:
    with (
        pytest.raises(OutsideError, match=r"bolt://127\.0\.0\.1:9 does not answer"),
        Neo4jStore("bolt://127.0.0.1:9", "neo4j", "x"),
    ):
        pass


def test_an_address_that_is_none_says_so() -> None:
    with pytest.raises(UsageError, match="is not an address of a Neo4j server"):
        Neo4jStore("http://localhost", "neo4j", "x")


def test_the_command_line_loads_a_server_and_ends_with_3_when_it_is_away(
    neo4j_clean: Neo4jServer,
) -> None:
    def load(uri: str, password: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sousveil", "neo4j", "load", str(RING_LAPD), "--uri", uri],
            env={**os.environ, "NEO4J_PASSWORD": password, "NEO4J_USER": neo4j_clean.user},
            capture_output=True,
            text=True,
            check=False,
        )

    done = load(neo4j_clean.uri, neo4j_clean.password)
    assert done.returncode == 0
    assert "loaded" in done.stdout
    wrong = load(neo4j_clean.uri, "wrong")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert "refuses the user or the password" in wrong.stderr
    away = load("bolt://127.0.0.1:9", "x")
    assert away.returncode == 3
    assert "does not answer" in away.stderr
    assert "Traceback" not in away.stderr + wrong.stderr
