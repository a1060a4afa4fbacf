"""pyoxigraph's joins in order: the same rows as without, and every question's text is taken."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from sousveil.ask.questions import load_question, question_names
from sousveil.errors import UsageError
from sousveil.stores import oxigraph_store
from sousveil.stores.oxigraph_joins import join_in_order
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Dialect, Iri
from tests.test_rdflib_joins import HEAD, QUERIES, turtle

MORE = {
    "a parameter in a filter": """SELECT ?c ?of { { ?c :subject ?s } UNION { ?c :object ?s }
        FILTER(?s = ?of) }""",
    "a parameter in an optional part": """SELECT ?c ?of ?n { ?c :verb :gave
        OPTIONAL { ?c :subject ?of ; :amount ?n } OPTIONAL { ?c :amount ?n } }""",
    "an optional part within another": """SELECT ?c ?of ?o ?n { ?c :subject ?of
        OPTIONAL { ?c :object ?o OPTIONAL { ?x :subject ?o ; :amount ?n FILTER(?n > 3) } } }""",
    "what exists": """SELECT ?c ?of { ?c :object ?of
        FILTER EXISTS { { ?x :object ?of } { ?x :verb :gave ; :life :active } } }""",
    "braces and words in texts": """SELECT ?c ?of { ?c :subject ?of # } OPTIONAL {
        { ?c :verb ?v FILTER(STR(?v) != "} UNION {") } { ?c :object ?o } }""",
    "triples between groups": """SELECT ?c ?of ?n { { ?c :subject ?of } UNION { ?c :object ?of }
        ?c :verb ?v ; :life ?l . FILTER(?v IN (:gave, :met)) ?c :object ?o . FILTER NOT EXISTS
        { ?c :amount 7 } ?x :subject ?o OPTIONAL { ?x :amount ?n } ?x :life :active }""",
    "a subquery with its groups": """SELECT ?of ?most { { SELECT ?of (COUNT(?c) AS ?most) {
        { ?c :subject ?of } ?c :verb ?v } GROUP BY ?of ORDER BY ?of } ?x :subject ?of }""",
    "values between groups": """SELECT ?c ?of ?v { { ?c :subject ?of } VALUES ?v { :gave :met }
        ?c :verb ?v }""",
    "values of two": """SELECT ?c ?of ?n { VALUES (?v ?n) { (:gave 1) (:met 2) } ?c :verb ?v
        { ?c :subject ?of } UNION { ?c :object ?of . ?c :amount ?amount } }""",
}


def store() -> OxigraphStore:
    made = OxigraphStore()
    made.store.load(turtle().encode(), format=ox.RdfFormat.TURTLE)
    return made


def rows(text: str, bound: dict[str, ox.NamedNode]) -> list[str]:
    found = store().store.query(
        text, substitutions={ox.Variable(name): term for name, term in bound.items()}
    )
    assert isinstance(found, ox.QuerySolutions)
    return sorted(str(solution) for solution in found)


@pytest.mark.parametrize("name", [*QUERIES, *MORE])
def test_the_rows_are_those_of_the_text_as_written(name: str) -> None:
    text = HEAD + {**QUERIES, **MORE}[name]
    bound = {"of": ox.NamedNode("http://example.org/t4")} if name in MORE else {}

    in_order = join_in_order(text, bound)

    assert in_order != text
    assert rows(in_order, bound) == rows(text, bound)
    assert rows(text, bound)


@pytest.mark.parametrize("name", question_names())
def test_pyoxigraph_takes_every_question_in_order(name: str) -> None:
    question = load_question(name)
    bound = {parameter.name: ox.NamedNode("urn:x") for parameter in question.parameters}

    in_order = join_in_order(question.text(Dialect.SPARQL), bound)

    assert in_order.count(" LATERAL ") >= bool(bound)
    assert isinstance(ox.Store().query(in_order), ox.QuerySolutions)


def test_a_group_with_a_filter_of_its_own_is_left_as_it_is() -> None:
    text = "SELECT * { ?a ?b ?c { ?c ?d ?e } { ?e ?f ?g FILTER(?g = ?a) } }"

    assert join_in_order(text, {}) == (
        "SELECT * { ?a ?b ?c LATERAL { { ?c ?d ?e } } { ?e ?f ?g FILTER(?g = ?a) } }"
    )


def test_a_wrong_query_is_told_with_its_own_columns() -> None:
    text = "SELECT ?s { ?s ?p ?o OPTIONAL { ?s ?q ?r } nonsense }"

    with pytest.raises(UsageError, match=f"line 1, column {text.index(' }', 50) + 1}"):
        store().rows(text, {"s": Iri("http://example.org/t4")})


@pytest.mark.parametrize("text", ["urn:x> } DROP ALL #", "urn:x y", 'urn:x"', "urn:x\n", "urn:{"])
def test_no_iri_can_end_the_text_that_it_stands_in(text: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        ox.NamedNode(text)


def test_words_and_dates_are_bound_and_never_stand_in_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def noted(text: str, bound: Mapping[str, ox.NamedNode]) -> str:
        asked.append(join_in_order(text, bound))
        return asked[-1]

    monkeypatch.setattr(oxigraph_store, "join_in_order", noted)
    text = HEAD + "SELECT ?c ?of ?word { ?c :subject ?of FILTER(STR(?of) != ?word) }"
    store().rows(text, {"of": Iri("http://example.org/t4"), "word": '"} UNION { ?s ?p ?o'})
    assert "<http://example.org/t4>" in asked[0]
    assert "UNION" not in asked[0]
