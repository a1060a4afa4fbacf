"""The ontology's files have one written form, and each way to leave it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.vocabulary.layout import layout_problems
from sousveil.vocabulary.loading import alignment_files, ontology_files

GOOD = """# What this file is about.

@prefix sv:      <https://w3id.org/sousveil/ns#> .
@prefix owl:     <http://www.w3.org/2002/07/owl#> .
@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .

# A remark that a serialiser would lose.
sv:Company
    a owl:Class ;
    rdfs:subClassOf sv:Organization ;
    rdfs:label "company"@en .

sv:Agent
    a owl:Class ;
    rdfs:label "agent"@en .
"""


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "some.ttl"
    path.write_bytes(text.encode("utf-8"))
    return layout_problems(path)


def test_the_files_of_the_ontology_have_the_written_form() -> None:
    for path in (*ontology_files(), *alignment_files()):
        assert layout_problems(path) == []


def test_the_example_has_the_written_form(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# What this file is about.", "", "1: begins with no comment that says what"),
        ('"agent"@en .\n', '"agent"@en .', "15: does not end with one line end"),
        ("    a owl:Class ;\n    rdfs:subClassOf", "\ta owl:Class ;\n    rdfs:subClassOf",
         "9: holds a tab"),
        ("\n\nsv:Agent", "\n\n\nsv:Agent", "12: two empty lines"),
        ("@prefix owl: ", "@prefix owl : ", "4: is not of the form"),
        ("@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .",
         "@prefix owl:     <http://www.w3.org/2002/07/owl#> .", "5: binds the prefix 'owl' twice"),
        ("@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .",
         "@prefix rdfs:    <http://www.w3.org/2000/01/rdf-schema#> .\n"
         "@prefix pg:      <https://w3id.org/sousveil/pg#> .", "3: the prefixes sv, pg, svt come"),
        ("sv:Organization", "rdfs:Resource", None),
        ("rdfs:label", "sv:label", "11: sv:label has no place in the order"),
        ("owl:Class ;\n    rdfs:label", "<http://www.w3.org/2002/07/owl#Class> ;\n    rdfs:label",
         "4: writes out names for which there is the prefix 'owl'"),
        ("sv:Agent\n", "sv:Company\n", "13: a second block about sv:Company (first in line 8)"),
        ("    a owl:Class ;\n    rdfs:subClassOf sv:Organization ;",
         "    rdfs:subClassOf sv:Organization ;\n    a owl:Class ;",
         "10: a comes before rdfs:subClassOf"),
        ("    rdfs:subClassOf sv:Organization ;",
         "    rdfs:subClassOf sv:Organization ;\n    rdfs:subClassOf sv:Agent ;",
         "11: rdfs:subClassOf comes before rdfs:subClassOf, once"),
    ],
)  # fmt: skip
def test_what_leaves_the_written_form_is_told_with_its_line(
    old: str, new: str, told: str | None, tmp_path: Path
) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    if told is None:
        assert found == []
    else:
        assert any(line.startswith(f"some.ttl:{told}") for line in found), found


def test_a_prefix_that_is_not_used_is_told(tmp_path: Path) -> None:
    unused = "@prefix skos:    <http://www.w3.org/2004/02/skos/core#> .\n\n# A"
    assert problems(tmp_path, GOOD.replace("\n# A", unused)) == [
        "some.ttl:6: binds the prefix 'skos' and does not use it"
    ]
