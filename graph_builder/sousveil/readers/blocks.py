"""The blocks below `says:` become claims, evidence and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sousveil.model.identity import evidence_hash
from sousveil.model.records import Claim, Evidence, Gap, Kind, Mode, Stance
from sousveil.readers.block_settings import Setting, SettingReader
from sousveil.readers.fields import Fields
from sousveil.readers.lines import Line, LineReader, claim_of
from sousveil.readers.sources import SourceFile
from sousveil.readers.value_words import NOT_STATED
from sousveil.readers.yaml_text import Mapping, Node, Sequence, Text
from sousveil.vocabulary.words import did_you_mean


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A claim written again, in a dispute, a withdrawal or a decision: someone must make it."""

    claim: Claim
    verb: str
    file: str
    line: int


@dataclass
class BlockReader:
    """Reads all blocks of a case into rows."""

    lines: LineReader
    claims: dict[str, Claim] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def read(self, file: SourceFile) -> None:
        """Read the blocks of one source file."""
        shown, problems = file.source.file, self.lines.problems
        if file.says is None:
            return
        if not isinstance(file.says, Sequence):
            problems.error(shown, file.says.line, "'says:' is a list of blocks: '- about: ...'")
            problems.blurred.add(None)
            return
        for block in file.says.items:
            if isinstance(block, Mapping):
                self._block(block, file)
            else:
                problems.error(shown, block.line, "a block begins with '- about: ...'")

    def _block(self, block: Mapping, file: SourceFile) -> None:
        problems, shown = self.lines.problems, file.source.file
        fields = Fields(block, shown, problems)
        about = fields.text("about", required=True)
        subject = self.lines.names.resolve(about, shown) if about else None
        if subject is None:
            self._blur(about)
            return
        placed = fields.has("at")
        setting = SettingReader(lines=self.lines).read(fields, subject, file, block.line)
        told = fields.has("disputes") or fields.has("withdraws")
        disputed, withdrawn = fields.mapping("disputes"), fields.mapping("withdraws")
        rest = [(key, value) for key, value in fields.left.values()]
        if not (rest or told):
            problems.error(shown, block.line, "this block says nothing: add 'relation: value'")
        only_silent = self._claims(rest, setting, Stance.SUPPORTS)
        for mapping, stance in ((disputed, Stance.DISPUTES), (withdrawn, Stance.WITHDRAWS)):
            if mapping is not None:
                only_silent = False
                self._claims(list(mapping.items), setting, stance)
        if withdrawn and not file.corrects:
            problems.error(
                shown,
                withdrawn.line,
                "'withdraws:' belongs in a Correction that says 'corrects: KEY' in its header",
            )
        if not placed and not only_silent:
            problems.error(
                shown,
                block.line,
                "no 'at:' (paragraph, page or time): where does the source say it?",
            )

    def _blur(self, about: Text | None) -> None:
        """A block about nobody knows whom: claims of the name it may have meant are missing."""
        names = self.lines.names
        meant = None
        if about is not None:
            hint = did_you_mean(about.text, names.spellings.values())
            found = names.find(hint.split("'")[1]) if hint else None
            meant = found.iri if found else None
        self.lines.problems.blurred.add(meant)

    def _claims(self, pairs: list[tuple[Text, Node]], setting: Setting, stance: Stance) -> bool:
        """Read lines into rows; tell whether every one of them says `not stated`."""
        silent = True
        for key, value in pairs:
            for line in self._lines(key, value, setting):
                if line.value is None:
                    self._silence(line, setting, stance)
                    continue
                silent = False
                self._claim(line, setting, stance)
        return silent and bool(pairs)

    def _lines(self, key: Text, value: Node, setting: Setting) -> Iterator[Line]:
        file, subject = setting.file.source.file, setting.subject
        relation = self.lines.relation(key, subject, file)
        if relation is None:
            self.lines.problems.blurred.add(subject.iri)
            return
        for line in self.lines.read(relation, value, file, subject.iri):
            if relation.verbatim and line.value and line.value.kind == Kind.TEXT:
                SettingReader(lines=self.lines).check_words(
                    line.text, setting.passage, setting.file
                )
            yield line

    def _silence(self, line: Line, setting: Setting, stance: Stance) -> None:
        source = setting.file.source
        if stance is not Stance.SUPPORTS:
            self.lines.problems.error(
                source.file, line.text.line, f"'{NOT_STATED}' is no claim, it cannot be {stance}"
            )
            return
        self.gaps.append(
            Gap(
                subject=setting.subject.iri,
                predicate=line.relation.iri,
                source=source.iri,
                passage=setting.passage,
                file=source.file,
                line=line.text.line,
            )
        )

    def _claim(self, line: Line, setting: Setting, stance: Stance) -> None:
        assert line.value is not None
        claim = claim_of(setting.subject.iri, line.relation, line.value, setting.during)
        source = setting.file.source
        if stance is Stance.SUPPORTS:
            self.claims.setdefault(claim.id, claim)
        else:
            self.references.append(
                Reference(claim=claim, verb=stance, file=source.file, line=line.text.line)
            )
        row = self._evidence(claim, line, setting, stance)
        self.evidence.setdefault(row.hash, row)

    def _evidence(self, claim: Claim, line: Line, setting: Setting, stance: Stance) -> Evidence:
        source = setting.file.source
        default = self.lines.vocabulary.classes[source.type].mode or Mode.REPORTS
        mode = Mode.ASSERTS if setting.speaker or setting.said_in else Mode(default)
        passage_hash = setting.file.hashes.get(setting.passage or "")
        content: dict[str, Any] = {
            "claim": claim.id,
            "source": source.iri,
            "via": setting.via,
            "inferred": setting.inferred,
            "mode": mode,
            "stance": stance,
            "attributed_to": setting.speaker,
            "on_behalf_of": setting.on_behalf_of,
            "said_in": setting.said_in,
            "passage": setting.passage,
            "passage_hash": passage_hash,
            "quote": setting.quote,
            "withheld_by": line.withheld_by,
            "reason": line.state.reason if line.state else None,
        }
        return Evidence(
            hash=evidence_hash(**content),
            **content,
            note=setting.note,
            recorded=setting.recorded,
            file=source.file,
            line=line.text.line,
        )
