"""The header of a source file: what the document is, who read it, where it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from sousveil.model.edtf_days import edtf_days
from sousveil.model.records import Source
from sousveil.model.values import date_words
from sousveil.readers.captures import Capture, Captures, hashes
from sousveil.readers.fields import Fields
from sousveil.readers.names import Named, Names
from sousveil.readers.problems import Problems
from sousveil.readers.value_words import NOT_STATED, WrongWords, read_date
from sousveil.readers.yaml_text import Mapping, Node, Text
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import did_you_mean

HEADER = (
    "title",
    "kind",
    "publisher",
    "author",
    "published",
    "url",
    "read",
    "capture",
    "sha256",
    "passages",
    "based on",
    "known through",
    "corrects",
    "note",
    "says",
)
EXTENTS = ("whole", "excerpt", "headline")
SHA256 = re.compile(r"[0-9a-f]{64}")
SHORT_HASH = re.compile(r"[0-9a-f]{16}")
URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One source with what its blocks need: passages, capture, and the blocks themselves.

    `corrects` tells whether its header names what it corrects, be it rightly or wrongly.
    """

    source: Source
    hashes: dict[str, str]
    capture: Capture | None
    corrects: bool
    says: Node | None


@dataclass
class SourceReader:
    """Reads the headers of source files."""

    base: str
    vocabulary: Vocabulary
    names: Names
    captures: Captures
    problems: Problems
    files: list[SourceFile] = field(default_factory=list)

    def announce(self, key: str, node: Node, file: str, kind: str | None = None) -> None:
        """Enter a source's key among the names, so that other files can refer to it.

        Its kind is what its header says, where it is not told.
        """
        kind = kind or self._announced_kind(node)
        named = Named(iri=self.base + key, key=key, type=kind, file=file, line=1)
        self.names.add(key, named, 1)

    def _announced_kind(self, node: Node) -> str:
        if isinstance(node, Mapping):
            said = {k.text: v for k, v in node.items}.get("kind")
            if isinstance(said, Text) and said.text in self._kinds:
                return said.text
        return "Source"

    def read(self, key: str, node: Node, file: str) -> None:
        """Read one source file's header."""
        if not isinstance(node, Mapping):
            self.problems.error(file, node.line, "a source file begins with 'title:'")
            self.problems.blurred.add(None)
            return
        fields = Fields(node, file, self.problems)
        title = fields.text("title", required=True)
        kind = self._kind(fields, file)
        publisher = fields.text("publisher", required=True)
        published = self._published(fields, file)
        author, note = fields.text("author"), fields.text("note")
        url = self._url(fields, file)
        given = set(fields.left)
        read, extent = self._read_on(fields, file)
        sha256 = self._sha256(fields, file)
        capture = self._capture(fields, sha256, file)
        recorded_hashes = self._passages(fields, capture, file)
        based_on = self._others(fields, "based on", key)
        known_through = self._others(fields, "known through", key)
        corrects = self._others(fields, "corrects", key)
        if len(corrects) > 1:
            message = f"'corrects:' takes one source, here are {len(corrects)}; write one file each"
            self.problems.error(file, 1, message)
        says = fields.pop("says")
        fields.leftover(HEADER)
        self._check_reading(given, fields)
        self._check_order(published, read, fields)
        if kind == "Correction" and "corrects" not in given:
            self.problems.error(file, 1, "a Correction names what it corrects: 'corrects: KEY'")
        agent = self.names.resolve(publisher, file, ("Agent",)) if publisher else None
        source = Source(
            iri=self.base + key,
            key=key,
            type=kind,
            title=title.text if title else key,
            publisher=agent.iri if agent else None,
            author=author.text if author else None,
            published=published,
            url=url,
            capture=capture[0].text if capture else None,
            sha256=sha256,
            passages=len(recorded_hashes) or None,
            recorded=read,
            extent=extent,
            based_on=tuple(o.iri for o in based_on),
            known_through=tuple(o.iri for o in known_through),
            corrects=corrects[0].iri if corrects else None,
            note=note.text if note else None,
            file=file,
            line=1,
        )
        at_hand = capture[1] if capture else None
        self.files.append(
            SourceFile(
                source=source,
                hashes=recorded_hashes,
                capture=at_hand,
                corrects="corrects" in given,
                says=says,
            )
        )

    @cached_property
    def _kinds(self) -> list[str]:
        return [
            c.name
            for c in self.vocabulary.classes.values()
            if not c.abstract and self.vocabulary.is_a(c.name, ("Source",))
        ]

    def _kind(self, fields: Fields, file: str) -> str:
        kind = fields.text("kind", required=True)
        if kind is None:
            return "Source"
        if kind.text not in self._kinds:
            hint = did_you_mean(kind.text, self._kinds) or f"; one of: {', '.join(self._kinds)}"
            self.problems.error(file, kind.line, f"no kind of source '{kind.text}'{hint}")
            return "Source"
        return kind.text

    def _published(self, fields: Fields, file: str) -> str | None:
        text = fields.text("published", required=True)
        if text is None or text.text == NOT_STATED:
            return None
        return self._date(text, file)

    def _date(self, text: Text, file: str) -> str | None:
        try:
            return read_date(text.text).lexical
        except WrongWords as error:
            self.problems.error(file, text.line, str(error))
            return None

    def _url(self, fields: Fields, file: str) -> str | None:
        text = fields.text("url")
        if text and not URL.fullmatch(text.text):
            self.problems.error(file, text.line, f"'{text.text}' is not an http(s) address")
            return None
        return text.text if text else None

    def _read_on(self, fields: Fields, file: str) -> tuple[str | None, str | None]:
        text = fields.text("read")
        if text is None:
            return None, None
        day, _, extent = (part.strip() for part in text.text.partition(","))
        extent = extent or "whole"
        if extent not in EXTENTS:
            self.problems.error(
                file, text.line, f"'{extent}': how much was read is one of: {', '.join(EXTENTS)}"
            )
        return self._date(Text(day, text.line), file), extent

    def _sha256(self, fields: Fields, file: str) -> str | None:
        text = fields.text("sha256")
        if text and not SHA256.fullmatch(text.text):
            self.problems.error(file, text.line, "'sha256:' takes 64 hexadecimal digits")
            return None
        return text.text if text else None

    def _capture(
        self, fields: Fields, sha256: str | None, file: str
    ) -> tuple[Text, Capture | None] | None:
        name = fields.text("capture")
        if name is None:
            return None
        if sha256 is None:
            self.problems.error(file, name.line, "'capture:' needs 'sha256:' beside it")
        return name, self.captures.load(name, sha256, file)

    def _passages(
        self, fields: Fields, capture: tuple[Text, Capture | None] | None, file: str
    ) -> dict[str, str]:
        node = fields.mapping("passages")
        at_hand = hashes(capture[1]) if capture and capture[1] else None
        if node is None:
            if at_hand is not None and capture is not None:
                self.problems.warn(
                    file,
                    capture[0].line,
                    "no 'passages:' with the hash of each; `sousveil source new` writes them",
                )
            return {}
        recorded: dict[str, str] = {}
        for number, value in node.items:
            if not isinstance(value, Text) or not SHORT_HASH.fullmatch(value.text):
                self.problems.error(
                    file, number.line, "a passage has the first 16 hexadecimal digits of its hash"
                )
                continue
            recorded[number.text] = value.text
            if at_hand is not None and at_hand.get(number.text) != value.text:
                self.problems.error(
                    file,
                    number.line,
                    f"paragraph {number.text} of the capture is not the one recorded here",
                )
        return recorded

    def _others(self, fields: Fields, name: str, key: str) -> list[Named]:
        found: list[Named] = []
        for text in fields.texts(name):
            named = self.names.resolve(text, fields.file, ("Source",))
            if named is not None and named.key == key:
                self.problems.error(
                    fields.file, text.line, f"'{name}:' names this source itself; name another one"
                )
            elif named is not None:
                found.append(named)
        return found

    def _check_order(self, published: str | None, read: str | None, fields: Fields) -> None:
        """Warn of what was published after it was read: one of the two is mistyped."""
        if published is None or read is None:
            return
        first, last = edtf_days(published)[0], edtf_days(read)[1]
        if first is not None and last is not None and first > last:
            self.problems.warn(
                fields.file,
                fields.line,
                f"published {date_words(published)}, after it was read ({date_words(read)}); "
                "which of the two is right?",
            )

    def _check_reading(self, given: set[str], fields: Fields) -> None:
        """Tell who never read what they quote; a field that is there but wrong is told already."""
        file, line = fields.file, fields.line
        if "says" in given and "read" not in given:
            self.problems.error(file, line, "a source that says something was read: 'read: DATE'")
        if not given & {"says", "known through", "read"}:
            self.problems.error(
                file, line, "nobody has read this: say 'known through:' or add 'read:' and 'says:'"
            )
