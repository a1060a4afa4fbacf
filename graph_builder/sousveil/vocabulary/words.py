"""How words are compared: folding, and the nearest right word for a wrong one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

_GONE = re.compile(r"[.'’‘`]")
_OTHER = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the form under which names are equal: no case, dots or apostrophes, else hyphens.

    `Safe L.A. Task Force` and `safe-la-task-force` fold to the same word.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    return _OTHER.sub("-", _GONE.sub("", plain)).strip("-")


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the candidate most like `word`, or None when nothing is like it by `cutoff` of 1."""
    by_fold: dict[str, str] = {}
    for candidate in sorted(candidates):
        by_fold.setdefault(fold(candidate), candidate)
    found = get_close_matches(fold(word), list(by_fold), n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` or an empty string, ready to end a message."""
    found = nearest(word, candidates)
    return f"; did you mean '{found}'?" if found else ""


def with_article(word: str) -> str:
    """Return a word with its indefinite article: `an Event`, `a Service`."""
    return f"{'an' if word[:1] in 'AEIOaeio' else 'a'} {word}"


@lru_cache(maxsize=1 << 16)
def counted(number: int, word: str, plural: str | None = None) -> str:
    """Return a number with its word: `1 row`, `2 rows`; with its plural where that is no mere s."""
    return f"{number} {word if number == 1 else plural or f'{word}s'}"


def alike(word: str, other: str) -> bool:
    """Tell whether `word` looks like a misspelling of `other` (and is not that word)."""
    if word == other:
        return False
    matcher = SequenceMatcher(a=word, b=other)
    # The first two are cheap upper bounds of the third.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= 0.8 for bound in bounds)
