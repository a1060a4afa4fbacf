"""What the shapes refuse, `check` refuses in the case file that would say the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib.term import Node

from sousveil.vocabulary.loading import load_vocabulary, ontology_files
from sousveil.vocabulary.terms import Range, Relation
from tests.cases import header, problems, write_case
from tests.shape_data import Mutation, Shapes, shapes_of

KINDS = {Range.ENTITY: {"Class", "Or"}, Range.TERM: {"Class", "Node"}, Range.NUMBER: {"Or"},
         Range.DATE: {"Datatype"}, Range.TEXT: {"Datatype"}}  # fmt: skip


@cache
def shapes() -> Shapes:
    return shapes_of([str(path) for path in ontology_files()])


@cache
def mutations() -> list[Mutation]:
    return shapes().mutations()[1]


def relation_of(mutation: Mutation) -> Relation | None:
    relations = {r.iri: r for r in load_vocabulary().relations.values()}
    return relations.get(str(mutation.path))


def typed_classes() -> list[str]:
    vocabulary = load_vocabulary()
    return [c.name for c in vocabulary.classes.values()
            if not c.abstract and vocabulary.is_a(c.name, ("Thing",))]  # fmt: skip


def key(name: str) -> str:
    """The key of the one thing or source of a type in the case of this test."""
    return f"the-{name.lower()}"


def below(names: tuple[str, ...]) -> str:
    """A type that may be typed and is one of these."""
    vocabulary = load_vocabulary()
    return next(n for n in typed_classes() if vocabulary.is_a(n, names))


def valid(relation: Relation) -> str:
    vocabulary = load_vocabulary()
    match relation.range:
        case Range.ENTITY:
            return key(below(relation.range_classes))
        case Range.TERM:
            return next(iter(vocabulary.terms_in(relation.scheme or ""))).label
        case Range.NUMBER:
            return "at least 3"
        case Range.DATE:
            return "2020"
        case Range.TEXT:
            return "some words"


def wrong(relation: Relation, component: str) -> str | None:
    """A value that breaks the same constraint, or None where no case file can hold one."""
    vocabulary = load_vocabulary()
    match relation.range, component:
        case Range.ENTITY, _:
            others = [n for n in typed_classes()
                      if not vocabulary.is_a(n, relation.range_classes)]  # fmt: skip
            return key(others[0]) if others else None
        case Range.TERM, "Class":
            return key("Company")
        case Range.TERM, _:
            own = {t.label for t in vocabulary.terms_in(relation.scheme or "")}
            known = {fold for t in vocabulary.terms_in(relation.scheme or "")
                     for fold in (t.label, *t.alternatives)}  # fmt: skip
            return next(t.label for t in vocabulary.terms.values() if t.label not in own | known)
        case Range.NUMBER, _:
            return "a great deal of it"
        case Range.DATE, _:
            return "one"
        case _:
            return None  # whatever is typed is a text


def case_with(folder: Path, blocks: list[tuple[Relation, str, str]]) -> list[list[str]]:
    """Write a case with one block per (relation, subject, value); return the problems of each."""
    vocabulary = load_vocabulary()
    entities, files = [], {}
    for name in typed_classes():
        if vocabulary.is_a(name, ("Source",)):
            files[f"sources/{key(name)}.yaml"] = (
                f"title: x\nkind: {name}\npublisher: the-company\npublished: 2020\n"
                "known through: all\n" + ("corrects: all\n" if name == "Correction" else "")
            )
        elif name == "Person":
            entities.append(f"Person:\n  {key(name)}:\n    name: A B\n    exposure: author\n")
        else:
            entities.append(f"{name}:\n  {key(name)}: the {name}\n")
    text, lines = header("the-company") + "says:\n", []
    for relation, subject, value in blocks:
        lines.append(text.count("\n") + 3)
        text += f"- about: {subject}\n  at: 1\n  {relation.label}: {value}\n"
    write_case(folder, {**files, "sources/all.yaml": text}, entities="".join(entities))
    found = problems(folder)
    told = [[p for p in found if p.startswith(f"sources/all.yaml:{line}:")] for line in lines]
    assert sum(map(len, told)) == len(found), found
    return told


def subject_of(owner: Node) -> str:
    return key(below((str(owner).rpartition("#")[2],)))


def test_every_relation_takes_in_a_case_file_what_its_shape_takes(tmp_path: Path) -> None:
    relations = sorted({(r.label, m.owner) for m in mutations() if (r := relation_of(m))})
    known = load_vocabulary().relations
    assert {label for label, _ in relations} == set(known)
    told = case_with(
        tmp_path, [(known[label], subject_of(o), valid(known[label])) for label, o in relations]
    )
    assert [t for t in told if t] == []


def test_every_relation_refuses_in_a_case_file_what_its_shape_refuses(tmp_path: Path) -> None:
    tried: list[tuple[Relation, Mutation, str]] = []
    left: list[tuple[Relation, Mutation, str]] = []
    for mutation in mutations():
        if relation := relation_of(mutation):
            assert mutation.component in KINDS[relation.range], mutation
            value = wrong(relation, mutation.component)
            (left if value is None else tried).append((relation, mutation, value or ""))
    told = case_with(tmp_path, [(r, subject_of(m.owner), v) for r, m, v in tried])
    assert [(r.label, v) for (r, _, v), t in zip(tried, told, strict=True) if not t] == []
    # Everything is a text, and everything a thing: no file can hold another value of these.
    assert all(r.range is Range.TEXT or "Thing" in r.range_classes for r, _, _ in left)


SOURCE = {"title": "x", "kind": "NewsArticle", "publisher": "paper-a", "published": "2020",
          "read": "2026-11-23"}  # fmt: skip
BLOCK = "says:\n- about: gift\n  at: 1\n  giver: Ring\n"
DECISION = {"decision": "retract source", "source": "a", "because": "x", "by": "A B",
            "decided": "2026-11-23"}  # fmt: skip
JUDGED = "left,right,verdict,by,decided,because\n"


def lines(fields: dict[str, str], **changed: str | None) -> str:
    merged = {**fields, **{name.replace("_", " "): value for name, value in changed.items()}}
    return "".join(f"{name}: {value}\n" for name, value in merged.items() if value is not None)


def a(block: str = BLOCK, **changed: str | None) -> dict[str, str]:
    return {"sources/a.yaml": lines(SOURCE, **changed) + block}


def said(word: str) -> dict[str, str]:
    return a(BLOCK + f"  {word}\n")


def decided(**changed: str | None) -> dict[str, str]:
    body = lines(DECISION, **changed).replace("\n", "\n  ").rstrip()
    return {**a(), "decisions/a.yaml": f"- {body}\n"}


def judged(row: str) -> dict[str, str]:
    return {**a(), "judgements.csv": JUDGED + row + "\n"}


def person(text: str) -> dict[str, str]:
    return {**a(), "entities/people.yaml": "Person:\n  joe:\n" + text}


def value(claim: str) -> dict[str, str]:
    return {**a(), "decisions/a.yaml": "- decision: choose value\n  because: x\n  by: A B\n"
            f"  decided: 2020\n{claim}"}  # fmt: skip


# Class, property and constraint: a case file that would break it. Two constraints that one
# mistake breaks stand together; "two" is a list where one value is wanted.
TYPED: dict[str, dict[str, dict[str, str]]] = {
    "Thing label": {"MinCount": {**a(), "entities/b.yaml": "Company:\n  b:\n    also: [c]\n"},
                    "Datatype": {**a(), "entities/b.yaml": "Company:\n  b:\n    name: [c]\n"}},
    "Thing alsoCalled": {"Datatype": {**a(), "entities/b.yaml":
                                      "Company:\n  b:\n    name: c\n    also: {d: e}\n"}},
    "Thing identifier": {"Datatype": {**a(), "entities/b.yaml":
                                      "Company:\n  b:\n    name: c\n    lei: {d: e}\n"}},
    "Source publisher": {"Class": a(publisher="pillar"), "MaxCount": a(publisher="[ring, acme]")},
    "Source author": {"Datatype": a(author="{a: b}"), "MaxCount": a(author="[A B, C D]")},
    "Source issued": {"Datatype": a(published="long ago"), "MaxCount": a(published="[2020, 2021]")},
    "Source url": {"Datatype": a(url="{a: b}"), "MaxCount": a(url="[https://a.b, https://c.d]"),
                   "Pattern": a(url="ftp://a.b")},
    "Source captureHash": {"Datatype": a(sha256="{a: b}"), "MaxCount": a(sha256="[a, b]"),
                           "Pattern": a(sha256="a")},
    "Source read": {"Datatype": a(read="long ago"), "MaxCount": a(read="[2020, 2021]")},
    "Source extent": {"Class": a(read="2020, all of it"), "In": a(read="2020, all of it"),
                      "MaxCount": a(read="2020, excerpt, headline")},
    "Source basedOn": {"Class": a(based_on="Ring")},
    "Source knownThrough": {"Class": a(known_through="Ring")},
    "Source corrects": {"Class": a(kind="Correction", corrects="Ring"),
                        "MaxCount": {**a(kind="Correction", corrects="[b, c]"),
                                     "sources/b.yaml": lines(SOURCE) + BLOCK,
                                     "sources/c.yaml": lines(SOURCE) + BLOCK}},
    "Source note": {"Datatype": a(note="{a: b}")},
    "Source ": {"Or": a("", read=None)},
    "Person exposure": {"MinCount": person("    name: A B\n"),
                        "MaxCount": person("    name: A B\n    exposure: [author, private]\n"),
                        "Class": person("    name: A B\n    exposure: Ring\n"),
                        "In": person("    name: A B\n    exposure: free cameras\n")},
    "Person shownAs": {"Datatype": person("    name: sealed\n    exposure: private\n"
                                          "    shown as: {a: b}\n"),
                       "MaxCount": person("    name: sealed\n    exposure: private\n"
                                          "    shown as: [a, b]\n")},
    "Claim subject": {"MinCount": a("says:\n- at: 1\n  giver: Ring\n"),
                      "MaxCount": a("says:\n- about: [gift, Ring]\n  at: 1\n  giver: Ring\n"),
                      "Class": a("says:\n- about: free cameras\n  at: 1\n  giver: Ring\n")},
    "Claim predicate": {"MinCount": a("says:\n- about: gift\n  at: 1\n"),
                        "MaxCount": a("says:\n- about: gift\n  at: 1\n  [giver, receiver]: Ring\n"),
                        "NodeKind": a("says:\n- about: gift\n  at: 1\n  gave it: Ring\n")},
    "Claim during": {"Datatype": a("says:\n- about: Ring\n  at: 1\n  part of: Acme\n"
                                   "  during: long ago\n"),
                     "MaxCount": a("says:\n- about: Ring\n  at: 1\n  part of: Acme\n"
                                   "  during: [2020, 2021]\n")},
    "Claim ": {"Xone": a("says:\n- about: gift\n  at: 1\n  giver:\n")},
    "Evidence via": {"Class": said("via: Ring")},
    "Evidence attributedTo": {"Class": said("said by: pillar"),
                              "MaxCount": said("said by: [a, b]")},
    "Evidence evidenceOnBehalfOf": {"Class": said("said by: Ring, on behalf of pillar")},
    "Evidence saidIn": {"Class": said("said in: gift"), "MaxCount": said("said in: [a, b]")},
    "Evidence passage": {"Datatype": a(BLOCK.replace("at: 1", "at: {a: b}")),
                         "MaxCount": a(BLOCK.replace("at: 1", "at: [1, 2]"))},
    "Evidence passageHash": {"Datatype": a(passages="{1: [a]}"), "Pattern": a(passages="{1: a}")},
    "Evidence quote": {"Datatype": said("quote: {a: b}"), "MaxCount": said("quote: [a, b]")},
    "Evidence withheldBy": {"Class": a(BLOCK.replace("Ring", "withheld by pillar"))},
    "Evidence recorded": {"Datatype": said("recorded: long ago"),
                          "MaxCount": said("recorded: [2020, 2021]")},
    "Evidence note": {"Datatype": said("note: {a: b}")},
    "Decision decision": {"MinCount": {**a(), "decisions/a.yaml": "- source: a\n  because: x\n"},
                          "MaxCount": decided(decision="[retract source, correct]"),
                          "Datatype": decided(decision="{a: b}")},
    "Decision decidesAbout": {"Class": decided(source="gift"),
                              "MaxCount": decided(source="[a, b]")},
    "Decision decidesFor": {"Class": value("  claim: gift\n"),
                            "MaxCount": value("  claim: [a, b]\n")},
    "Decision decidesOver": {"Class": value("  claim:\n    about: gift\n    giver: Ring\n"
                                            "  over: gift\n")},
    "Decision because": {"MinCount": decided(because=None), "MaxCount": decided(because="[a, b]"),
                         "Datatype": decided(because="{a: b}")},
    "Decision decidedOn": {"MinCount": decided(decided=None),
                           "MaxCount": decided(decided="[2020, 2021]"),
                           "Datatype": decided(decided="long ago")},
    "Decision decidedBy": {"MaxCount": decided(by="[A B, C D]"), "Datatype": decided(by="{a: b}")},
    "Decision secondedBy": {"MaxCount": decided(second="[A B, C D]"),
                            "Datatype": decided(second="{a: b}")},
    "Judgement subject": {"MinCount": judged(",acme,same,A B,2020,x"),
                          "Class": judged("free cameras,acme,same,A B,2020,x")},
    "Judgement object": {"MinCount": judged("ring,,same,A B,2020,x"),
                         "Class": judged("ring,free cameras,same,A B,2020,x")},
    "Judgement verdict": {"MinCount": judged("ring,acme,,A B,2020,x"),
                          "In": judged("ring,acme,one,A B,2020,x")},
    "Judgement because": {"MinCount": judged("ring,acme,same,A B,2020,")},
    "Judgement decidedOn": {"MinCount": judged("ring,acme,same,A B,,x"),
                            "Datatype": judged("ring,acme,same,A B,long ago,x")},
}  # fmt: skip

# What no file says, because the program computes or adds it.
COMPUTED = {
    "Thing inCase", "Thing judgedSameAs", "Thing judgedDifferentFrom",
    "Claim accepted", "Claim basis", "Claim boundedValue", "Claim contest", "Claim drifted",
    "Claim earliest", "Claim evidence", "Claim inCase", "Claim kind", "Claim latest", "Claim life",
    "Claim origin", "Claim originCount", "Claim standing", "Claim valueState",
    "Evidence counted", "Evidence inferred", "Evidence mode", "Evidence reason", "Evidence source",
    "Evidence stance", "Evidence steps",
}  # fmt: skip
COMPUTED_CLASSES = {"BoundedValue", "Case", "DerivedLink", "Gap", "Concept"}
# One cell of a CSV, or part of one text: there is no second.
NO_SECOND = {
    "Evidence via", "Evidence evidenceOnBehalfOf", "Evidence passageHash", "Evidence withheldBy",
    "Judgement subject", "Judgement object", "Judgement verdict", "Judgement because",
    "Judgement decidedOn", "Judgement decidedBy",
}  # fmt: skip
# A cell of a CSV is a text, whatever stands in it.
ONLY_TEXT = {"Judgement verdict", "Judgement because", "Judgement decidedBy"}


def named(mutation: Mutation) -> str:
    path = str(mutation.path).rpartition("#")[2] if mutation.path else ""
    return f"{str(mutation.owner).rpartition('#')[2]} {path}"


def test_every_constraint_on_what_is_typed_has_a_case_file_that_breaks_it() -> None:
    wanted = set()
    for mutation in mutations():
        name, component = named(mutation), mutation.component
        computed = name in COMPUTED or name.split()[0] in COMPUTED_CLASSES
        impossible = (component == "MaxCount" and name in NO_SECOND) or (
            component == "Datatype" and name in ONLY_TEXT
        )
        if not (relation_of(mutation) or computed or impossible):
            wanted.add((name, component))
    assert {(n, c) for n, all_ in TYPED.items() for c in all_} == wanted


def test_the_case_from_which_the_broken_ones_are_made_has_no_problem(tmp_path: Path) -> None:
    for number, files in enumerate([a(), decided(), judged("ring,acme,same,A B,2020,x")]):
        assert problems(write_case(tmp_path / str(number), files)) == []


@pytest.mark.parametrize(
    ("name", "component"), [(n, c) for n, found in TYPED.items() for c in found]
)
def test_check_refuses_the_file_that_would_break_a_shape(
    name: str, component: str, tmp_path: Path
) -> None:
    found = problems(write_case(tmp_path, TYPED[name][component]))
    assert [p for p in found if ": warning: " not in p]
