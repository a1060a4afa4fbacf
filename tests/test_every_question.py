"""Every question on every store and on three cases: equal answers; which words are idle."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pytest

from sousveil.ask.answers import Answer, ask
from sousveil.ask.parameters import bind
from sousveil.ask.questions import FILES, Question, load_question, question_names
from sousveil.errors import SousveilError, UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.pipeline.case import Case
from sousveil.stores.protocol import Dialect, Store
from sousveil.vocabulary.loading import load_vocabulary
from tests.cases import RING_LAPD
from tests.made_questions import made_case
from tests.stores import MAKERS, filled

CASES = ("made 1", "made 2", "bundled")
QUESTIONS = question_names()
MUTATED = {Dialect.SPARQL: "oxigraph", Dialect.CYPHER: "embedded Cypher"}
EXPECTED = Path(__file__).parent / "expected"
IDLE = {
    Dialect.SPARQL: EXPECTED / "idle-words.txt",
    Dialect.CYPHER: EXPECTED / "idle-words-cypher.txt",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A case and the stores that hold it."""

    words: CaseWords
    stores: dict[str, Store]


def opened(name: str, folder: Path) -> Case:
    if name == "bundled":
        return Case.open(RING_LAPD)
    return Case.open(made_case(folder / "case", int(name.split()[1])))


@pytest.fixture(scope="module", params=CASES)
def everywhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("everywhere")
    with opened(request.param, folder) as case:
        stores: dict[str, Store] = {}
        for name, make in MAKERS.items():
            stores[name] = filled(make, case, request, folder)
        yield Asked(words=case.words(), stores=stores)
        for store in stores.values():
            store.close()


def given(question: Question) -> dict[str, str]:
    return {p.name: p.example for p in question.parameters if p.required}


def is_there(question: Question, name: str, words: CaseWords) -> bool:
    """Tell whether a case has what a parameter's example names; the bundled one always has."""
    parameter = next(p for p in question.parameters if p.name == name)
    try:
        bind(question, {**given(question), name: parameter.example}, words)
    except UsageError:
        assert words.tables.header.title != "Ring and the Los Angeles police"
        return False
    return True


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_store_gives_the_same_rows_and_the_same_evidence(
    name: str, everywhere: Asked
) -> None:
    question = load_question(name)
    optional = {
        p.name: p.example
        for p in question.parameters
        if not p.required and (not p.example or is_there(question, p.name, everywhere.words))
    }
    for parameters in (given(question), {**given(question), **optional}):
        answers = {
            store: ask(question, parameters, everywhere.words, each)
            for store, each in everywhere.stores.items()
        }
        first = answers["oxigraph"]
        for store, answer in answers.items():
            assert answer.rows == first.rows, f"{store}, {parameters}"
            assert answer.not_known == first.not_known, f"{store}, {parameters}"
        for row in first.rows:
            if row.claims and row.evidence_ids:
                told = {e.id for claim in row.claims for e in claim.evidence}
                assert set(row.evidence_ids) <= told


# Each occurrence of a word that decides which rows there are, and what stands in its place.
MUTATIONS = {
    Dialect.SPARQL: [
        (re.compile(r"\bsv:[a-z]\w+"), "sv:someOther"),
        (re.compile(r"svt:active"), "svt:retracted"),
        (re.compile(r"sv:[A-Z]\w+"), "sv:SomeOther"),
        (re.compile(r"\bOPTIONAL\b"), ""),
    ],
    Dialect.CYPHER: [
        (re.compile(r"'[a-z][a-z -]+'"), "'some other'"),
        (re.compile(r"\"[a-z][a-z' -]+\""), "'some other'"),
        (re.compile(r"(?<=[:|])[A-Z_]{2,}(?=[\]|])"), "SOME_OTHER"),
        (re.compile(r"(?<=\w:)(?!Claim\b|Evidence\b)[A-Z]\w+"), "SomeOther"),
        (re.compile(r"\bOPTIONAL\b"), ""),
    ],
}


def mutants(text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield each mutated text with what was changed in it; comments stay as they are."""
    comment = re.compile(r"^\s*(#|//).*$", re.MULTILINE)
    silent = [m.span() for m in comment.finditer(text)]
    for pattern, instead in MUTATIONS[dialect]:
        for found in pattern.finditer(text):
            if any(a <= found.start() < b for a, b in silent):
                continue
            line = text[: found.start()].count("\n") + 1
            if "GRAPH svg:derived" in text.splitlines()[line - 1] and not below(found[0]):
                continue  # no class lies below this one yet, so the other graph adds nothing
            changed = f"line {line}: {found[0]} at {found.start()}"
            yield changed, text[: found.start()] + instead + text[found.end() :]


def below(name: str) -> bool:
    """Tell whether the ontology has a class below this one."""
    wanted = name.removeprefix("sv:")
    return any(wanted in each.parents for each in load_vocabulary().classes.values())


@pytest.fixture(scope="module")
def three_cases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Asked]]:
    found: list[Asked] = []
    cases: list[Case] = []
    for name in CASES:
        folder = tmp_path_factory.mktemp("mutants")
        case = opened(name, folder)
        cases.append(case)
        stores = {name: filled(MAKERS[name], case, request, folder) for name in MUTATED.values()}
        found.append(Asked(words=case.words(), stores=stores))
    yield found
    for asked in found:
        for store in asked.stores.values():
            store.close()
    for case in cases:
        case.close()


@pytest.mark.slow
@pytest.mark.parametrize("dialect", list(Dialect), ids=str)
@pytest.mark.parametrize("name", QUESTIONS)
def test_each_changed_word_of_a_query_changes_an_answer(
    name: str, dialect: Dialect, three_cases: list[Asked], tmp_path: Path
) -> None:
    question = load_question(name)
    text = question.text(dialect)
    folder = tmp_path / name
    shutil.copytree(question.folder, folder)
    changed = replace(question, folder=folder)
    asked = [
        (each.words, each.stores[MUTATED[dialect]], parameters)
        for each in three_cases
        for parameters in ways(question)
    ]
    plans = [(one, cells(question, *one), answer(question, *one)) for one in asked]
    idle = []
    for what, mutant in mutants(text, dialect):
        (folder / FILES[dialect]).write_text(mutant, encoding="utf-8")
        if not any(
            # An answer costs far more than its cells, and with equal cells it is the same.
            cells(changed, *one) != found and answer(changed, *one) != told
            for one, found, told in plans
        ):
            idle.append(what)
    known = [
        line.partition(" | ") for line in IDLE[dialect].read_text(encoding="utf-8").splitlines()
    ]
    assert sorted(idle) == sorted(word for question_name, _, word in known if question_name == name)


def ways(question: Question) -> list[dict[str, str]]:
    """The question's required parameters, and all of them where there are more."""
    every = {p.name: p.example for p in question.parameters if p.required or p.example}
    return [given(question)] if every == given(question) else [given(question), every]


def cells(question: Question, words: CaseWords, store: Store, parameters: dict[str, str]) -> object:
    """Return what the store finds, in no order, or how it failed."""
    try:
        bound = bind(question, parameters, words).bound
        found = store.rows(question.text(store.dialect), bound)
    except SousveilError as error:
        return type(error).__name__
    return Counter(repr(sorted(row.items())) for row in found)


def answer(
    question: Question, words: CaseWords, store: Store, parameters: dict[str, str]
) -> object:
    """Return the rows of an answer, or how it failed."""
    try:
        one: Answer = ask(question, parameters, words, store)
    except (SousveilError, KeyError) as error:
        return type(error).__name__
    return one.rows


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_written_out_in_full(name: str) -> None:
    question = load_question(name)
    vocabulary = load_vocabulary()
    assert question.needs
    assert question.columns
    for label in (*question.relation_order, *question.gap_relations, *question.wanted):
        assert label in vocabulary.relations, label
    for parameter in question.parameters:
        assert set(parameter.classes) <= set(vocabulary.classes)
        assert (parameter.type == "entity") == bool(parameter.classes)
    names = {c.name for c in question.columns} | set(question.claims)
    assert not names & {p.name for p in question.parameters}
    for dialect in Dialect:
        text = question.text(dialect)
        for column in names - {"value", "subject", "relation"}:
            assert re.search(rf"\b{column}\b", text), f"{column} in {dialect}"
    sparql = question.text(Dialect.SPARQL)
    for parameter in question.parameters:
        # pyoxigraph binds a parameter in patterns and filters only.
        assert not re.search(rf"BIND\(\?{parameter.name}(_first|_last)? AS", sparql)


# What the graph says of claims and evidence themselves, and of sources.
_METADATA = [
    "sv:life sv:standing sv:evidence sv:boundedValue sv:amount sv:bound sv:kind sv:accepted",
    "sv:drifted sv:earliest sv:latest sv:steps sv:via sv:source sv:basis sv:contest sv:origin",
    "sv:originCount sv:mode sv:stance sv:counted sv:inferred sv:during sv:passage sv:saidIn",
    "sv:attributedTo sv:withheldBy sv:reason sv:valueState sv:exposure sv:inCase sv:recorded",
    "sv:publisher sv:issued sv:knownThrough sv:basedOn sv:corrects sv:url sv:captureHash",
    "sv:extent sv:judgedSameAs sv:read sv:standsOn",
]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_labels_of_relations_are_those_of_the_ontology(name: str) -> None:
    vocabulary = load_vocabulary()
    question = load_question(name)
    known = {r.iri.rsplit("#", 1)[1] for r in vocabulary.relations.values()}
    text = question.text(Dialect.SPARQL)
    metadata = set(re.findall(r"\bsv:([a-z]\w+)", " ".join(_METADATA)))
    used = set(re.findall(r"\bsv:([a-z]\w+)", text))
    assert used <= known | metadata
    cypher = question.text(Dialect.CYPHER)
    for label in re.findall(r"relation: '([^']+)'", cypher):
        assert label in vocabulary.relations, label
    for group in re.findall(r"relation IN \[([^\]]+)\]", cypher):
        for label in filter(
            None, chain.from_iterable(re.findall(r"\"([^\"]+)\"|'([^']+)'", group))
        ):
            assert label in vocabulary.relations, label
