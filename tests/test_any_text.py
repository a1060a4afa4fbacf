"""Any text anywhere: a problem or a faithful round trip, never a traceback."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sousveil.graph.cypher_script import literal
from sousveil.graph.serialise import nquads
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build_files
from sousveil.pipeline.case import Case, check_case
from tests.cases import header, write_case

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
            data = nquads(case.quads())
            graph = case.property_graph()
    values = {
        q.object.value
        for q in ox.parse(data, format=ox.RdfFormat.N_QUADS)
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
