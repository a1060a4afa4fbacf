"""The value of a claim, and how it reads in words.

A value is an entity, a term, a number with a bound, an EDTF date, a text, or a state: unknown,
withheld, none. `low` and `high` are its interval for comparison, null where open.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sousveil.model.edtf_days import Days, edtf_days
from sousveil.model.records import Kind
from sousveil.vocabulary.namespaces import EDTF, LANG_STRING, XSD_DECIMAL, XSD_INTEGER

BOUND_WORDS = {
    ">": "more than",
    ">=": "at least",
    "<": "fewer than",
    "<=": "at most",
    "~": "about",
}
"""How a bound reads; the reader takes these and more."""

ABOUT = 0.1
"""`about N` is compared as the interval N - 10% to N + 10%."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """A typed value in canonical form."""

    kind: Kind
    object: str | None = None
    lexical: str | None = None
    datatype: str | None = None
    language: str | None = None
    bound: str | None = None
    low: float | None = None
    high: float | None = None


def entity_value(iri: str) -> Value:
    """Return the value that is an entity or a source."""
    return Value(kind=Kind.ENTITY, object=iri)


def term_value(iri: str) -> Value:
    """Return the value that is a term of a vocabulary."""
    return Value(kind=Kind.TERM, object=iri)


def state_value(kind: Kind) -> Value:
    """Return unknown, withheld or none."""
    return Value(kind=kind)


def text_value(text: str, language: str) -> Value:
    """Return a text in canonical form (the caller has refused control characters)."""
    return Value(kind=Kind.TEXT, lexical=text, datatype=LANG_STRING, language=language)


def date_value(edtf: str) -> Value:
    """Return a date; raises NotEdtf when it is not one."""
    low, high = edtf_days(edtf)
    return Value(kind=Kind.DATE, lexical=edtf, datatype=EDTF, low=low, high=high)


def number_value(digits: str, bound: str | None = None) -> Value:
    """Return a number given as digits with an optional fraction, without grouping."""
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    lexical = f"{whole}.{fraction}" if fraction else whole
    low, high = _interval(float(lexical), bound)
    datatype = XSD_DECIMAL if fraction else XSD_INTEGER
    return Value(
        kind=Kind.NUMBER, lexical=lexical, datatype=datatype, bound=bound, low=low, high=high
    )


def _interval(number: float, bound: str | None) -> Days:
    match bound:
        case ">":
            return math.nextafter(number, math.inf), None
        case ">=":
            return number, None
        case "<":
            return None, math.nextafter(number, -math.inf)
        case "<=":
            return None, number
        case "~":
            return number * (1 - ABOUT), number * (1 + ABOUT)
        case _:
            return number, number


def number_words(lexical: str, bound: str | None) -> str:
    """Return a number as a reader wants it: `at least 2,000`."""
    whole, dot, fraction = lexical.partition(".")
    grouped = f"{int(whole):,}{dot}{fraction}"
    return f"{BOUND_WORDS[bound]} {grouped}" if bound else grouped


_BEFORE = re.compile(r"\[\.\.(.+)\]\Z")


def date_words(edtf: str) -> str:
    """Return an EDTF value in words: `2016/..` is `from 2016`, `2019~` is `about 2019`."""
    found = _BEFORE.match(edtf)
    if found:
        return f"on or before {found[1]}"
    if edtf.count("/") == 1:
        first, last = edtf.split("/")
        if first == "..":
            return f"until {date_words(last)}"
        if last == "..":
            return f"from {date_words(first)}"
        return f"{date_words(first)} to {date_words(last)}"
    return f"about {edtf[:-1]}" if edtf.endswith("~") else edtf
