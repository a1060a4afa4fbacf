"""What a question is told, checked and bound: names to IRIs, words to terms, days to intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from sousveil.ask.questions import Parameter, Question
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.ledger.lookup import find_entity
from sousveil.model.edtf_days import NotEdtf, edtf_days
from sousveil.model.values import date_words
from sousveil.stores.protocol import Bound, Iri
from sousveil.vocabulary.words import did_you_mean, with_article

_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Bindings:
    """The values that a store binds, and how a reader calls them."""

    bound: dict[str, Bound]
    words: dict[str, str]


def check_parameters(question: Question, given: Mapping[str, str]) -> None:
    """Raise UsageError for parameters that the question does not have, or that are missing.

    Needs no case, so that a misspelt option is told before a case is read.
    """
    names = [p.name for p in question.parameters]
    for name in given:
        if name not in names:
            hint = did_you_mean(name, names)
            if not hint:
                hint = f"; it takes: {', '.join(names)}" if names else "; it takes none"
            raise UsageError(f"the question '{question.name}' has no parameter '{name}'{hint}")
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            raise UsageError(
                f"the question '{question.name}' needs --{parameter.name} ({parameter.words}), "
                f"for example --{parameter.name} {parameter.example!r}"
            )


def bind(question: Question, given: Mapping[str, str], words: CaseWords) -> Bindings:
    """Return what a store binds for the parameters of a question.

    Raises UsageError for unknown, missing or ill-typed parameters, and for a name that fits
    nothing (with the nearest one) or several things (with the choices).
    """
    check_parameters(question, given)
    bound: dict[str, Bound] = {}
    shown: dict[str, str] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            names = ("",) if parameter.type != "date" else ("_first", "_last")
            bound.update({f"{parameter.name}{end}": None for end in names})
            continue
        try:
            found, shown[parameter.name] = _bound(parameter, value, words)
        except UsageError as error:
            raise UsageError(f"--{parameter.name}: {error}") from error
        bound.update(found)
    return Bindings(bound=bound, words=shown)


def _bound(parameter: Parameter, value: str, words: CaseWords) -> tuple[dict[str, Bound], str]:
    name = parameter.name
    match parameter.type:
        case "entity":
            iri = _entity(parameter, value, words)
            return {name: Iri(iri)}, words.labels[iri]
        case "term":
            term = words.vocabulary.term(parameter.scheme or "", value)
            if term is None:
                known = [t.label for t in words.vocabulary.terms_in(parameter.scheme or "")]
                hint = did_you_mean(value, known) or f"; there are: {', '.join(known)}"
                raise UsageError(f"no term '{value}'{hint}")
            return {name: Iri(term.iri)}, term.label
        case "date":
            first, last = _days(value)
            return {f"{name}_first": first, f"{name}_last": last}, date_words(value)
        case "number":
            try:
                number: Bound = int(value.replace(",", ""))
            except ValueError:
                raise UsageError(f"'{value}' is not a whole number") from None
            return {name: number}, value
        case _:
            return {name: value}, value


def thing_fits(parameter: Parameter, words: CaseWords, iri: str) -> bool:
    """Tell whether a thing of the case is of a class that the parameter takes."""
    wanted = parameter.classes
    return not wanted or words.vocabulary.is_a(words.types[iri], wanted)


def _entity(parameter: Parameter, value: str, words: CaseWords) -> str:
    fits = partial(thing_fits, parameter, words)
    iri = find_entity(words.tables, value, fits)
    if not fits(iri):
        raise UsageError(
            f"'{value}' is {with_article(words.types[iri])}, "
            f"wanted {' or '.join(parameter.classes)}"
        )
    return iri


def _days(value: str) -> tuple[date, date]:
    """Return the first and the last day of an EDTF date; the calendar's own ends where open."""
    try:
        low, high = edtf_days(value)
    except NotEdtf as error:
        raise UsageError(
            f"{error}; write a day, a month or a year such as 2020-07-16, 2020-07 or 2020, or an "
            "interval such as 2016/2019"
        ) from error
    return (
        _FIRST if low is None else date.fromordinal(int(low)),
        _LAST if high is None else date.fromordinal(int(high)),
    )
