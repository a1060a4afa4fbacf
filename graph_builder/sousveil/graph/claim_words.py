"""Claims as people see them: frozen views of a claim, its evidence and a gap, and their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from sousveil.model.records import Kind
from sousveil.model.values import date_words
from sousveil.vocabulary.terms import Relation

_SET_OFF = frozenset((Kind.NUMBER, Kind.TEXT, Kind.UNKNOWN, Kind.WITHHELD, Kind.NONE))
FLAGS = ("denied", "disputed", "conflicting", "drifted")
"""What may speak against a claim, as columns of the table `standing`."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_MONTH_OR_YEAR = re.compile(r"\d{4}(-\d\d)?\Z")


@dataclass(frozen=True, kw_only=True)
class EvidenceView:
    """One piece of evidence in words; `discounted` says why it does not count, null if it does."""

    id: str
    source: str
    source_label: str
    source_title: str
    url: str | None
    passage: str | None
    via: tuple[str, ...]
    inferred: bool
    mode: str
    stance: str
    attributed_to: str | None
    quote: str | None
    withheld_by: str | None
    reason: str | None
    note: str | None
    discounted: str | None
    recorded: str | None
    place: str


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """One claim in words. `verb` is the factual one only where the claim is accepted."""

    id: str
    subject: str
    subject_label: str
    relation: str
    predicate: str
    kind: str
    object: str | None
    value: str
    during: str | None
    standing: str
    basis: str
    flags: tuple[str, ...]
    accepted: bool
    decided: bool
    verb: str
    verb_back: str
    origins: tuple[str, ...]
    remarks: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]

    @classmethod
    def read_later(cls, later: Mapping[str, Callable[[str], Any]], **fields: Any) -> Self:
        """Return a claim of which some fields are read when somebody first looks at them.

        `later` has a function of the claim's id for each of them, `fields` all others.
        """
        view = cls.__new__(cls)
        view.__dict__.update(fields, _later=later)
        return view

    def __getattr__(self, name: str) -> Any:
        """Read a field that was left for later; any other is there, or there is none."""
        read = self.__dict__.get("_later", {}).get(name)
        if read is None:
            raise AttributeError(f"{type(self).__name__} has no attribute '{name}'")
        self.__dict__[name] = found = read(self.id)
        return found

    @property
    def is_edge(self) -> bool:
        """Tell whether the claim joins two nodes (an entity or a term is its value)."""
        return self.kind in (Kind.ENTITY, Kind.TERM)

    @property
    def things(self) -> tuple[str, ...]:
        """The things that the claim is about: its subject, and its value where that is one."""
        if self.kind == Kind.ENTITY and self.object:
            return self.subject, self.object
        return (self.subject,)

    @property
    def standings(self) -> tuple[str, ...]:
        """The standing, and the flags that it does not tell already."""
        return standing_and_flags(self.standing, self.flags)

    @property
    def sentence(self) -> str:
        """The claim as a sentence with the verb that its standing allows."""
        return f"{self.subject_label} {self.predication}"

    @property
    def predication(self) -> str:
        """What the claim says of its subject: a number, a text or a state is set off by a colon."""
        colon = ":" if self.kind in _SET_OFF and not self.verb.endswith(":") else ""
        when = f" ({self.during})" if self.during else ""
        return f"{self.verb}{colon} {self.value}{when}"

    def as_dict(self) -> dict[str, Any]:
        """Return the claim as plain data for JSON."""
        return {**asdict(self), "sentence": self.sentence}


@dataclass(frozen=True, kw_only=True)
class GapView:
    """A source is silent on something."""

    subject: str
    relation: str
    source_label: str
    passage: str | None


def standing_and_flags(standing: str, flags: Iterable[str]) -> tuple[str, ...]:
    """Return the words on how a claim stands, each once."""
    return standing, *(flag for flag in flags if flag != standing)


def verbs_for(relation: Relation, *, accepted: bool, date: str | None = None) -> tuple[str, str]:
    """Return a relation's verbs, forwards and back: factual ones only where it is accepted.

    `date` is the claim's value in EDTF where that is a date; the verb forwards then fits it.
    """
    verbs = relation.verbs
    reads, back = (
        (verbs.reads, verbs.reads_back) if accepted else (verbs.contested, verbs.contested_back)
    )
    return (reads if date is None else dated_verb(reads, date)), back


def dated_verb(verb: str, edtf: str) -> str:
    """Return a verb that goes with a date in words: on a day, in a month or a year.

    What is no single day, month or year brings a preposition of its own: `about 2019`,
    `until 2020`.
    """
    if not verb.endswith(" on") or _DAY.match(edtf):
        return verb
    stem = verb.removesuffix(" on")
    if _MONTH_OR_YEAR.match(edtf):
        return f"{stem} in"
    return stem if ".." in edtf or "/" not in edtf else f"{stem} from"


def passage_words(passage: str | None) -> str | None:
    """Return a place in a source in words."""
    return f"paragraph {passage}" if passage and passage.isdigit() else passage


def during_words(during: str | None) -> str | None:
    """Return a validity in words; a single day is an observation on it."""
    if during is None:
        return None
    return date_words(during) if "/" in during or "[" in during else f"as of {date_words(during)}"


def withheld_words(evidence: tuple[EvidenceView, ...]) -> str:
    """Return `withheld` with who and why, where the evidence says so."""
    holders = sorted({e.withheld_by for e in evidence if e.withheld_by and not e.discounted})
    reasons = sorted({e.reason for e in evidence if e.reason and not e.discounted})
    why = ", ".join("by redaction" if r in ("redacted", "redaction") else r for r in reasons)
    who = " and ".join(holders)
    if who:
        return f"withheld by {who}" + (f" ({why})" if why else "")
    if why.startswith("by "):
        return f"withheld {why}"
    return "withheld" + (f" ({why})" if why else "")
