"""Named questions: a folder each, written once in SPARQL and once in Cypher.

`question.toml` says what is asked; `question.rq` and `question.cypher` give the rows. Both return
one row per claim and piece of evidence: the columns that question.toml names, the columns of its
`claims` (IRIs of claims; the first is the one that the row is about) and `evidence`. Parameters
are bound: an entity and a term as an IRI, a date D as `D_first` and `D_last`, its first and last
day. A SPARQL query projects its parameters, or pyoxigraph would not bind them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sousveil.content import content_folder
from sousveil.errors import SousveilError, UsageError
from sousveil.stores.protocol import Dialect
from sousveil.vocabulary.words import did_you_mean

FILES = {Dialect.SPARQL: "question.rq", Dialect.CYPHER: "question.cypher"}
HEAD = "question.toml"
PARAMETER_TYPES = ("entity", "term", "date", "number", "text")
COLUMN_TYPES = (
    "entity", "term", "relation", "value", "date", "number", "text", "flag", "standing", "source",
)  # fmt: skip


class QuestionFault(SousveilError):
    """A folder of a question is not as the format wants it."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a question can be told.

    Args:
        type: entity, term, date (EDTF), number or text.
        classes: of which class an entity must be, or be below.
        scheme: of which list a term must be.
        example: a value that answers on the bundled case.
        default: what is taken when nothing is said; None: it must be said, unless `optional`.
    """

    name: str
    words: str
    type: str
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    example: str
    default: str | None = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None and not self.optional


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the answer: its type (one of COLUMN_TYPES) and its heading."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with a name.

    Args:
        number: the one it has among the competency questions, or None.
        claims: the columns that hold claims; the first is what the row is about.
        relation_order: the order of relations in an answer that tells claim by claim.
        nearest_first: whether claims nearest to the document come first.
        sort: the columns by which rows are sorted, where they are not told claim by claim.
        gap_relations: on which relations silence is told (all of the answer's where empty).
        wanted: relations that a full answer has, and the record to ask for where it has none.
        needs: the records that would answer it, told where the case has nothing.
    """

    name: str
    number: int | None
    group: str
    title: str
    answers: str
    does_not: str
    needs: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    claims: tuple[str, ...]
    relation_order: tuple[str, ...]
    nearest_first: bool
    sort: tuple[str, ...]
    gap_relations: tuple[str, ...]
    wanted: dict[str, str]
    folder: Path

    @property
    def per_claim(self) -> bool:
        """Whether each row is one claim: then a column shows that claim's own value."""
        return any(column.type == "value" for column in self.columns)

    def text(self, dialect: Dialect) -> str:
        """Return the query in one language. Raises QuestionFault where it is missing."""
        path = self.folder / FILES[dialect]
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise QuestionFault(f"{path}: cannot be read; a question has both languages") from error


def question_folders(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the folder of each question by name: the bundled ones, then those of `folders`.

    Raises QuestionFault where a folder has a question that is there already.
    """
    found = {p.parent.name: p.parent for p in sorted(content_folder("queries").glob(f"*/{HEAD}"))}
    for folder in folders:
        for path in sorted(folder.glob(f"*/{HEAD}")):
            name = path.parent.name
            if name in found:
                raise QuestionFault(
                    f"{path.parent}: there is a question '{name}' already; rename the folder"
                )
            found[name] = path.parent
    return dict(sorted(found.items()))


def question_names(folders: Sequence[Path] = ()) -> list[str]:
    """Return the names of all questions."""
    return list(question_folders(folders))


def load_question(name: str, folders: Sequence[Path] = ()) -> Question:
    """Return a question by name; raises UsageError when there is none, with the nearest name."""
    known = question_folders(folders)
    if name not in known:
        hint = did_you_mean(name, known)
        if "chang" in name.casefold():
            hint += "; what changed between two builds is told by `sousveil changes OLD NEW`"
        raise UsageError(f"no question '{name}'{hint or '; `sousveil ask` lists them'}")
    return _read(known[name])


def load_questions(folders: Sequence[Path] = ()) -> list[Question]:
    """Return all questions: numbered ones first, by number, then the others by name."""
    found = [_read(folder) for folder in question_folders(folders).values()]
    return sorted(found, key=lambda q: (q.number is None, q.number or 0, q.name))


def _read(folder: Path) -> Question:
    path = folder / HEAD
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QuestionFault(f"{path}: {error}") from error
    fields = _Fields(path, data)
    parameters = fields.table("parameters")
    columns = fields.table("columns")
    order = _Fields(path, fields.table("order"))
    gaps = _Fields(path, fields.table("gaps"))
    question = Question(
        name=folder.name,
        number=fields.number("number"),
        group=fields.text("group", "Other"),
        title=fields.text("title"),
        answers=fields.text("answers"),
        does_not=fields.text("does_not"),
        needs=fields.text("needs", ""),
        parameters=tuple(_parameter(path, n, each) for n, each in parameters.items()),
        columns=tuple(_column(path, n, each) for n, each in columns.items()),
        claims=fields.texts("claims") or ("claim",),
        relation_order=order.texts("relation"),
        nearest_first=bool(order.take("nearest_first", default=False)),
        sort=order.texts("by"),
        gap_relations=gaps.texts("relations"),
        wanted={k: str(v) for k, v in fields.table("wanted").items()},
        folder=folder,
    )
    for each in (fields, order, gaps):
        each.refuse_rest()
    return question


class _Fields:
    """The fields of a table of question.toml, taken one by one; what is left is a mistake."""

    def __init__(self, path: Path, data: Any) -> None:
        self.path = path
        self.data: dict[str, Any] = dict(data) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            raise QuestionFault(f"{path}: wanted a table, got {data!r}")

    def take(self, name: str, *, default: Any) -> Any:
        return self.data.pop(name, default)

    def text(self, name: str, default: str | None = None) -> str:
        found = self.data.pop(name, default)
        if not isinstance(found, str):
            raise QuestionFault(f"{self.path}: '{name}' is missing, or is no text")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.data.pop(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise QuestionFault(f"{self.path}: '{name}' must be a list of texts")
        return tuple(found)

    def number(self, name: str) -> int | None:
        found = self.data.pop(name, None)
        if found is not None and not isinstance(found, int):
            raise QuestionFault(f"{self.path}: '{name}' must be a number")
        return found

    def table(self, name: str) -> dict[str, Any]:
        found = self.data.pop(name, {})
        if not isinstance(found, dict):
            raise QuestionFault(f"{self.path}: '{name}' must be a table")
        return found

    def refuse_rest(self) -> None:
        if self.data:
            raise QuestionFault(f"{self.path}: unknown: {', '.join(sorted(self.data))}")


def _parameter(path: Path, name: str, data: Any) -> Parameter:
    fields = _Fields(path, data)
    found = Parameter(
        name=name,
        words=fields.text("words"),
        type=fields.text("type"),
        classes=fields.texts("classes"),
        scheme=fields.take("scheme", default=None),
        example=fields.text("example"),
        default=fields.take("default", default=None),
        optional=bool(fields.take("optional", default=False)),
    )
    if found.type not in PARAMETER_TYPES:
        raise QuestionFault(
            f"{path}: parameter '{name}' has the type '{found.type}'; there are: "
            f"{', '.join(PARAMETER_TYPES)}"
        )
    fields.refuse_rest()
    return found


def _column(path: Path, name: str, data: Any) -> Column:
    fields = _Fields(path, data)
    found = Column(name=name, type=fields.text("type"), words=fields.text("words"))
    if found.type not in COLUMN_TYPES:
        raise QuestionFault(
            f"{path}: column '{name}' has the type '{found.type}'; there are: "
            f"{', '.join(COLUMN_TYPES)}"
        )
    fields.refuse_rest()
    return found
