"""The words of buttons and headings, in English, German and Spanish."""

from __future__ import annotations

import tomllib
from functools import cache

from sousveil.content import content_folder

LANGUAGES = ("en", "de", "es")


class Words:
    """The interface texts of one language: `words("close")`, `words("step", i=1, n=3)`."""

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, name: str, **values: object) -> str:
        """Return a text; raises KeyError for a name that no file has."""
        found = self._texts[name]
        return found.format(**values) if values else found

    def term(self, word: str) -> str:
        """Return a word of the data model (a standing, a mode) in this language."""
        return self._texts.get(f"term-{word}", word)

    def counted(self, name: str, number: int) -> str:
        """Return a text with a number, in the singular where it is one."""
        return self(f"{name}-one" if number == 1 else f"{name}-many", n=number)


@cache
def interface_words(language: str) -> Words:
    """Return the words of a language; of a tag such as `de-AT` its first part counts, else en."""
    base = language.lower().split("-")[0]
    known = base if base in LANGUAGES else "en"
    path = content_folder("visualizations") / "viewer" / "words" / f"{known}.toml"
    return Words(known, tomllib.loads(path.read_text(encoding="utf-8")))
