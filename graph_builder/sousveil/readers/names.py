"""The one name space of a case: keys, names and other names of entities and sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import Text
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import did_you_mean, fold, with_article

_ENTITIES = "to a file in entities/"


class Named(NamedTuple):
    """What a name stands for."""

    iri: str
    key: str
    type: str
    file: str
    line: int


@dataclass
class Names:
    """Folded names and what they stand for."""

    vocabulary: Vocabulary
    problems: Problems
    known: dict[str, Named] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    incomplete: bool = False

    def add(self, spelling: str, named: Named, line: int) -> None:
        """Enter one spelling; a spelling in use for something else is a problem."""
        folded = fold(spelling)
        if not folded:
            self.problems.error(named.file, line, f"'{spelling}' holds no letter or digit")
            return
        other = self.known.setdefault(folded, named)
        self.spellings.setdefault(folded, spelling)
        if other.key != named.key or other.type != named.type:
            self.problems.error(
                named.file,
                line,
                f"'{spelling}' already means {other.key} ({other.type}, {other.file}:"
                f"{other.line}); a name stands for one thing per case",
            )

    def find(self, words: str) -> Named | None:
        """Return what a name stands for, or None."""
        return self.known.get(fold(words))

    def resolve(self, text: Text, file: str, wanted: tuple[str, ...] = ()) -> Named | None:
        """Return what a name stands for; an unknown or ill-typed one is a problem and None."""
        named = self.find(text.text)
        if named is None:
            if not self.incomplete:
                hint = did_you_mean(text.text, self.spellings.values())
                where = f"as sources/{fold(text.text)}.yaml" if wanted == ("Source",) else _ENTITIES
                advice = hint or f"; add it {where}"
                self.problems.error(file, text.line, f"nothing is called '{text.text}'{advice}")
            return None
        if wanted and not self.vocabulary.is_a(named.type, wanted):
            self.problems.error(
                file,
                text.line,
                f"'{text.text}' is {with_article(named.type)}, wanted {' or '.join(wanted)}",
            )
            return None
        return named
