"""Constraints of both editions of Neo4j: they hold for the case, and the server reads them."""

from __future__ import annotations

import json
import re
from typing import Any, cast

import neo4j
import pytest

from sousveil.graph.constraints import enterprise_constraints, uniqueness_constraints
from sousveil.graph.property_elements import PropertyGraph
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.properties import required_properties
from tests.cases import RING_LAPD
from tests.servers import Neo4jServer
from tests.test_command_line import run

EXISTS = re.compile(
    r"CREATE CONSTRAINT `\w+` IF NOT EXISTS FOR \(n:`(\w+)`\) REQUIRE n\.`(\w+)` IS NOT NULL"
)
KEY = re.compile(
    r"CREATE CONSTRAINT `\w+` IF NOT EXISTS FOR \(\)-\[r:`(\w+)`\]-\(\) "
    r"REQUIRE \(r\.`(\w+)`\) IS RELATIONSHIP KEY"
)


def statements() -> list[str]:
    return enterprise_constraints(load_vocabulary(), required_properties())


def needed() -> set[tuple[str, str]]:
    return {(m[1], m[2]) for s in statements() if (m := EXISTS.fullmatch(s))}


def keys() -> set[tuple[str, str]]:
    return {(m[1], m[2]) for s in statements() if (m := KEY.fullmatch(s))}


def test_what_a_node_must_have_comes_from_its_shape() -> None:
    assert needed() >= {
        ("Thing", "iri"), ("Thing", "name"), ("Thing", "case"), ("Person", "exposure"),
        ("Claim", "standing"), ("Claim", "accepted"), ("Claim", "originCount"),
        ("Evidence", "stance"), ("Evidence", "mode"), ("DerivedLink", "standing"),
        ("Case", "profile"),
    }  # fmt: skip
    assert not {name for name, _ in needed()} & {"Decision", "Judgement", "BoundedValue"}
    assert len(needed()) + len(keys()) == len(statements())


def test_the_claim_is_the_key_of_a_relationship_and_the_link_of_a_derived_one() -> None:
    assert {("GIVER", "claim"), ("GAVE_BENEFIT_TO", "link")} <= keys()
    types = {r.type for r in load_vocabulary().relations.values() if r.type}
    assert {type_ for type_, key in keys() if key == "claim"} == types


@pytest.mark.parametrize("profile", list(Profile))
def test_the_bundled_case_keeps_the_constraints_of_the_enterprise_edition(profile: Profile) -> None:
    with Case.open(RING_LAPD) as case:
        graph: PropertyGraph = case.property_graph(profile)
    wanted = needed()
    missing = [
        (node.iri, label, key)
        for node in graph.nodes
        for label, key in wanted
        if label in node.labels and key not in node.properties
    ]
    assert missing == []
    met = {(label, key) for node in graph.nodes for label, key in wanted if label in node.labels}
    assert met == wanted
    for type_, key in keys():
        values = [r.properties.get(key) for r in graph.relationships if r.type == type_]
        assert None not in values
        assert len(set(map(str, values))) == len(values)


def test_a_real_server_reads_every_statement_and_refuses_it_for_its_edition_only(
    neo4j_clean: Neo4jServer,
) -> None:
    auth = (neo4j_clean.user, neo4j_clean.password)
    with neo4j.GraphDatabase.driver(neo4j_clean.uri, auth=auth) as driver:
        for statement in uniqueness_constraints(load_vocabulary()):
            driver.execute_query(cast(Any, statement))
        for statement in statements():
            with pytest.raises(neo4j.exceptions.Neo4jError, match="Enterprise Edition"):
                driver.execute_query(cast(Any, statement))


def test_the_command_prints_each_edition() -> None:
    community = run("ontology", "constraints").stdout.splitlines()
    enterprise = run("ontology", "constraints", "--edition", "enterprise").stdout.splitlines()
    assert community == [f"{s};" for s in uniqueness_constraints(load_vocabulary())]
    assert enterprise == [*community, *(f"{s};" for s in statements())]
    wrong = run("ontology", "constraints", "--edition", "aura")
    assert wrong.returncode == 2
    assert "community, enterprise" in wrong.stderr


def test_the_legend_says_how_each_type_is_drawn_and_what_it_means() -> None:
    rows = {row["type"]: row for row in json.loads(run("ontology", "legend").stdout)}
    assert rows["Company"] == {
        "type": "Company",
        "label": "company",
        "color": "#0072B2",
        "symbol": "diamond",
        "iri": "https://w3id.org/sousveil/ns#Company",
        "labels": ["Company", "Organization", "Agent", "Thing"],
        "definition": "An organization that sells or runs goods or services for profit.",
    }
    assert "Agent" not in rows
    looks = [(row["color"], row["symbol"]) for row in rows.values()]
    assert len(set(looks)) == len(looks)
