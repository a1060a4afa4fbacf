"""Named questions: a folder each, written once in SPARQL and once in Cypher."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sousveil.content import content_folder
from sousveil.errors import UsageError
from sousveil.stores.protocol import Dialect
from sousveil.vocabulary.words import did_you_mean

_FILES = {Dialect.SPARQL: "question.rq", Dialect.CYPHER: "question.cypher"}


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a question must be told: an entity by any of its names."""

    name: str
    words: str
    classes: tuple[str, ...]
    example: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with a name.

    `columns` gives the heading of each column shown, `relation_order` the order of the relations,
    `nearest_first` whether claims nearest to the document come first, `gap_relations` on which
    relations silence is told (all of the answer's own where empty).
    """

    name: str
    title: str
    answers: str
    does_not: str
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    relation_order: tuple[str, ...]
    nearest_first: bool
    gap_relations: tuple[str, ...]
    folder: Path

    def text(self, dialect: Dialect) -> str:
        """Return the query in one language."""
        return (self.folder / _FILES[dialect]).read_text(encoding="utf-8")


def question_names() -> list[str]:
    """Return the names of all questions."""
    return sorted(p.parent.name for p in content_folder("queries").glob("*/question.toml"))


def load_question(name: str) -> Question:
    """Return a question by name; raises UsageError when there is none, with the nearest name."""
    names = question_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"; there are: {', '.join(names)}"
        raise UsageError(f"no question '{name}'{hint}")
    folder = content_folder("queries") / name
    data: dict[str, Any] = tomllib.loads((folder / "question.toml").read_text(encoding="utf-8"))
    order = data.get("order", {})
    return Question(
        name=name,
        title=data["title"],
        answers=data["answers"],
        does_not=data["does_not"],
        parameters=tuple(
            Parameter(
                name=key,
                words=each["words"],
                classes=tuple(each["classes"]),
                example=each["example"],
            )
            for key, each in data["parameters"].items()
        ),
        columns=dict(data["columns"]),
        relation_order=tuple(order.get("relation", ())),
        nearest_first=bool(order.get("nearest_first", False)),
        gap_relations=tuple(data.get("gaps", {}).get("relations", ())),
        folder=folder,
    )
