"""From the words of a case file to typed values: numbers with bounds, dates, states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sousveil.model.edtf_days import NotEdtf, day_before, edtf_days
from sousveil.model.records import Kind
from sousveil.model.values import Value, date_value, number_value
from sousveil.vocabulary.words import alike

NUMBER_FORMS = "100, at least 100, more than 2,000, about 22,000, as many as 100"
DATE_FORMS = "2020, 2020-07, 2020-07-16, about|before|from|until|as of 2020, 2016 to 2019"

_BOUNDS = {
    "exactly": None,
    "at least": ">=",
    "no fewer than": ">=",
    "more than": ">",
    "over": ">",
    "at most": "<=",
    "up to": "<=",
    "as many as": "<=",
    "fewer than": "<",
    "less than": "<",
    "under": "<",
    "about": "~",
    "around": "~",
    "approximately": "~",
}
NUMBER = re.compile(
    rf"(?:(?P<bound>{'|'.join(_BOUNDS)})\s+)?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?"
)
_MOST_DIGITS = 30
"""More digits than any count or price has; endless ones have no interval to compare."""
_SIGN = re.compile(r"(>=|>|<=|<|≥|≤|~)\s*(\d[\d.,]*)")
_SIGN_WORDS = {
    ">": "more than",
    ">=": "at least",
    "≥": "at least",
    "<": "fewer than",
    "<=": "at most",
    "≤": "at most",
    "~": "about",
}
DATE_WORDS = ("about", "before", "from", "until", "as of")
_DATE_WORD = re.compile(rf"({'|'.join(DATE_WORDS)})\s+(\S+)")
_SPAN = re.compile(r"(\S+)\s+to\s+(\S+)")
STATE = re.compile(
    r"(?P<word>unknown|none|not stated|withheld)"
    r"(?:\s+by\s+(?P<by>[^()]+?))?(?:\s*\((?P<why>[^()]*)\))?"
)
_STATE_WORDS = ("unknown", "none", "not stated", "withheld")

NOT_STATED = "not stated"


class WrongWords(ValueError):
    """The words are not a value of the wanted kind; the message says which forms there are."""


@dataclass(frozen=True, kw_only=True)
class State:
    """unknown, none, withheld or not stated, as typed."""

    word: str
    withheld_by: str | None = None
    reason: str | None = None


def read_state(words: str) -> State | None:
    """Return the state that the words are, None when they are none; misspellings are refused."""
    found = STATE.fullmatch(words)
    if found and (found["word"] == "withheld" or not found["by"]):
        return State(word=found["word"], withheld_by=found["by"], reason=found["why"] or None)
    begin = words.split("(")[0].split(" by ")[0].strip()
    if _is_nearly_a_state(begin):
        raise WrongWords(
            f"'{words}': misspelt unknown, none, withheld or not stated? "
            "(text that begins so goes under `|`)"
        )
    return None


@lru_cache(maxsize=1 << 16)
def _is_nearly_a_state(word: str) -> bool:
    """Asked of every value of a case, and most values are written many times."""
    return any(alike(word, state) for state in _STATE_WORDS)


def read_number(words: str) -> Value:
    """Return a number with its bound; raises WrongWords."""
    found = NUMBER.fullmatch(words)
    if not found:
        sign = _SIGN.fullmatch(words)
        if sign:
            raise WrongWords(f"'{words}': write '{_SIGN_WORDS[sign[1]]} {sign[2]}'")
        raise WrongWords(f"'{words}' is not a number with a bound ({NUMBER_FORMS})")
    digits = found["digits"].replace(",", "") + (found["part"] or "")
    if len(digits) > _MOST_DIGITS:
        raise WrongWords(f"a number of {len(digits)} digits; at most {_MOST_DIGITS} are read")
    return number_value(digits, _BOUNDS[found["bound"]] if found["bound"] else None)


def read_date(words: str) -> Value:
    """Return an event's date as EDTF; `before D` is `[..day before D]`. Raises WrongWords."""
    try:
        return date_value(_edtf(words, before="[..{}]"))
    except NotEdtf as error:
        raise WrongWords(_date_message(words, error)) from error


def read_during(words: str) -> str:
    """Return a validity as EDTF; `before D` is the interval `../day before D`."""
    try:
        edtf = _edtf(words, before="../{}")
        edtf_days(edtf)
    except NotEdtf as error:
        raise WrongWords(_date_message(words, error)) from error
    return edtf


def _date_message(words: str, error: NotEdtf) -> str:
    if "not a possible" in str(error) or "before" in str(error):
        return f"{error}; a date is one of: {DATE_FORMS}"
    return f"'{words}' is not a date ({DATE_FORMS})"


def _edtf(words: str, *, before: str) -> str:
    found = _DATE_WORD.fullmatch(words)
    if found:
        word, day = found.groups()
        edtf_days(day)
        match word:
            case "about":
                return f"{day}~"
            case "before":
                return before.format(day_before(day))
            case "from":
                return f"{day}/.."
            case "until":
                return f"../{day}"
            case _:
                return day
    span = _SPAN.fullmatch(words)
    return f"{span[1]}/{span[2]}" if span else words


def state_kind(state: State) -> Kind:
    """Return the kind of claim that a state makes; `not stated` makes none."""
    return {"unknown": Kind.UNKNOWN, "none": Kind.NONE, "withheld": Kind.WITHHELD}[state.word]
