"""YAML whose scalars are all text, with the line of every word.

A small composer over PyYAML's event stream (libyaml where it is built in): it refuses what the
case format has no use for (anchors, aliases, tags, several documents, a comment that cuts a text)
and reports duplicate keys, each with its line. One broken file gives one message.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sousveil.readers.problems import Problems

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_CUT = re.compile(r"\s+#")
_DEEPEST = 20
_SIGN = re.compile(r"(?<=:)\s*(>=|>|<=|<)\s*(\d[\d.,]*)\s*\Z")
_SIGN_WORDS = {">": "more than", ">=": "at least", "<": "fewer than", "<=": "at most"}
_PLAIN_WORDS = {
    "mapping values are not allowed": "a second ':' in the line",
    "expected comment or line break": "words on the line of `|` or `>`",
    "cannot start any token": "a text cannot begin with this character",
    "did not find expected key": "words after a closing quotation mark, or a line too far right",
    "did not find expected ',' or ']'": "a list without its ']'",
    "did not find expected ',' or '}'": "'{' begins no text",
    "did not find expected '-' indicator": "a line beside a list that is no '- ' item",
    "block sequence entries are not allowed": "'- ' begins an item of a list, not a text",
    "found unexpected end of stream": "a quotation mark that is never closed",
}
"""What the parser says, in the words of somebody who types a case."""


@dataclass(frozen=True)
class Text:
    """A scalar: its text, the line it starts on, and whether it was written as a block (`|`)."""

    text: str
    line: int
    block: bool = False


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Mapping:
    """Keys with values, in order; a key that stands twice is among the problems."""

    items: tuple[tuple[Text, Node], ...]
    line: int


Node = Text | Sequence | Mapping

EMPTY = Mapping((), 1)
"""The content of a file that holds nothing but comments."""


class _Refused(Exception):
    """The file holds something that the format refuses; the message is complete."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(path: Path, shown: str, problems: Problems) -> Node | None:
    """Return the content of a YAML file, EMPTY when it holds nothing, None when it is not readable.

    Args:
        path: the file.
        shown: its name in messages.
        problems: receives what is wrong; a file that cannot be read blurs everything.
    """
    text = read_text(path, shown, problems)
    if text is None:
        problems.blurred.add(None)
        return None
    try:
        return _Composer(text, shown, problems).document()
    except _Refused as refused:
        problems.error(shown, refused.line, str(refused))
    except yaml.MarkedYAMLError as error:
        line, message = _explain(error, text)
        problems.error(shown, line, message)
    except yaml.YAMLError as error:
        problems.error(shown, None, f"not YAML: {error}")
    problems.blurred.add(None)
    return None


def read_text(path: Path, shown: str, problems: Problems) -> str | None:
    """Return a file's text in Unicode NFC, or None with the reason among the problems."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.error(shown, None, f"cannot be read: {error.strerror}")
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.warn(shown, 1, "starts with a byte order mark; save it as UTF-8 without one")
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.error(shown, line, "not UTF-8; save the file in that encoding")
        return None
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.warn(shown, line, "Windows line ends (CRLF), read as plain ones; save it with LF")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROL.search(text)
    if found:
        problems.error(shown, text[: found.start()].count("\n") + 1, _control_message(found[0]))
        return None
    return unicodedata.normalize("NFC", text)


def _control_message(character: str) -> str:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"a control character ({name}) in the text; delete it"


def _line(event: yaml.Event) -> int:
    """Return the line that an event starts on, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """Return the line to look at, and what is wrong there."""
    mark = error.problem_mark or error.context_mark
    if "could not find expected ':'" in str(error.problem) and error.context_mark:
        return error.context_mark.line + 1, "a line without ':'; each is 'word: value'"
    line = mark.line + 1 if mark else 1
    lines = text.split("\n")
    current = lines[line - 1] if line <= len(lines) else ""
    indent = current[: len(current) - len(current.lstrip())]
    if "\t" in indent or "'\\t'" in str(error.problem):
        return line, "a tab in the indentation; YAML takes spaces only"
    sign = _SIGN.search(current)
    if sign:
        return line, f"'{sign[0].strip()}': write '{_SIGN_WORDS[sign[1]]} {sign[2]}'"
    problem = error.problem or error.context or "it cannot be read"
    plain = next((words for part, words in _PLAIN_WORDS.items() if part in problem), problem)
    return line, f"not YAML: {plain} (put the text on its own line after `|`)"


class _Composer:
    """Turns events into nodes."""

    def __init__(self, text: str, shown: str, problems: Problems) -> None:
        self.lines = text.split("\n")
        self.shown = shown
        self.problems = problems
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self.depth = 0

    def document(self) -> Node:
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return EMPTY
        node = self._node(next(self.events))
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _Refused(_line(event), "a second document (`---`); one per file")
        return node

    def _node(self, event: yaml.Event) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(line, "an alias (`*`); write the words again, aliases are not read")
        if getattr(event, "anchor", None):
            raise _Refused(line, "an anchor (`&`); anchors and aliases are not read")
        if getattr(event, "tag", None):
            raise _Refused(line, "a tag (`!`); everything is read as text, delete it")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Refused(line, f"lists within lists, more than {_DEEPEST} deep")
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = self._sequence(line) if sequence else self._mapping(line)
        self.depth -= 1
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Text:
        line = _line(event)
        block = event.style in ("|", ">")
        if not block:
            end = event.end_mark
            known = end is not None and end.line < len(self.lines)
            rest = self.lines[end.line][end.column :] if end is not None and known else ""
            if event.value and _CUT.match(rest):
                self.problems.error(
                    self.shown,
                    end.line + 1 if end else line,
                    "'#' would cut off the rest of this line: put the text under `|`",
                )
        if event.value.isascii() and event.value.isprintable():
            return Text(event.value.strip(), line, block)
        # An escape in quotes may hold what the file itself may not.
        found = _CONTROL.search(event.value)
        if found:
            raise _Refused(line, _control_message(found[0]))
        plain = event.value.replace("\r\n", "\n").replace("\r", "\n")
        return Text(unicodedata.normalize("NFC", plain).strip(), line, block)

    def _sequence(self, line: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Sequence(tuple(items), line)

    def _mapping(self, line: int) -> Mapping:
        items: list[tuple[Text, Node]] = []
        seen: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, Text):
                raise _Refused(key.line, "a key must be a word, not a list or a mapping")
            value = self._node(next(self.events))
            first = seen.get(key.text)
            if first is None:
                seen[key.text] = key.line
            else:
                self._twice(key, value, first)
            # What stands below a second heading is read, or its names would be unknown elsewhere.
            if first is None or isinstance(value, Mapping):
                items.append((key, value))
        return Mapping(tuple(items), line)

    def _twice(self, key: Text, value: Node, first: int) -> None:
        advice = "write several values as a list: [a, b]"
        if isinstance(value, Mapping):
            advice = "put all of it below the first"
        self.problems.error(
            self.shown, key.line, f"'{key.text}' is written twice (first in line {first}); {advice}"
        )
        self.problems.blurred.add(None)
