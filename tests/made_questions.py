"""Made-up cases over the names of the bundled one, so that every question has what to answer.

Claims of every relation of the ontology with every form of value, by several sources that repeat,
dispute and withdraw one another, one of them retracted; names and texts in several scripts.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sousveil.ask.questions import load_questions
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.terms import Range, Relation
from sousveil.vocabulary.words import fold
from tests.cases import RING_LAPD

_NUMBERS = ("7", "at least 100", "more than 2,000", "about 90", "at most 5", "fewer than 5", "100")
_DATES = (
    "2018", "2019-06", "2020-07-16", "2020-06-16", "about 2019", "before 2021-02-17", "until 2019",
    "from 2016", "2016 to 2019", "2021-06-07", "2020", "as of 2021-02-16",
)  # fmt: skip
_TEXTS = (
    "日本語の警察 🎥", "Ünïcödé naïve café", "two\u202erebmun",
    "a 'quoted' \"text\" \\ with {braces}",
    "עברית", "plain words", "'}) DETACH DELETE n //", "} UNION { ?s ?p ?o } #",
)  # fmt: skip
_DURING = ("2016 to 2019", "from 2020", "until 2021", "as of 2021-02-16", "2020")
_APT = ("Event", "Count", "PolicyVersion", "Program")
_KINDS = ("NewsArticle", "Email", "CourtFiling", "CompanyStatement", "PolicyPage", "WebPage")


@dataclass
class _Made:
    random: random.Random
    entities: dict[str, str]
    favoured: frozenset[str]
    sources: list[str]
    said: list[tuple[str, str, str]] = field(default_factory=list)


def made_case(folder: Path, seed: int, *, sources: int = 6, blocks: int = 45) -> Path:
    """Write a made case with the entities of the bundled one; equal for equal seeds."""
    shutil.copytree(RING_LAPD / "entities", folder / "entities")
    (folder / "sources").mkdir()
    (folder / "decisions").mkdir()
    (folder / "case.yaml").write_text(
        f"format: 1\ntitle: A made case {seed}\nbase: https://example.org/case/made-{seed}/\n"
        "language: en\nlicence: CC0\nembargo: none\n",
        encoding="utf-8",
    )
    (folder / "entities" / "unicode.yaml").write_text(
        "Company:\n  kamera: 株式会社カメラ 🎥\nGroup:\n  freunde: Frühaufsteher & Söhne\n",
        encoding="utf-8",
    )
    named = list(_entities(folder))
    lacking = sorted(_entity_classes() - {type_ for _, type_, _ in named})
    (folder / "entities" / "lacking.yaml").write_text(
        "".join(f"{name}:\n  a-{name.lower()}: a {name}\n" for name in lacking), encoding="utf-8"
    )
    named = list(_entities(folder))
    made = _Made(random.Random(seed), dict(_some(named)), _favoured(named), [])
    papers = [key for key, type_ in made.entities.items() if type_ == "NewsOrganization"]
    for number in range(sources):
        text = _header(made, number, made.random.choice(papers))
        text += "".join(_block(made, number) for _ in range(blocks))
        key = f"source-{number}"
        (folder / "sources" / f"{key}.yaml").write_text(text, encoding="utf-8")
        made.sources.append(key)
    (folder / "sources" / "in-full.yaml").write_text(
        _header(made, 0, papers[0]) + "".join(_in_full(made)), encoding="utf-8"
    )
    (folder / "decisions" / "all.yaml").write_text(
        f"- decision: retract source\n  source: source-{sources // 2}\n  because: made up\n"
        "  by: one\n  decided: 2026-11-20\n",
        encoding="utf-8",
    )
    return folder


def _entity_classes() -> set[str]:
    """Return the classes that a case file may give an entity of."""
    vocabulary = load_vocabulary()
    return {
        name
        for name, each in vocabulary.classes.items()
        if not each.abstract and vocabulary.is_a(name, ("Thing",)) and name != "Thing"
        if not vocabulary.is_a(name, ("Source",))
    }


def _entities(folder: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the key, the type and the folded names of each entity."""
    for path in sorted((folder / "entities").glob("*.yaml")):
        for type_, group in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for key, about in group.items():
                fields = about if isinstance(about, dict) else {"name": about}
                names = [str(key), str(fields.get("name")), *fields.get("also", ())]
                yield str(key), str(type_), {fold(str(name)) for name in names}


def _favoured(named: list[tuple[str, str, set[str]]]) -> frozenset[str]:
    """Return the keys of what the questions' examples name."""
    examples = {fold(p.example) for q in load_questions() for p in q.parameters}
    return frozenset(key for key, _, names in named if names & examples)


def _some(named: list[tuple[str, str, set[str]]]) -> Iterator[tuple[str, str]]:
    """Yield some entities of each type, and all that an example names."""
    favoured = _favoured(named)
    count: Counter[str] = Counter()
    for key, type_, _ in named:
        count[type_] += 1
        if count[type_] <= 4 or key in favoured:
            yield key, type_


def _header(made: _Made, number: int, publisher: str) -> str:
    published = made.random.choice(["2019-03-01", "2020", "2021-02-16", "2021-06", "not stated"])
    kind = made.random.choice(_KINDS)
    if number % 4 == 3:
        kind = f"Correction\ncorrects: source-{number - 2}"
    return (
        f"title: made article {number}\nkind: {kind}\n"
        f"publisher: {publisher}\npublished: {published}\n"
        f"read: 2026-{made.random.choice(['09', '10', '11'])}-0{number % 9 + 1}\n\nsays:\n"
    )


def _block(made: _Made, number: int) -> str:
    choose = made.random
    vocabulary = load_vocabulary()
    # Twice as often something with a day or a text of rules: most questions are about these.
    apt = [k for k, t in sorted(made.entities.items()) if vocabulary.is_a(t, _APT)]
    about = choose.choice(choose.choice((apt, apt, sorted(made.entities))))
    relations = vocabulary.relations_of(made.entities[about])
    if not relations:
        return ""
    head = f"- about: {about}\n  at: {choose.randrange(1, 40)}\n"
    if made.sources and choose.random() < 0.3:
        via = choose.sample(made.sources, k=min(len(made.sources), choose.choice((1, 2))))
        via.sort(key=made.sources.index, reverse=True)  # a later one repeats an earlier one
        head += f"  via: [{', '.join([*via, *choose.choice(([], ['inferred']))])}]\n"
    event = vocabulary.is_a(made.entities[about], ("Event", "Count"))
    if not event and choose.random() < 0.4:
        head += f"  during: {choose.choice(_DURING)}\n"
        during = True
    else:
        during = False
    lines = ""
    for relation in choose.sample(list(relations), k=min(len(relations), choose.choice((2, 3, 4)))):
        value = _value(made, relation)
        if value is None:
            continue
        lines += f"  {relation.label}: {value}\n"
        if not during:
            made.said.append((about, relation.label, value))
    if not lines:
        return ""
    if made.said and choose.random() < 0.12:
        subject, label, value = choose.choice(made.said)
        verb = "withdraws" if number % 4 == 3 else "disputes"
        lines += f"- about: {subject}\n  at: 41\n  {verb}:\n    {label}: {value}\n".replace(
            "|\n      ", "|\n        "
        )
    elif made.said and choose.random() < 0.3:
        subject, label, value = choose.choice(made.said)
        lines += f"- about: {subject}\n  at: 42\n  {label}: {value}\n"
    return head + lines


def _in_full(made: _Made) -> Iterator[str]:
    """Yield a block for one thing of each class with nearly all that can be said of it.

    What is drawn by lot seldom has everything that a question joins.
    """
    vocabulary = load_vocabulary()
    by_class: dict[str, list[str]] = {}
    for key, type_ in sorted(made.entities.items()):
        by_class.setdefault(type_, []).append(key)
    for type_, keys in by_class.items():
        key = next((k for k in keys if k in made.favoured), keys[0])
        lines = ""
        for relation in vocabulary.relations_of(type_):
            values = sorted(_values(made, relation))
            if values and made.random.random() < 0.95:
                said = values[0] if len(values) == 1 else f"[{', '.join(values)}]"
                lines += f"  {relation.label}: {said}\n"
        if lines:
            yield f"- about: {key}\n  at: {made.random.randrange(1, 40)}\n{lines}"


def _values(made: _Made, relation: Relation) -> set[str]:
    """One value of a functional relation; of another one several, some that examples name."""
    vocabulary = load_vocabulary()
    some = {v for _ in range(1 if relation.functional else 3) if (v := _value(made, relation))}
    if relation.range is Range.TEXT:
        return set(sorted(some)[:1])
    if relation.functional:
        return some
    if relation.range is Range.TERM:
        labels = sorted(t.label for t in vocabulary.terms_in(relation.scheme or ""))
        return set(made.random.sample(labels, k=min(5, len(labels))))
    if relation.range is Range.ENTITY:
        named = sorted(
            k for k in made.favoured if vocabulary.is_a(made.entities[k], relation.range_classes)
        )
        some |= set(made.random.sample(named, k=min(6, len(named))))
    return some


def _value(made: _Made, relation: Relation) -> str | None:
    choose = made.random
    state = choose.random()
    if relation.functional and state < 0.2:
        return choose.choice(
            ["unknown", "withheld by lapd (redacted)", "withheld (redacted)", "none"]
        )
    vocabulary = load_vocabulary()
    match relation.range:
        case Range.ENTITY:
            fitting = [
                key
                for key, type_ in sorted(made.entities.items())
                if vocabulary.is_a(type_, relation.range_classes)
            ]
            if any(name in ("Source", "Thing") for name in relation.range_classes):
                fitting += made.sources
            apt = [key for key in fitting if key in made.favoured]
            pool = apt if apt and choose.random() < 0.7 else fitting
            return choose.choice(pool) if pool else None
        case Range.TERM:
            terms = [t.label for t in vocabulary.terms_in(relation.scheme or "")]
            return choose.choice(terms) if terms else None
        case Range.NUMBER:
            return choose.choice(_NUMBERS)
        case Range.DATE:
            return choose.choice(_DATES)
        case _:
            return f"|\n      {choose.choice(_TEXTS)}"
