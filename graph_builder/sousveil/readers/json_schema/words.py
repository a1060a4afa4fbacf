"""Regular expressions for the words of the case format, as JSON Schema takes them (ECMA-262).

A schema says no more than `check` does: where a pattern cannot be as narrow as the reader, it is
wider, so that an editor never marks what `check` accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sousveil.readers.value_words import DATE_WORDS, NUMBER, STATE
from sousveil.vocabulary.words import fold

_PYTHON_GROUP = re.compile(r"\(\?P<\w+>")
_SPECIAL = re.compile(r"[.*+?$(){}|/]")
_DROPPED = "[.'’‘`]*"
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?~*"
_END = rf"(?:{_DAY}|\.\.)"
_EDTF = rf"(?:\[\.\.{_DAY}\]|{_END}/{_END}|{_DAY})"


def _ecma(pattern: re.Pattern[str]) -> str:
    """Return a pattern without names for its groups, which ECMA-262 writes in another way."""
    return f"(?:{_PYTHON_GROUP.sub('(?:', pattern.pattern)})"


NUMBER_FORM = _ecma(NUMBER)
STATE_FORM = _ecma(STATE)
EDTF_FORM = _EDTF
DATE_FORM = rf"(?:(?:(?:{'|'.join(DATE_WORDS)})\s+)?{_EDTF}|{_END}\s+to\s+{_END})"
SILENCE_FORM = r"not stated(?:\s*\([^()]*\))?"


def whole(*forms: str) -> str:
    """Return a pattern for a text that is one of these forms from end to end."""
    return f"^(?:{'|'.join(forms)})$"


def spellings(label: str) -> str:
    """Return a form for every spelling that the readers take for a word.

    The same rule as `fold`: case, dots and apostrophes do not matter, and any other run of what is
    neither letter nor digit is a space. Letters outside ASCII that fold to one within are left out.
    """
    words = [
        _DROPPED.join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word)
        for word in fold(label).split("-")
    ]
    between = r"[\W_]+".join(words)
    return rf"[\W_]*{between}[\W_]*"


def other_spellings(label: str) -> str:
    """Return a pattern for the spellings of a word that are not the ontology's own."""
    return rf"^(?!{_SPECIAL.sub(lambda found: f'[{found[0]}]', label)}$){spellings(label)}$"


def any_spelling(labels: Iterable[str]) -> list[str]:
    """Return the forms for several words, in a fixed order."""
    return [spellings(label) for label in sorted(labels)]
