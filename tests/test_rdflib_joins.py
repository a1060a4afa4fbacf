"""rdflib joins in order: the same rows as before and as pyoxigraph, from far fewer triples."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.stores.memory import Memory

from sousveil.stores.rdflib_joins import join_in_order

CLAIMS = 60
HEAD = "PREFIX : <http://example.org/> "


def turtle() -> str:
    """Claims about ten things, each active; every sixth is a gift, every tenth has an amount."""
    lines = ["@prefix : <http://example.org/> ."]
    for n in range(CLAIMS):
        verb = "gave" if n % 6 == 0 else "met"
        more = f" ; :amount {n}" if n % 10 == 0 else ""
        lines.append(
            f":c{n} :subject :t{n % 10} ; :verb :{verb} ; :object :t{(n * 7) % 10} ; "
            f":life :active{more} ."
        )
    return "\n".join(lines)


QUERIES = {
    "three groups": """SELECT ?s ?c {
        VALUES ?v { :gave :lent } { ?g :verb ?v ; :subject ?s ; :life :active }
        { ?c :subject ?s } { ?c :life :active ; :object ?o } }""",
    "a union after a union": """SELECT ?s ?o {
        { ?a :subject ?s ; :verb :gave } UNION { ?a :object ?s ; :verb :gave }
        { ?b :subject ?o } UNION { ?b :object ?o ; :amount ?n }
        FILTER(?s = ?o) }""",
    "values last": "SELECT ?c ?v { ?c :subject :t2 . { ?c :verb ?v } VALUES ?v { :gave } }",
    "optional within": """SELECT ?c ?n { ?c :verb :gave . { ?c :subject ?s
        OPTIONAL { ?c :amount ?n } } { ?c :object ?o } }""",
    "minus within": """SELECT ?c { ?c :verb :gave { ?c :subject ?s } { ?c :life :active
        MINUS { ?c :amount ?n } } }""",
    "a filter of its own sees only its group": """SELECT ?c { ?c :amount ?n
        { ?c :verb :met } { ?c :subject ?s FILTER(!BOUND(?n)) } }""",
    "a subquery": """SELECT ?s ?most { ?g :verb :gave ; :subject ?s { ?g :life :active }
        { SELECT ?s (MAX(?n) AS ?most) { ?c :subject ?s ; :amount ?n } GROUP BY ?s } }""",
    "what exists": """SELECT ?c { ?c :verb :gave ; :object ?o
        FILTER EXISTS { { ?x :subject ?o } { ?x :life :active ; :verb :met } } }""",
    "bind within": """SELECT ?c ?x { ?c :verb :gave { ?c :life :active }
        { ?c :subject ?s BIND(STR(?s) AS ?x) } }""",
}


class Counting(Memory):
    """rdflib's store in memory, counting the triples that it gives."""

    given = 0

    def triples(self, triple_pattern: Any, context: Any = None) -> Generator[Any, None, None]:
        for triple in super().triples(triple_pattern, context):
            self.given += 1
            yield triple


def rows(graph: rdflib.Graph, query: Any) -> list[tuple[str, ...]]:
    found = graph.query(query)
    return sorted(tuple(str(cell) for cell in row) for row in found)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", QUERIES)
def test_the_rows_are_those_of_rdflib_and_of_pyoxigraph(name: str) -> None:
    text = HEAD + QUERIES[name]
    graph = rdflib.Graph().parse(data=turtle(), format="turtle")
    store = ox.Store()
    store.load(turtle().encode(), format=ox.RdfFormat.TURTLE)
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    theirs = sorted(
        tuple("None" if cell is None else getattr(cell, "value", str(cell)) for cell in solution)
        for solution in solutions
    )

    ours = rows(graph, join_in_order(prepareQuery(text)))

    assert ours == theirs
    assert ours == rows(graph, text)
    assert ours


def test_a_part_begins_at_what_was_found_and_not_at_all_that_is_active() -> None:
    text = HEAD + "SELECT ?c { ?g :verb :gave ; :subject ?s { ?c :life :active ; :subject ?s } }"
    counted = []
    for query in (prepareQuery(text), join_in_order(prepareQuery(text))):
        store = Counting()
        graph = rdflib.Graph(store=store).parse(data=turtle(), format="turtle")
        store.given = 0
        rows(graph, query)
        counted.append(store.given)
    gifts, claims_of_a_thing = CLAIMS // 6, CLAIMS // 10

    assert counted[0] > gifts * CLAIMS
    assert counted[1] == gifts * 2 + gifts * claims_of_a_thing * 2


def test_what_exists_is_looked_up_and_not_all_that_is_active() -> None:
    text = (
        HEAD
        + """SELECT ?c { ?c :verb :gave ; :subject ?s
        FILTER NOT EXISTS { { ?x :subject ?s } { ?x :life :active ; :verb :lent } } }"""
    )
    store = Counting()
    graph = rdflib.Graph(store=store).parse(data=turtle(), format="turtle")
    store.given = 0
    rows(graph, join_in_order(prepareQuery(text)))
    gifts, claims_of_a_thing = CLAIMS // 6, CLAIMS // 10

    assert store.given <= gifts * 2 + gifts * claims_of_a_thing * 2
