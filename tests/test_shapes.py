"""Each shape accepts what it should and refuses its mutations, in pyrudof, pyshacl and `check`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from sousveil.graph.shapes import component_name, violations
from sousveil.pipeline.case import Case, check_case
from sousveil.pipeline.shape_problems import problems_of, shape_problems, statements
from sousveil.vocabulary.loading import ontology_files
from tests.cases import RING_LAPD, open_case, source
from tests.shape_data import SV, Mutation, Shapes, shapes_of
from tests.test_command_line import run

Result = tuple[str, str | None, str]


@cache
def shapes() -> Shapes:
    return shapes_of([str(path) for path in ontology_files()])


def by_pyrudof(data: rdflib.Graph) -> set[Result]:
    text = data.serialize(format="nt")
    triples = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}
    return {(v.focus, v.path, v.component) for v in violations(triples)}


def by_pyshacl(data: rdflib.Graph) -> set[Result]:
    ontology = shapes().ontology
    _, report, _ = pyshacl.validate(data + ontology, shacl_graph=ontology)
    assert isinstance(report, rdflib.Graph)
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(path) if (path := report.value(result, SH.resultPath)) else None,
            component_name(str(report.value(result, SH.sourceConstraintComponent))),
        )
        for result in report.objects(None, SH.result)
    }


def rdflib_graph(triples: set[ox.Triple]) -> rdflib.Graph:
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    return rdflib.Graph().parse(data=data.decode("utf-8"), format="nt")


@pytest.fixture(scope="module")
def mutated() -> tuple[rdflib.Graph, list[Mutation]]:
    return shapes().mutations()


def test_every_class_has_data_that_both_accept() -> None:
    data = shapes().accepted()
    assert by_pyrudof(data) == set()
    assert by_pyshacl(data) == set()


def test_every_property_shape_has_a_mutation() -> None:
    _, found = shapes().mutations()
    tried = {(m.owner, m.path) for m in found}
    assert {(p.owner, p.path) for p in shapes().properties} <= tried
    assert len(shapes().properties) > 150


def test_both_refuse_every_mutation_for_its_reason_and_nothing_else(
    mutated: tuple[rdflib.Graph, list[Mutation]],
) -> None:
    data, expected = mutated
    rudof = by_pyrudof(data)
    assert rudof == by_pyshacl(data)
    found = defaultdict(set)
    for focus, path, component in rudof:
        found[focus].add((path, component))
    assert set(found) == {str(m.focus) for m in expected}
    for mutation in expected:
        path = str(mutation.path) if mutation.path else None
        assert (path, mutation.component) in found[str(mutation.focus)], mutation
        # A value too many in one branch of a choice is no longer exactly one branch.
        chosen = {None} if mutation.path in shapes().choices(mutation.owner) else set()
        assert {p for p, _ in found[str(mutation.focus)]} - chosen <= {path}, mutation


def test_both_accept_the_bundled_case() -> None:
    with Case.open(RING_LAPD) as case:
        graph = statements(case)
    assert violations(graph) == []
    assert by_pyshacl(rdflib_graph(graph)) == set()


GOOD = source(
    "Paper A",
    "- about: gift\n  at: 1\n  giver: Ring\n  number of receivers: at least 100\n  date: 2020",
)


def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    base = "https://example.org/case/small/"
    return ox.Triple(ox.NamedNode(base + subject), ox.NamedNode(SV[predicate]), value)


def test_a_violation_is_told_at_the_line_its_claim_comes_from(tmp_path: Path) -> None:
    base = "https://example.org/case/small/"
    with open_case(tmp_path, {"sources/a.yaml": GOOD}) as case:
        graph = statements(case)
        assert problems_of(case, graph) == []
        acme = case.tables.query("SELECT id FROM claim WHERE predicate LIKE '%giver'")[0][0]
        claim = f"{base}claim/{acme}"
        wrong = {
            quad("gift", "giver", ox.NamedNode(base + "pillar")),
            quad(f"claim/{acme}", "kind", ox.Literal("entity again")),
            quad("a", "url", ox.Literal("ftp://x")),
            quad("ring", "inCase", ox.NamedNode(base + "pillar")),
        }
        evidence = next(
            t for t in graph
            if t.predicate.value == SV + "evidence" and t.subject == ox.NamedNode(claim)
        ).object  # fmt: skip
        dropped = {t for t in graph if t.subject == evidence and t.predicate.value == SV + "mode"}
        found = [str(p) for p in problems_of(case, (graph | wrong) - dropped)]
    short = claim.removeprefix(base)
    key = str(evidence).strip("<>").removeprefix(base)
    assert found == [
        "entities/all.yaml:2: shape: ring: 'inCase' has more values than it may",
        "entities/all.yaml:2: shape: ring: 'inCase' is of a class that it does not take (pillar)",
        "entities/all.yaml:15: shape: gift: 'giver' is of a class that it does not take (pillar)",
        "sources/a.yaml:1: shape: a: 'url' does not have the form that it takes (\"ftp://x\")",
        f"sources/a.yaml:10: shape: {short}: 'kind' has more values than it may",
        f"sources/a.yaml:10: shape: {short}: 'kind' is not one of the values that it takes "
        '("entity again")',
        f"sources/a.yaml:10: shape: {key}: 'mode' is missing",
    ]


def test_check_with_shacl_passes_the_bundled_case_and_stops_at_problems(tmp_path: Path) -> None:
    assert shape_problems(RING_LAPD, check_case(RING_LAPD)) == []
    done = run("check", str(RING_LAPD), "--shacl")
    assert done.returncode == 0
    open_case(tmp_path / "x", {"sources/a.yaml": GOOD}).tables.close()
    (tmp_path / "x/sources/a.yaml").write_text(GOOD.replace("giver", "givver"), "utf-8")
    done = run("check", str(tmp_path / "x"), "--shacl")
    assert done.returncode == 1
    assert "shapes were not checked" in done.stderr
