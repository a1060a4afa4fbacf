"""The JSON Schema of case files: editors mark what `check` refuses, and nothing that it accepts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sousveil.pipeline.case import check_case
from sousveil.pipeline.editor_files import FILES, SETTINGS, write_editor_files
from sousveil.pipeline.scaffold import copy_demo, new_case, new_source
from sousveil.readers.json_schema.files import KINDS, file_name, schema_files
from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import EMPTY, Mapping, Node, Text, read_yaml
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.words import fold
from tests.cases import REPOSITORY, RING_LAPD, problems, source, write_case
from tests.test_documents import FORMAT, blocks
from tests.test_first_case_typing_errors import ERRORS
from tests.test_wrong_files import FILES as WRONG_FILES
from tests.test_wrong_input import LINES as WRONG_LINES

_NUMBER = re.compile(r"[-+]?(\d+|\d*\.\d+([eE][-+]?\d+)?)")


@cache
def validator(kind: str) -> Draft202012Validator:
    schema = json.loads(schema_files(load_vocabulary())[file_name(kind)])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_text(node: Node) -> Any:
    """The content of a file as `check` reads it: every scalar is text."""
    match node:
        case Text():
            return node.text
        case Mapping():
            return {key.text: as_text(value) for key, value in node.items}
        case _:
            return [as_text(item) for item in node.items]


def as_editor(data: Any) -> Any:
    """The same as an editor reads it: numbers and booleans of YAML 1.2 are no texts."""
    match data:
        case dict():
            return {key: as_editor(value) for key, value in data.items()}
        case list():
            return [as_editor(item) for item in data]
        case "true" | "false":
            return data == "true"
        case _:
            return float(data) if _NUMBER.fullmatch(data) else data


def kind_of(shown: str) -> str | None:
    for kind, pattern in FILES.items():
        if Path(shown).match(pattern):
            return kind
    return None


def contents(folder: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield (file, kind, content) for each file of a case that has a schema and can be read."""
    for path in sorted(folder.rglob("*.yaml")):
        shown = path.relative_to(folder).as_posix()
        kind = kind_of(shown)
        node = read_yaml(path, shown, Problems()) if kind else None
        if kind and node is not None and node is not EMPTY:
            yield shown, kind, as_text(node)


def refusals(kind: str, data: Any) -> list[str]:
    """Return what the schema refuses, read in either way."""
    return [
        f"{'/'.join(map(str, error.path))}: {error.message[:200]}"
        for read in (data, as_editor(data))
        for error in validator(kind).iter_errors(read)
    ]


def unjustly_refused(folder: Path, only: set[str] | None = None) -> list[str]:
    """Return what the schemas refuse in files of which `check` has nothing to say."""
    found = problems(folder)
    return [
        f"{shown}: {refusal}"
        for shown, kind, data in contents(folder)
        if only is None or shown in only
        if not any(problem.startswith(shown) for problem in found)
        for refusal in refusals(kind, data)
    ]


def test_all_files_of_the_bundled_cases_are_valid() -> None:
    kinds = set()
    for case in sorted((REPOSITORY / "cases").iterdir()):
        for shown, kind, data in contents(case):
            kinds.add(kind)
            assert refusals(kind, data) == [], shown
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    "files",
    [pytest.param(row[1], id=row[0]) for row in [*WRONG_FILES, *WRONG_LINES]],
)
def test_a_file_without_a_problem_is_valid_beside_wrong_ones(
    files: dict[str, str], tmp_path: Path
) -> None:
    assert unjustly_refused(write_case(tmp_path, files)) == []


@pytest.mark.parametrize("example", blocks(FORMAT, "yaml"))
def test_an_example_of_the_format_document_is_valid(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    node = read_yaml(path, "example.yaml", Problems())
    assert node is not None
    data = as_text(node)
    if isinstance(data, list) and "about" in data[0]:
        data = {**dict.fromkeys(("title", "publisher"), "x"), "kind": "Email",
                "published": "2020", "read": "2020", "says": data}  # fmt: skip
    if data == {"gist": 'Case #7: "important", said the chief.'}:
        return  # a line of a block, shown for its form
    assert any(refusals(kind, data) == [] for kind in KINDS)


SPELT = st.lists(st.sampled_from(["", "  ", "-", "_", ".", "’", "`"]), min_size=40, max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_word_that_check_takes_in_any_spelling_is_valid(data: st.DataObject) -> None:
    vocabulary = load_vocabulary()
    relation = data.draw(
        st.sampled_from(sorted(vocabulary.relations.values(), key=lambda r: r.iri))
    )
    value = "unknown"
    if relation.scheme:
        term = data.draw(st.sampled_from(list(vocabulary.terms_in(relation.scheme))))
        value = data.draw(st.sampled_from([term.label, *term.alternatives]))

    def spelt(word: str) -> str:
        between = data.draw(SPELT)
        upper = data.draw(st.booleans())
        made = "".join(
            (between[i] or c) if c == " " else c + (between[i] if between[i] in ".’`" else "")
            for i, c in enumerate(word)
        )
        return made.upper() if upper else made

    word, meant = spelt(relation.label), spelt(value) if relation.scheme else value
    taken = fold(word) == fold(relation.label)
    if relation.scheme:
        taken = taken and vocabulary.term(relation.scheme, meant) is not None
    if taken:
        assert refusals("source", _file({"about": "x", "at": "1", word: [meant]})) == []


@pytest.mark.parametrize(
    ("words", "valid"),
    [
        ("100", True), ("at least 100", True), ("more than 2,000", True), ("most", True),
        ("2.5", True), ("withheld by LAPD (redacted)", True), ("unknown", True),
        ("not stated", True), ("at leats 100", False), ("2,01", False), ("loads", False),
        ("-3", False), ("free cameras", False),
    ],
)  # fmt: skip
def test_a_number_is_what_check_takes_as_one(words: str, valid: bool, tmp_path: Path) -> None:
    block = {"about": "gift", "at": "1", "number of receivers": words}
    assert (refusals("source", _file(block)) == []) is valid
    text = source("Paper A", f"- about: gift\n  at: 1\n  number of receivers: {words}")
    assert (problems(write_case(tmp_path, {"sources/a.yaml": text})) == []) is valid


@pytest.mark.parametrize(
    ("words", "valid"),
    [
        ("2020", True), ("2020-07", True), ("2020-07-16", True), ("about 2019", True),
        ("before 2021-02-17", True), ("until 2019", True), ("2016 to 2019", True),
        ("2016/2019", True), ("[..2019]", True), ("2019~", True), ("last week", False),
        ("16 July 2020", False), ("20", False), ("2020-7", False),
    ],
)  # fmt: skip
def test_a_date_is_what_check_takes_as_one(words: str, valid: bool, tmp_path: Path) -> None:
    block = {"about": "gift", "at": "1", "date": words}
    assert (refusals("source", _file(block)) == []) is valid
    text = source("Paper A", f'- about: gift\n  at: 1\n  date: "{words}"')
    assert (problems(write_case(tmp_path, {"sources/a.yaml": text})) == []) is valid


def _file(*says: dict[str, Any], **header_: str) -> dict[str, Any]:
    head = {"title": "x", "kind": "NewsArticle", "publisher": "x", "published": "2020",
            "read": "2026-11-23"}  # fmt: skip
    return {**head, **header_, "says": list(says)}


TECH = "sources/techtimes-2021-06-17.yaml"
MUTATIONS = [
    ("an unknown relation", TECH, "  giver: ", "  donor: "),
    ("a wrong term", TECH, "outcome: refused", "outcome: declined to reply"),
    ("a missing title", TECH, "title: ", "# title: "),
    ("a missing kind", TECH, "kind: NewsArticle\n", ""),
    ("an unknown kind", TECH, "kind: NewsArticle", "kind: Article"),
    ("a missing day of reading", TECH, "read: ", "# read: "),
    ("a number that is none", TECH, "number of receivers: 100", "number of receivers: a hundred"),
    ("a date that is none", TECH, "date: 2021-06-07", "date: last June"),
    ("a block without a place", TECH, "  at: 6\n  via: latimes-2021-06-17\n  asked",
     "  via: latimes-2021-06-17\n  asked"),
    ("an unknown field of the header", TECH, "published: ", "publishd: x\npublished: "),
    ("a short hash", TECH, "sha256: ", "sha256: 0 "),
    ("an unknown type", "entities/things.yaml", "Product:", "Gadget:"),
    ("a type that is too general", "entities/things.yaml", "Product:", "Thing:"),
    ("a key with capitals", "entities/organisations.yaml", "  amazon: ", "  Amazon: "),
    ("a fact about an entity", "entities/organisations.yaml", "    ori: ",
     "    part of: Ring\n    ori: "),
    ("a private name", "entities/people.yaml", "name: sealed", "name: Some Name"),
    ("a person without exposure", "entities/people.yaml", "    exposure: public official\n", ""),
    ("an unknown exposure", "entities/people.yaml", "public official", "official"),
    ("an unknown decision", "decisions/2026-11.yaml", "leave open", "leave it"),
    ("a decision without a reason", "decisions/2026-11.yaml", "  because: ", "  note: "),
    ("a decision about no claim", "decisions/2026-11.yaml", "    about: protest-request\n", ""),
    ("no title of the case", "case.yaml", "title: ", "name: "),
    ("another format", "case.yaml", "format: 1", "format: 2"),
    ("a base that is no IRI", "case.yaml", "base: https://", "base: "),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), [pytest.param(*m[1:], id=m[0]) for m in MUTATIONS])
def test_what_check_refuses_in_one_file_the_schema_refuses(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    shutil.copytree(RING_LAPD, case, ignore=shutil.ignore_patterns("build", "private"))
    text = (case / file).read_text(encoding="utf-8")
    assert old in text
    (case / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [p for p in problems(case) if p.startswith(file)]
    assert [refusals(kind, data) for shown, kind, data in contents(case) if shown == file] != [[]]


def test_a_withdrawal_outside_a_correction_is_refused() -> None:
    block = {"about": "gift", "at": "1", "withdraws": {"giver": "Ring"}}
    assert refusals("source", _file(block))
    assert not refusals("source", _file(block, kind="Correction", corrects="a"))


def test_a_block_that_is_silent_needs_no_place_and_another_does() -> None:
    assert not refusals("source", _file({"about": "gift", "giver": "not stated"}))
    assert refusals("source", _file({"about": "gift", "giver": "Ring"}))
    assert refusals("source", _file({"about": "gift", "at": "1"}))


def test_the_typing_errors_of_the_first_case_leave_the_other_files_valid(tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(RING_LAPD, case, ignore=shutil.ignore_patterns("build", "private"))
    # The sources that no error concerns never change, and are found valid in a test of their own.
    touched = {file for file, *_ in ERRORS}
    for file, old, new, _ in ERRORS:
        before = (case / file).read_text(encoding="utf-8")
        (case / file).write_text(before.replace(old, new, 1), encoding="utf-8")
        assert unjustly_refused(case, touched) == []
        (case / file).write_text(before, encoding="utf-8")


def test_the_committed_schemas_are_those_of_the_ontology() -> None:
    for name, data in schema_files(load_vocabulary()).items():
        assert (REPOSITORY / "docs" / "schema" / name).read_bytes() == data, (
            "run `sousveil ontology schema -o docs/schema`"
        )


def test_the_settings_of_the_repository_name_schemas_and_files_that_are_there() -> None:
    named = json.loads((REPOSITORY / SETTINGS).read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(path).name for path in named} == {file_name(kind) for kind in KINDS}
    for path, pattern in named.items():
        assert (REPOSITORY / path).is_file()
        assert list(REPOSITORY.glob(pattern))


def modelines(case: Path) -> dict[str, Path]:
    """Return the schema that the first line of each file names, as a file."""
    found = {}
    for path in case.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        if match:
            found[path.relative_to(case).as_posix()] = (path.parent / match[1]).resolve()
    return found


def test_every_file_of_a_new_case_names_its_schema(tmp_path: Path) -> None:
    case = tmp_path / "riverton"
    list(new_case(case, None, None))
    (tmp_path / "article.txt").write_text("One.\n\nTwo.\n", encoding="utf-8")
    fields = {"kind": "NewsArticle", "publisher": "Our desk", "published": "2020", "read": "2020"}
    list(new_source(case, tmp_path / "article.txt", "article", fields))
    assert check_case(case).problems.rows == []
    named = modelines(case)
    assert {name: path.name for name, path in named.items()} == {
        "case.yaml": "case.schema.json",
        "entities/organisations.yaml": "entities.schema.json",
        "sources/article.yaml": "source.schema.json",
    }
    assert all(path.is_file() for path in named.values())
    assert [refusals(kind, data) for _, kind, data in contents(case)] == [[], [], []]


def test_a_case_that_was_started_without_schemas_gets_no_dangling_first_line(
    tmp_path: Path,
) -> None:
    case = write_case(tmp_path / "case", {})
    (tmp_path / "article.txt").write_text("One.\n", encoding="utf-8")
    list(new_source(case, tmp_path / "article.txt", "article", {"kind": "Email"}))
    assert modelines(case) == {}
    write_editor_files(case)
    list(new_source(case, tmp_path / "article.txt", "again", {"kind": "Email"}))
    assert set(modelines(case)) == {"sources/again.yaml"}


def test_the_settings_of_a_copied_case_name_every_kind_of_file(tmp_path: Path) -> None:
    case = tmp_path / "demo"
    copy_demo(case)
    named = json.loads((case / SETTINGS).read_text(encoding="utf-8"))["yaml.schemas"]
    for path, pattern in named.items():
        assert (case / path).is_file()
        for file in case.glob(pattern):
            assert kind_of(file.relative_to(case).as_posix()) == Path(path).name.split(".")[0]
