"""Editors' decisions: naming a person, choosing a value, retracting a source, correcting."""

from __future__ import annotations

from dataclasses import dataclass, field

from sousveil.model.decision_kinds import (
    CHOOSE_VALUE,
    CORRECT,
    LEAVE_OPEN,
    OVERRIDE_GATE,
    PUBLISH_NAME,
    RETRACT_SOURCE,
)
from sousveil.model.edtf_days import NotEdtf, edtf_days
from sousveil.model.records import Claim, Decision
from sousveil.model.release import GATES, GateOverride
from sousveil.readers.blocks import Reference
from sousveil.readers.claim_again import read_claim_again
from sousveil.readers.fields import Fields
from sousveil.readers.lines import LineReader
from sousveil.readers.names import Named
from sousveil.readers.yaml_text import Mapping, Node, Sequence, Text
from sousveil.vocabulary.words import did_you_mean

FIELDS = {
    PUBLISH_NAME: ("person",),
    CHOOSE_VALUE: ("claim", "over"),
    LEAVE_OPEN: ("claim", "over"),
    RETRACT_SOURCE: ("source",),
    CORRECT: ("was", "now"),
    OVERRIDE_GATE: ("gate", "story", "party"),
}
"""What each kind of decision is about, beside because, by, second and decided."""

TWO_PEOPLE = (PUBLISH_NAME,)
COMMON = ("decision", "because", "by", "second", "decided")


@dataclass
class DecisionReader:
    """Reads decision files in file-name order; a later decision wins."""

    lines: LineReader
    decisions: list[Decision] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    overrides: list[GateOverride] = field(default_factory=list)

    def read(self, node: Node, file: str) -> None:
        """Read one file, a list of decisions."""
        if not isinstance(node, Sequence):
            self.lines.problems.error(
                file, node.line, "a decision file is a list: '- decision: choose value'"
            )
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self._decision(Fields(item, file, self.lines.problems))
            else:
                self.lines.problems.error(file, item.line, "begins with '- decision: ...'")

    def _decision(self, fields: Fields) -> None:
        kind = fields.text("decision", required=True)
        if kind is None:
            return
        if kind.text not in FIELDS:
            hint = did_you_mean(kind.text, FIELDS) or f"; one of: {', '.join(FIELDS)}"
            fields.problems.error(fields.file, kind.line, f"no decision '{kind.text}'{hint}")
            return
        because = fields.text("because", required=True)
        by = fields.text("by", required=True)
        second = fields.text("second", required=kind.text in TWO_PEOPLE)
        if by and second and by.text.casefold() == second.text.casefold():
            fields.problems.error(
                fields.file, second.line, "the second person must be somebody else than the first"
            )
        decided = self._day(fields)
        if kind.text == OVERRIDE_GATE:
            self._override(fields, because)
        about = self._about(fields, kind.text)
        claim, over = self._claims(fields, kind.text)
        fields.leftover((*COMMON, *FIELDS[kind.text]))
        if because is None or by is None or decided is None:
            return
        if about is None and claim is None:
            return
        self.decisions.append(
            Decision(
                sequence=len(self.decisions) + 1,
                decision=kind.text,
                about=about,
                claim=claim,
                over=over,
                because=because.text,
                by=by.text,
                second=second.text if second else None,
                decided=decided,
                file=fields.file,
                line=fields.line,
            )
        )

    def _override(self, fields: Fields, because: Text | None) -> None:
        gate, story = fields.text("gate", required=True), fields.text("story", required=True)
        party = fields.text("party", required=True)
        named = self.lines.names.resolve(party, fields.file, ("Agent",)) if party else None
        if gate and gate.text not in GATES:
            hint = did_you_mean(gate.text, GATES) or f"; one of: {', '.join(GATES)}"
            fields.problems.error(fields.file, gate.line, f"no gate '{gate.text}'{hint}")
        elif gate and story and named and because:
            self.overrides.append(
                GateOverride(
                    gate=gate.text,
                    story=story.text,
                    party=named.iri,
                    because=because.text,
                    file=fields.file,
                    line=story.line,
                )
            )

    def _day(self, fields: Fields) -> str | None:
        text = fields.text("decided", required=True)
        if text is None:
            return None
        try:
            edtf_days(text.text)
        except NotEdtf as error:
            fields.problems.error(fields.file, text.line, f"{error}; write 2026-11-23")
            return None
        return text.text

    def _about(self, fields: Fields, kind: str) -> str | None:
        word, wanted = {
            PUBLISH_NAME: ("person", ("Person",)),
            RETRACT_SOURCE: ("source", ("Source",)),
        }.get(kind, (None, ()))
        if word is None:
            return None
        text = fields.text(word, required=True)
        found = self.lines.names.resolve(text, fields.file, wanted) if text else None
        return found.iri if found else None

    def _claims(self, fields: Fields, kind: str) -> tuple[str | None, tuple[str, ...]]:
        if kind == CORRECT:
            if not (fields.has("was") and fields.has("now")):
                fields.problems.error(fields.file, fields.line, "'correct' needs 'was:' and 'now:'")
            was = self._claim(fields.mapping("was"), fields, None)
            now = self._claim(fields.mapping("now"), fields, None)
            if was is None or now is None:
                return None, ()
            self._refer(now[0], fields, "corrected to")
            return now[0][0].id, tuple(c.id for c in was[0])
        if kind not in (CHOOSE_VALUE, LEAVE_OPEN):
            return None, ()
        if not fields.has("claim"):
            fields.problems.error(fields.file, fields.line, "'claim:' with 'about:' is missing")
        chosen = self._claim(fields.mapping("claim"), fields, None)
        if chosen is None:
            fields.pop("over")
            return None, ()
        claims, subject, during = chosen
        over = self._claim(fields.mapping("over"), fields, (subject, during))
        rivals = over[0] if over else []
        self._refer([*claims, *rivals], fields, "decided")
        return claims[0].id, tuple(c.id for c in rivals)

    def _refer(self, claims: list[Claim], fields: Fields, verb: str) -> None:
        self.references += [
            Reference(claim=c, verb=verb, file=fields.file, line=fields.line) for c in claims
        ]

    def _claim(
        self, node: Mapping | None, fields: Fields, inherited: tuple[Named, str | None] | None
    ) -> tuple[list[Claim], Named, str | None] | None:
        """Read a claim written again: its subject (or an inherited one) and one relation.

        None when it is not there, or when what is wrong with it is among the problems.
        """
        return read_claim_again(self.lines, node, fields.file, inherited)
