"""Values of an answer, typed: an entity, a date with its precision, a number with its bound ..."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.model.edtf_days import NotEdtf, day_text, edtf_days
from sousveil.model.records import Kind
from sousveil.model.values import date_words, number_words
from sousveil.stores.protocol import Cell
from sousveil.vocabulary.namespaces import TERM

_PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, kw_only=True)
class AnswerValue:
    """One cell of an answer. Only what its kind has is set.

    Args:
        kind: entity, source, term, relation, number, date, text, flag, unknown, withheld, none.
        words: how it reads, always there.
        iri, type: of an entity, a source, a term or a relation.
        number, bound: of a number; the bound is >, >=, <, <= or ~.
        edtf, precision, earliest, latest: of a date; the precision is day, month, year or
            interval, the days are ISO and null where a side is open.
        by, reason: who withheld a value, and why.
    """

    kind: str
    words: str
    iri: str | None = None
    type: str | None = None
    number: int | float | None = None
    bound: str | None = None
    edtf: str | None = None
    precision: str | None = None
    approximate: bool | None = None
    earliest: str | None = None
    latest: str | None = None
    flag: bool | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the value as plain data without what is not set."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            k: list(v) if isinstance(v, tuple) else v
            for k, v in found.items()
            if v not in (None, ())
        }

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Days by the calendar, numbers by size, all else by its words; nothing comes last."""
        if self.kind == "date":
            return 0, self.earliest or "", self.latest or "9999", self.words
        if self.kind == "number":
            return 0, self.number or 0, "", self.words
        return (1 if self.words else 2), self.words.casefold(), "", self.words


NOTHING = AnswerValue(kind="text", words="")


def date_value(edtf: str) -> AnswerValue:
    """Return a date with its precision."""
    try:
        low, high = edtf_days(edtf)
    except NotEdtf:
        return AnswerValue(kind="text", words=edtf)
    interval = "/" in edtf or edtf.startswith("[")
    return AnswerValue(
        kind="date",
        words=date_words(edtf),
        edtf=edtf,
        precision="interval" if interval else _PRECISIONS.get(len(edtf.rstrip("~")), "day"),
        approximate=True if edtf.endswith("~") else None,
        earliest=day_text(low),
        latest=day_text(high),
    )


def claim_value(view: ClaimView, row: Mapping[str, Any], words: CaseWords) -> AnswerValue:
    """Return the value of a claim; `row` is its row in the claim table."""
    match row["kind"]:
        case Kind.ENTITY | Kind.TERM:
            return thing_value(str(row["object"]), words)
        case Kind.NUMBER:
            lexical = str(row["lexical"])
            return AnswerValue(
                kind="number",
                words=number_words(lexical, row["bound"]),
                number=float(lexical) if "." in lexical else int(lexical),
                bound=row["bound"],
            )
        case Kind.DATE:
            return date_value(str(row["lexical"]))
        case Kind.WITHHELD:
            counted = [e for e in view.evidence if not e.discounted]
            return AnswerValue(
                kind="withheld",
                words=view.value,
                by=tuple(sorted({e.withheld_by for e in counted if e.withheld_by})),
                reason="; ".join(sorted({e.reason for e in counted if e.reason})) or None,
            )
        case _:
            return AnswerValue(kind=str(row["kind"]), words=view.value)


def thing_value(iri: str, words: CaseWords) -> AnswerValue:
    """Return an entity, a source or a term by its IRI."""
    label = words.labels.get(iri, iri)
    type_ = words.types.get(iri)
    if type_ is None:
        return AnswerValue(kind="term", words=label, iri=iri)
    kind = "source" if "Source" in words.vocabulary.ancestors(type_) else "entity"
    return AnswerValue(kind=kind, words=label, iri=iri, type=type_)


def cell_value(type_: str, cell: Cell, words: CaseWords) -> AnswerValue:
    """Return a cell that a store gave, typed as the question's column says."""
    if cell is None:
        return NOTHING
    text = str(cell)
    match type_:
        case "entity" | "term" | "source":
            return thing_value(text, words)
        case "relation":
            relation = words.vocabulary.relation_at(text)
            return AnswerValue(kind="relation", words=relation.label, iri=text)
        case "date":
            return date_value(text)
        case "number":
            number = cell if isinstance(cell, int | float) else int(text)
            return AnswerValue(kind="number", words=f"{number:,}", number=number)
        case "flag":
            return AnswerValue(kind="flag", words="yes" if cell else "no", flag=bool(cell))
        case "standing":
            return AnswerValue(kind="text", words=text.removeprefix(TERM))
        case _:
            return AnswerValue(kind="text", words=text)
