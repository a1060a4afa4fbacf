"""Popping fields from a mapping: what nobody asked for is reported, never absorbed."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import Mapping, Node, Sequence, Text
from sousveil.vocabulary.words import did_you_mean


class Fields:
    """The fields of one mapping of a case file, taken out one by one."""

    def __init__(self, mapping: Mapping, file: str, problems: Problems) -> None:
        self.left: dict[str, tuple[Text, Node]] = {}
        for key, value in mapping.items:
            self.left.setdefault(key.text, (key, value))
        self.line = mapping.line
        self.file = file
        self.problems = problems

    def pop(self, name: str) -> Node | None:
        """Take a field out; None when it is not there."""
        found = self.left.pop(name, None)
        return found[1] if found else None

    def has(self, name: str) -> bool:
        """Tell whether a field is there and was not taken out yet."""
        return name in self.left

    def text(self, name: str, *, required: bool = False) -> Text | None:
        """Take a text out. One that is missing though required, empty, or no text is a problem."""
        node = self.pop(name)
        if node is None:
            if required:
                self.problems.error(self.file, self.line, f"'{name}:' is missing")
            return None
        if not isinstance(node, Text):
            self.problems.error(self.file, node.line, f"'{name}:' takes one text, not a list")
            return None
        if not node.text:
            self.problems.error(self.file, node.line, f"'{name}:' is empty")
            return None
        return node

    def texts(self, name: str) -> list[Text]:
        """Take out a text or a list of texts, as a list."""
        return list(texts_of(self.pop(name), name, self.file, self.problems))

    def mapping(self, name: str) -> Mapping | None:
        """Take a mapping out."""
        node = self.pop(name)
        if node is None or isinstance(node, Mapping):
            return node
        self.problems.error(self.file, node.line, f"'{name}:' takes lines of 'word: value'")
        return None

    def leftover(self, known: Iterable[str]) -> None:
        """Report every field that is still there."""
        words = sorted(known)
        for name, (key, _) in self.left.items():
            hint = did_you_mean(name, words)
            advice = hint or f"; known here: {', '.join(words)}"
            self.problems.error(self.file, key.line, f"no field '{name}'{advice}")


def texts_of(node: Node | None, name: str, file: str, problems: Problems) -> Iterable[Text]:
    """Yield the texts of a node that is one text or a list of texts."""
    match node:
        case None:
            return
        case Text():
            if node.text:
                yield node
            else:
                problems.error(file, node.line, f"'{name}:' is empty")
        case Sequence():
            for item in node.items:
                if isinstance(item, Text) and item.text:
                    yield item
                else:
                    problems.error(file, item.line, f"'{name}:' takes texts, one per item")
        case Mapping():
            problems.error(file, node.line, f"'{name}:' takes a text or a list of texts")
