"""Finding withheld names in text, in whatever way a file may have escaped it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters that nobody sees within a word, such as the soft hyphen of a text from the web."""
_GAP = re.compile(r"[\W_]+")
_SHORTEST_SURNAME = 3


class NameSearch:
    """Looks for names: the whole name however it is spelt, or the surname as a word of its own.

    Case, accents, punctuation and the escapes of HTML, JSON, Turtle and URLs make no difference to
    the whole name. The surname counts only with its own capitals or all in capitals, so that a
    Detective Black does not make every `color: black` a leak. Both count with an `s` behind, as a
    genitive has it, and with characters in them that nobody sees.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))
        self._whole = [_plain(name) for name in self.names]
        surnames = [name.split()[-1] for name in self.names if name.split()]
        usable = {unicodedata.normalize("NFC", s) for s in surnames if len(s) >= _SHORTEST_SURNAME}
        spelt = sorted(usable | {surname.upper() for surname in usable})
        pattern = "|".join(map(re.escape, spelt))
        self._surname = re.compile(rf"(?<!\w)(?:{pattern})[sS]?(?!\w)") if usable else None
        self._in_key = {_plain(surname) for surname in usable}

    def found_in(self, text: str) -> bool:
        """Tell whether a text holds one of the names."""
        if not self.names:
            return False
        for form in _readings(text):
            flat = f" {_plain(form)} "
            if any(f" {name} " in flat or f" {name}s " in flat for name in self._whole):
                return True
            if self._surname and self._surname.search(unicodedata.normalize("NFC", form)):
                return True
        return False

    def surname_in(self, key: str) -> bool:
        """Tell whether words of a key, which has no capitals, are a surname, maybe another's."""
        return any(f" {surname} " in f" {_plain(key)} " for surname in self._in_key)


def _readings(text: str) -> set[str]:
    plain = _UNICODE_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    forms = {text, plain, html.unescape(plain), unquote(plain)}
    return {_UNSEEN.sub("", form) for form in forms}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _GAP.sub(" ", letters).strip()
