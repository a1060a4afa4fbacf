"""The cookbooks: at least 25 queries each, run as they are written, and each gives rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sousveil.pipeline.case import Case
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Bound, Dialect, Iri, Limits, Store
from tests.cases import REPOSITORY, RING_LAPD
from tests.stores import require_cypher

THING: dict[str, Bound] = {"thing": Iri("https://w3id.org/sousveil/case/ring-lapd/ring")}


def recipes(language: str) -> list[tuple[str, str]]:
    text = (REPOSITORY / "docs" / f"{language}-cookbook.md").read_text(encoding="utf-8")
    return re.findall(rf"^## ([^\n]+)\n\n```{language}\n(.+?)\n```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def sparql(case: Case) -> Iterator[Store]:
    with OxigraphStore() as store:
        store.load_case(case)
        yield store


@pytest.fixture(scope="module")
def cypher(case: Case) -> Iterator[Store]:
    require_cypher()
    with case.store(Dialect.CYPHER) as store:
        yield store


@pytest.mark.parametrize("language", ["sparql", "cypher"])
def test_there_are_at_least_25(language: str) -> None:
    assert len(recipes(language)) >= 25


@pytest.mark.parametrize("name", [name for name, _ in recipes("sparql")])
def test_a_sparql_recipe_gives_rows(name: str, sparql: Store) -> None:
    text = dict(recipes("sparql"))[name]
    assert sparql.read(text, THING if "A parameter" in name else {}, Limits(rows=100)).rows


@pytest.mark.parametrize("name", [name for name, _ in recipes("cypher")])
def test_a_cypher_recipe_gives_rows(name: str, cypher: Store) -> None:
    text = dict(recipes("cypher"))[name]
    assert cypher.read(text, THING if "A parameter" in name else {}, Limits(rows=100)).rows
