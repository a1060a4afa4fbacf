"""One frozen dataclass per table of the spine: the fields are the columns, in order.

Between reading and writing there is this one representation. IRIs are as authored, before any
judgement; nothing here is computed from several rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of value a claim has; the word is part of the claim id."""

    ENTITY = "entity"
    TERM = "term"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    NONE = "none"


class Stance(StrEnum):
    """The attitude of evidence to its claim; `withdraws` stands in a publisher's correction."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    WITHDRAWS = "withdraws"


class Mode(StrEnum):
    """How evidence bears on its claim: record of the act, report of it, or a party's assertion."""

    SHOWS = "shows"
    REPORTS = "reports"
    ASSERTS = "asserts"


class Severity(StrEnum):
    """Whether a problem stops a build; a finding is no mistake, but for an editor to look at."""

    ERROR = "error"
    WARNING = "warning"
    FINDING = "finding"


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A person, body, product, event ...; `label` never holds a withheld name."""

    iri: str
    key: str
    type: str
    label: str
    exposure: str | None
    sealed: bool
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Name:
    """A word that finds an entity or a source: scheme is label, also, or an identifier's scheme."""

    entity: str
    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document. `recorded` is the day it was read here; null where nobody read it."""

    iri: str
    key: str
    type: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    capture: str | None
    sha256: str | None
    passages: int | None
    recorded: str | None
    extent: str | None
    based_on: tuple[str, ...]
    known_through: tuple[str, ...]
    corrects: str | None
    note: str | None
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Subject, predicate and value. `low` and `high` are the value's interval for comparison.

    Numbers compare as numbers, dates as proleptic Gregorian ordinals of days; null is open.
    """

    id: str
    subject: str
    predicate: str
    kind: str
    object: str | None
    lexical: str | None
    datatype: str | None
    language: str | None
    bound: str | None
    during: str | None
    low: float | None
    high: float | None
    during_low: float | None
    during_high: float | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A located passage of a source with its stance to a claim; `via` is nearest first."""

    hash: str
    claim: str
    source: str
    via: tuple[str, ...]
    inferred: bool
    mode: str
    stance: str
    attributed_to: str | None
    on_behalf_of: str | None
    said_in: str | None
    passage: str | None
    passage_hash: str | None
    quote: str | None
    withheld_by: str | None
    reason: str | None
    note: str | None
    recorded: str | None
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A source is silent (`not stated`) on what its event should have: listed, never claimed."""

    subject: str
    predicate: str
    source: str
    passage: str | None
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Someone decided that two entities are the same, different, or that it is unsure."""

    sequence: int
    left: str
    right: str
    verdict: str
    by: str
    decided: str
    because: str
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An editor's decision. `claim` and `over` hold claim ids, `about` an entity or source."""

    sequence: int
    decision: str
    about: str | None
    claim: str | None
    over: tuple[str, ...]
    because: str
    by: str
    second: str | None
    decided: str
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class PrivateName:
    """A withheld name, from the case's untracked private/ folder."""

    entity: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, and where; nothing is lost without a row here."""

    file: str
    line: int | None
    severity: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        mark = "" if self.severity == Severity.ERROR else f"{self.severity}: "
        return f"{place}: {mark}{self.message}"


@dataclass(frozen=True, kw_only=True)
class CaseHeader:
    """What case.yaml says."""

    title: str
    base: str
    language: str
    licence: str | None
    embargo: str | None
