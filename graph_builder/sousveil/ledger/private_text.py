"""Finding withheld names in text, in whatever way a file may have escaped it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_GAP = re.compile(r"[\W_]+")
_SHORTEST_SURNAME = 3


class NameSearch:
    """Looks for names: the whole name however it is spelt, or the surname as a word of its own.

    Case, accents, punctuation and the escapes of HTML, JSON, Turtle and URLs make no difference to
    the whole name. The surname counts only with its own capitals, so that a Detective Black does
    not make every `color: black` a leak.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))
        self._whole = [_plain(name) for name in self.names]
        surnames = [name.split()[-1] for name in self.names if name.split()]
        usable = sorted({s for s in surnames if len(s) >= _SHORTEST_SURNAME})
        pattern = "|".join(re.escape(unicodedata.normalize("NFC", s)) for s in usable)
        self._surname = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if usable else None

    def found_in(self, text: str) -> bool:
        """Tell whether a text holds one of the names."""
        if not self.names:
            return False
        for form in _readings(text):
            flat = _plain(form)
            if any(f" {name} " in f" {flat} " for name in self._whole):
                return True
            if self._surname and self._surname.search(unicodedata.normalize("NFC", form)):
                return True
        return False


def _readings(text: str) -> set[str]:
    plain = _UNICODE_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    return {text, plain, html.unescape(plain), unquote(plain)}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _GAP.sub(" ", letters).strip()
