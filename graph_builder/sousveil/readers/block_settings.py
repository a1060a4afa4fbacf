"""What holds for every line of a block: where it stands, via whom, who says it, when it held."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.readers.fields import Fields
from sousveil.readers.lines import LineReader
from sousveil.readers.names import Named
from sousveil.readers.sources import SourceFile
from sousveil.readers.value_words import WrongWords, read_during
from sousveil.readers.yaml_text import Text

_INFERRED = "inferred"
_ON_BEHALF = ", on behalf of "
LONGEST_PASSAGE = 60


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for every line of a block."""

    file: SourceFile
    subject: Named
    passage: str | None
    via: tuple[str, ...]
    inferred: bool
    speaker: str | None
    on_behalf_of: str | None
    said_in: str | None
    during: str | None
    quote: str | None
    note: str | None
    recorded: str | None


@dataclass(frozen=True, kw_only=True)
class SettingReader:
    """Takes the words with a fixed meaning out of a block, and leaves its relations."""

    lines: LineReader

    def read(self, fields: Fields, subject: Named, file: SourceFile, line: int) -> Setting:
        """Return the setting of a block; what is wrong with it is among the problems."""
        via, inferred = self._via(fields, file)
        speaker, on_behalf_of = self._speaker(fields)
        said_in = self._entity(fields, "said in", ("Statement",))
        if speaker and said_in:
            fields.problems.error(
                fields.file, line, "'said by:' and 'said in:' exclude each other; keep one"
            )
        quote, note = fields.text("quote"), fields.text("note")
        passage = self._passage(fields, file)
        if quote:
            self.check_words(quote, passage, file)
        recorded = fields.text("recorded")
        return Setting(
            file=file,
            subject=subject,
            passage=passage,
            via=via,
            inferred=inferred,
            speaker=speaker,
            on_behalf_of=on_behalf_of,
            said_in=said_in,
            during=self._during(fields, subject),
            quote=quote.text if quote else None,
            note=note.text if note else None,
            recorded=self._day(recorded, fields) if recorded else file.source.recorded,
        )

    def _day(self, text: Text, fields: Fields) -> str | None:
        try:
            return read_during(text.text)
        except WrongWords as error:
            fields.problems.error(fields.file, text.line, str(error))
            return None

    def _during(self, fields: Fields, subject: Named) -> str | None:
        text = fields.text("during")
        if text is None:
            return None
        if self.lines.vocabulary.is_a(subject.type, ("Event",)):
            fields.problems.error(fields.file, text.line, "an event has 'date:', not 'during:'")
            return None
        return self._day(text, fields)

    def _entity(self, fields: Fields, name: str, wanted: tuple[str, ...]) -> str | None:
        text = fields.text(name)
        found = self.lines.names.resolve(text, fields.file, wanted) if text else None
        return found.iri if found else None

    def _speaker(self, fields: Fields) -> tuple[str | None, str | None]:
        text = fields.text("said by")
        if text is None:
            return None, None
        who, _, whom = text.text.partition(_ON_BEHALF)
        names, file = self.lines.names, fields.file
        speaker = names.resolve(Text(who, text.line), file, ("Agent",))
        behalf = names.resolve(Text(whom, text.line), file, ("Agent",)) if whom else None
        return speaker.iri if speaker else None, behalf.iri if behalf else None

    def _via(self, fields: Fields, file: SourceFile) -> tuple[tuple[str, ...], bool]:
        found: list[str] = []
        inferred = False
        for text in fields.texts("via"):
            for part in (p.strip() for p in text.text.split(",")):
                if part == _INFERRED:
                    inferred = True
                    continue
                named = self.lines.names.resolve(Text(part, text.line), fields.file, ("Source",))
                if named is None:
                    continue
                if named.iri == file.source.iri or named.iri in found:
                    fields.problems.error(
                        fields.file, text.line, f"'via:' goes in a circle through '{part}'"
                    )
                    continue
                found.append(named.iri)
        return tuple(found), inferred

    def _passage(self, fields: Fields, file: SourceFile) -> str | None:
        text = fields.text("at")
        if text is None:
            return None
        if text.text.isdigit() and file.hashes and text.text not in file.hashes:
            fields.problems.error(
                fields.file,
                text.line,
                f"no paragraph {text.text}: the source has {len(file.hashes)} paragraphs",
            )
        elif len(text.text) > LONGEST_PASSAGE:
            fields.problems.error(
                fields.file, text.line, "'at:' is a place (3, page 4, caption), not the text there"
            )
        return text.text

    def check_words(self, words: Text, passage: str | None, file: SourceFile) -> None:
        """Words quoted from a passage must stand there, where the capture is at hand."""
        if file.capture is not None and not file.capture.holds(words.text, passage):
            where = f"paragraph {passage}" if passage in file.capture.texts else "the capture"
            self.lines.problems.error(
                file.source.file, words.line, f"these words are not in {where}"
            )
