"""stories/*.yaml: what is published of a case, with its finding, its steps and its parties."""

from __future__ import annotations

from dataclasses import dataclass, field

from sousveil.model.edtf_days import NotEdtf, edtf_days
from sousveil.model.story import NOT_YET_ASKED, OUTCOMES, Party, Step, Story
from sousveil.readers.blocks import Reference
from sousveil.readers.claim_again import read_claim_again
from sousveil.readers.embargo import read_embargo
from sousveil.readers.fields import Fields
from sousveil.readers.iris import is_language_tag
from sousveil.readers.lines import LineReader
from sousveil.readers.names import Named
from sousveil.readers.yaml_text import Mapping, Node, Sequence, Text
from sousveil.vocabulary.words import did_you_mean

FIELDS = (
    "title",
    "finding",
    "language",
    "things",
    "around",
    "without",
    "captions",
    "alt",
    "as of",
    "version",
    "correction",
    "credits",
    "embargo",
    "parties",
    "steps",
)
PARTY = ("party", "outcome", "asked", "channel", "deadline", "reply")
STEP = ("text", "things", "claims")
FIRST_VERSION = "1"


@dataclass
class StoryReader:
    """Reads story files; what they refer to must be in the case."""

    lines: LineReader
    stories: list[Story] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def read(self, key: str, node: Node, file: str) -> None:
        """Read one file, lines of `word: value`."""
        if not isinstance(node, Mapping):
            self.lines.problems.error(
                file,
                node.line,
                "a story is lines of 'word: value', at least title, finding, things",
            )
            return
        fields = Fields(node, file, self.lines.problems)
        title, finding = fields.text("title", required=True), fields.text("finding", required=True)
        language = fields.text("language")
        if language and not is_language_tag(language.text):
            fields.problems.error(file, language.line, f"'{language.text}' is no language tag: en")
        things, around = self._things(fields, "things"), self._things(fields, "around")
        if not things and not around and not fields.problems.is_blurred(None):
            fields.problems.error(
                file,
                node.line,
                "chooses nothing: name things of the case in 'things:' or 'around:'",
            )
        without = self._things(fields, "without")
        captions, alt = self._captions(fields), fields.text("alt")
        as_of = self._day(fields, "as of", required=True)
        version, correction = fields.text("version"), fields.text("correction")
        if correction and (version is None or version.text == FIRST_VERSION):
            fields.problems.error(
                file, correction.line, "'correction:' needs a 'version:' above 1: raise it"
            )
        credits_ = tuple(text.text for text in fields.texts("credits"))
        embargo = read_embargo(fields)
        parties = tuple(self._parties(fields))
        steps = tuple(self._steps(fields))
        fields.leftover(FIELDS)
        if title is None or finding is None or as_of is None:
            return
        self.stories.append(
            Story(
                key=key,
                title=title.text,
                finding=finding.text,
                language=language.text if language else None,
                things=things,
                around=around,
                without=without,
                captions=captions,
                alt=alt.text if alt else None,
                as_of=as_of,
                version=version.text if version else FIRST_VERSION,
                correction=correction.text if correction else None,
                credits=credits_,
                parties=parties,
                embargo=embargo,
                steps=steps,
                file=file,
                line=node.line,
            )
        )

    def _things(self, fields: Fields, name: str) -> tuple[str, ...]:
        found = [self._thing(text, fields) for text in fields.texts(name)]
        return tuple(dict.fromkeys(named.iri for named in found if named))

    def _thing(self, text: Text, fields: Fields) -> Named | None:
        named = self.lines.names.resolve(text, fields.file)
        if named is not None and not self.lines.vocabulary.is_a(named.type, ("Thing",)):
            named = None
        return named

    def _captions(self, fields: Fields) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        mapping = fields.mapping("captions")
        for key, value in mapping.items if mapping else ():
            named = self._thing(key, fields)
            if not isinstance(value, Text) or not value.text:
                fields.problems.error(fields.file, key.line, f"'{key.text}:' takes one text")
            elif named:
                found.append((named.iri, value.text))
        return tuple(found)

    def _day(self, fields: Fields, name: str, *, required: bool = False) -> str | None:
        text = fields.text(name, required=required)
        if text is None:
            return None
        try:
            edtf_days(text.text)
        except NotEdtf as error:
            fields.problems.error(fields.file, text.line, f"{error}; write 2026-11-23")
            return None
        return text.text

    def _items(self, fields: Fields, name: str, begin: str) -> list[Fields]:
        node = fields.pop(name)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            fields.problems.error(fields.file, node.line, f"'{name}:' is a list: '- {begin}: ...'")
            return []
        found = []
        for item in node.items:
            if isinstance(item, Mapping):
                found.append(Fields(item, fields.file, fields.problems))
            else:
                fields.problems.error(fields.file, item.line, f"begins with '- {begin}: ...'")
        return found

    def _parties(self, fields: Fields) -> list[Party]:
        found = []
        for one in self._items(fields, "parties", "party"):
            name = one.text("party", required=True)
            named = self.lines.names.resolve(name, one.file, ("Agent",)) if name else None
            outcome = one.text("outcome", required=True)
            if outcome and outcome.text not in OUTCOMES:
                hint = did_you_mean(outcome.text, OUTCOMES) or f"; one of: {', '.join(OUTCOMES)}"
                one.problems.error(one.file, outcome.line, f"no outcome '{outcome.text}'{hint}")
                outcome = None
            asked, deadline = self._day(one, "asked"), self._day(one, "deadline")
            channel, reply = one.text("channel"), one.text("reply")
            if outcome and outcome.text == "replied" and reply is None:
                one.problems.error(one.file, one.line, "'outcome: replied' needs 'reply:'")
            if outcome and outcome.text != NOT_YET_ASKED and asked is None:
                one.problems.error(one.file, one.line, "'asked:' is missing: the day of asking")
            one.leftover(PARTY)
            if named and outcome:
                found.append(
                    Party(
                        party=named.iri,
                        outcome=outcome.text,
                        asked=asked,
                        channel=channel.text if channel else None,
                        deadline=deadline,
                        reply=reply.text if reply else None,
                        line=one.line,
                    )
                )
        return found

    def _steps(self, fields: Fields) -> list[Step]:
        found = []
        for one in self._items(fields, "steps", "text"):
            text = one.text("text", required=True)
            things = self._things(one, "things")
            claims = self._claims(one)
            one.leftover(STEP)
            if text:
                found.append(Step(text=text.text, things=things, claims=claims))
        return found

    def _claims(self, step: Fields) -> tuple[str, ...]:
        node = step.pop("claims")
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            step.problems.error(step.file, node.line, "'claims:' is a list: '- about: ...'")
            return ()
        found: list[str] = []
        for item in node.items:
            if not isinstance(item, Mapping):
                step.problems.error(step.file, item.line, "begins with '- about: ...'")
                continue
            again = read_claim_again(self.lines, item, step.file)
            for claim in again[0] if again else ():
                found.append(claim.id)
                self.references.append(
                    Reference(claim=claim, verb="shown", file=step.file, line=item.line)
                )
        return tuple(found)
