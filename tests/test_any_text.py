"""Any text anywhere: a problem or a faithful round trip, never a traceback."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from rdflib.namespace import RDF

from sousveil.graph.cypher_script import literal
from sousveil.graph.property_elements import PropertyGraph
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build_files
from sousveil.pipeline.case import Case, check_case
from sousveil.pipeline.export import export_bytes
from sousveil.pipeline.findings import findings
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.namespaces import SV
from tests.cases import header, write_case
from tests.generated import Generated, Said, cases
from tests.servers import Neo4jServer
from tests.test_neo4j import on_server, store_of, wanted

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LARGE = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
]
"""A whole case is a large example, and takes a while; that is no fault."""
LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text and text.strip() != "")


@QUICK
@given(text=LINES)
def test_a_text_comes_through_every_format_as_it_was_typed(text: str) -> None:
    expected = unicodedata.normalize("NFC", text)
    with tempfile.TemporaryDirectory() as folder:
        write_case(Path(folder), {})
        path = Path(folder) / "sources" / "a.yaml"
        path.parent.mkdir()
        path.write_text(
            header("Paper A") + "\nsays:\n- about: gift\n  at: 1\n  effect: |\n    " + text + "\n",
            encoding="utf-8",
        )
        with Case.open(folder) as case:
            (claim,) = case.words().claims()
            assert claim.value == expected
            data = "".join(case.nquads()).encode("utf-8")
            as_jsonld = export_bytes(case, "jsonld", Profile.PUBLIC)
            as_rdf12 = export_bytes(case, "rdf12", Profile.PUBLIC)
            graph = case.property_graph()
    for text_of_a_format, format_ in (
        (data, ox.RdfFormat.N_QUADS),
        (as_jsonld, ox.RdfFormat.JSON_LD),
        (as_rdf12, ox.RdfFormat.N_QUADS),
    ):
        values = {
            q.object.value
            for q in ox.parse(text_of_a_format, format=format_)
            if isinstance(q.object, ox.Literal)
        }
        assert expected in values
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode("utf-8"), format="nquads")
    assert expected in {str(o) for _, _, o, _ in dataset.quads()}
    assert expected in [n.properties.get("value") for n in graph.nodes]


@QUICK
@given(
    name=st.text(max_size=30), title=st.text(max_size=30), value=st.text(max_size=30),
    note=st.text(max_size=30), at=st.text(max_size=10),
)  # fmt: skip
def test_any_words_in_any_field_are_read_or_refused_and_never_raise(
    name: str, title: str, value: str, note: str, at: str
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = write_case(Path(made), {})
        entities = folder / "entities" / "more.yaml"
        entities.write_bytes(f"Company:\n  x: {name}\n".encode("utf-8", "surrogatepass"))
        text = (
            f"title: {title}\nkind: NewsArticle\npublisher: Paper A\npublished: {value}\n"
            f"read: 2026-11-23\nnote: {note}\nsays:\n- about: gift\n  at: {at}\n"
            f"  giver: {name}\n  number of receivers: {value}\n  note: |\n    {note}\n"
        )
        (folder / "sources").mkdir()
        (folder / "sources" / "a.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        rows = check_case(folder)
        if not rows.problems.errors:
            with Case(folder, rows) as case:
                assert build_files(case, Profile.PUBLIC)


@QUICK
@given(data=st.binary(max_size=200))
def test_any_bytes_as_a_file_are_read_or_refused_and_never_raise(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = write_case(Path(made), {})
        for name in ("sources/a.yaml", "decisions/a.yaml", "judgements.csv", "private/names.yaml"):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        check_case(folder)


@given(text=st.text())
def test_a_cypher_literal_holds_no_bare_quote_line_or_control_character(text: str) -> None:
    inside = literal(text)[1:-1]
    assert "'" not in inside.replace("\\\\", "").replace("\\'", "")
    assert all(ord(c) >= 0x20 and c not in "\u2028\u2029\x7f\x85" for c in inside)


def write_bytes(folder: Path, files: Mapping[str, str]) -> Path:
    """Write a case whose texts may be no text at all."""
    write_case(folder, {})
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder


def follow(generated: Generated) -> PropertyGraph | None:
    """Read a case; follow each value of an accepted one through RDF, page and property graph.

    Returns the property graph of an accepted case, None for a refused one.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = write_bytes(Path(made), generated.files)
        rows = check_case(folder)
        for problem in rows.problems.sorted():
            assert problem.file in (*generated.files, "entities/all.yaml", "case.yaml"), problem
        if rows.problems.errors or rows.header is None:
            assert rows.problems.errors, "refused without a word"
            return None
        findings(folder, rows)
        with Case(folder, rows) as case:
            claims = case.tables.dicts("SELECT * FROM claim ORDER BY id")
            _said(generated, claims, case)
            quads = set(case.quads(Profile.DESK))
            files = build_files(case, Profile.DESK)
            graph = case.property_graph(Profile.DESK)
            base = case.tables.header.base
            as_jsonld = export_bytes(case, "jsonld", Profile.DESK)
    assert set(ox.parse(as_jsonld, format=ox.RdfFormat.JSON_LD)) == quads
    parsed = set(ox.parse(files["graph.nq"], format=ox.RdfFormat.N_QUADS))
    assert parsed == quads
    default = {q for q in quads if q.graph_name == ox.DefaultGraph()}
    assert set(ox.parse(files["graph.ttl"], format=ox.RdfFormat.TURTLE)) == default
    _by_rdflib(files, claims, base)
    return graph


def _said(generated: Generated, claims: list[dict[str, Any]], case: Case) -> None:
    found = {
        Said(
            c["subject"],
            case.vocabulary.relation_at(c["predicate"]).label,
            c["kind"],
            c["lexical"],
            c["bound"],
        )
        for c in claims
    }
    for said in generated.said:
        assert said in found


def _by_rdflib(files: dict[str, bytes], claims: list[dict[str, Any]], base: str) -> None:
    """Another parser finds each claim with its value, in both serialisations."""
    turtle, dataset = rdflib.Graph(), rdflib.Dataset(default_union=False)
    turtle.parse(data=files["graph.ttl"].decode("utf-8"), format="turtle")
    dataset.parse(data=files["graph.nq"].decode("utf-8"), format="nquads")
    for graph in (turtle, dataset.default_graph):
        for claim in claims:
            node = rdflib.URIRef(f"{base}claim/{claim['id']}")
            (stated,) = [
                o
                for p in (RDF.object, rdflib.URIRef(SV + "boundedValue"))
                for o in graph.objects(node, p)
            ] or [None]
            if claim["kind"] in ("unknown", "withheld", "none"):
                assert stated is None
            elif claim["kind"] in ("entity", "term"):
                assert str(stated) == claim["object"]
            elif claim["bound"] is None:
                assert str(stated) == claim["lexical"]
            else:
                assert claim["lexical"] in {str(o) for o in graph.objects(stated)}


def run_many(files: int, first: int = 0) -> tuple[int, int]:
    """Follow generated cases until they had so many different files, from a seed on.

    Returns cases and accepted ones. Each round has a seed of its own: where Hypothesis knows that
    it runs in CI, every round would make the same fifty cases otherwise.
    """
    texts: set[str] = set()
    seen = {"cases": 0, "accepted": 0}

    @settings(max_examples=50, deadline=None, database=None, suppress_health_check=LARGE)
    @given(generated=cases())
    def fifty(generated: Generated) -> None:
        texts.update(generated.files.values())
        seen["cases"] += 1
        seen["accepted"] += follow(generated) is not None

    for number in count(first):
        if len(texts) >= files:
            break
        seed(number)(fifty)()
    return seen["cases"], seen["accepted"]


def test_three_hundred_generated_files_are_refused_or_come_through_whole() -> None:
    number, accepted = run_many(300)
    assert accepted >= number // 5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1_000, 11_000, 1_000))
def test_ten_thousand_generated_files_are_refused_or_come_through_whole(first: int) -> None:
    """A thousand different ones from each seed on."""
    number, accepted = run_many(1_000, first)
    assert accepted >= number // 5


@pytest.mark.slow
def test_generated_cases_come_out_of_a_real_server_as_they_went_in(
    neo4j_clean: Neo4jServer,
) -> None:
    loaded: list[int] = []

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=LARGE)
    @given(generated=cases())
    def each(generated: Generated) -> None:
        graph = follow(generated)
        if graph is None:
            return
        neo4j_clean.wipe()
        with store_of(neo4j_clean) as store:
            store.load(graph, load_vocabulary())
        assert on_server(neo4j_clean) == wanted(graph)
        loaded.append(len(graph.nodes))

    each()
    assert len(loaded) >= 15  # about a fifth is accepted, by chance more or less
