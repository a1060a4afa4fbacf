"""One line of a block, `relation: value`, becomes typed values of the kind the ontology says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sousveil.model.edtf_days import edtf_days
from sousveil.model.identity import claim_id
from sousveil.model.records import Claim
from sousveil.model.values import Value, entity_value, state_value, term_value, text_value
from sousveil.readers.fields import texts_of
from sousveil.readers.names import Named, Names
from sousveil.readers.problems import Problems
from sousveil.readers.value_words import (
    NOT_STATED,
    State,
    WrongWords,
    read_date,
    read_number,
    read_state,
    state_kind,
)
from sousveil.readers.yaml_text import Node, Text
from sousveil.vocabulary.namespaces import TERM
from sousveil.vocabulary.terms import Range, Relation, Vocabulary
from sousveil.vocabulary.words import did_you_mean

VAGUE = TERM + "vague-amounts"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One value of one relation as read: `value` is None where the source is silent."""

    relation: Relation
    value: Value | None
    state: State | None
    withheld_by: str | None
    text: Text


def claim_of(subject: str, relation: Relation, value: Value, during: str | None) -> Claim:
    """Return the claim that a subject has a value, valid `during` an EDTF value."""
    low, high = edtf_days(during) if during else (None, None)
    return Claim(
        id=claim_id(
            subject=subject,
            predicate=relation.iri,
            kind=value.kind,
            value=value.object or value.lexical,
            datatype=value.datatype,
            language=value.language,
            bound=value.bound,
            during=during,
        ),
        subject=subject,
        predicate=relation.iri,
        kind=value.kind,
        object=value.object,
        lexical=value.lexical,
        datatype=value.datatype,
        language=value.language,
        bound=value.bound,
        during=during,
        low=value.low,
        high=value.high,
        during_low=low,
        during_high=high,
    )


@dataclass(frozen=True, kw_only=True)
class LineReader:
    """Reads lines of blocks about one case's entities."""

    vocabulary: Vocabulary
    names: Names
    problems: Problems
    language: str

    def relation(self, key: Text, subject: Named, file: str) -> Relation | None:
        """Return the relation a word stands for, if the subject's type may have it."""
        relation = self.vocabulary.relation_called(key.text)
        if relation is not None and self.vocabulary.is_a(subject.type, relation.domain):
            return relation
        allowed = [r.label for r in self.vocabulary.relations_of(subject.type)]
        if relation is None:
            hint = did_you_mean(key.text, [*allowed, *BLOCK_WORDS]) or did_you_mean(
                key.text, self.vocabulary.relations
            )
            self.problems.error(file, key.line, f"no relation '{key.text}'{hint}")
            return None
        # No nearest word: this one is spelt rightly, and one spelt alike means another thing.
        self.problems.error(
            file,
            key.line,
            f"{subject.type} has no relation '{key.text}' (it is for "
            f"{' or '.join(relation.domain)})",
        )
        return None

    def read(self, relation: Relation, node: Node, file: str, subject: str) -> Iterator[Line]:
        """Yield the values of one line; what is wrong is reported and blurs the subject."""
        texts = list(texts_of(node, relation.label, file, self.problems))
        if not texts:
            self.problems.blurred.add(subject)
        if relation.functional and len(texts) > 1:
            self.problems.error(
                file, node.line, f"'{relation.label}' takes one value, here are {len(texts)}"
            )
            self.problems.blurred.add(subject)
            return
        for text in texts:
            try:
                line = self._line(relation, text, file)
            except WrongWords as error:
                self.problems.error(file, text.line, str(error))
                line = None
            if line is None:
                self.problems.blurred.add(subject)
            else:
                yield line

    def _line(self, relation: Relation, text: Text, file: str) -> Line | None:
        state = None if text.block else read_state(text.text)
        if state is None:
            value = self._value(relation, text, file)
            if value is None:
                return None
            return Line(relation=relation, value=value, state=None, withheld_by=None, text=text)
        by = None
        if state.withheld_by:
            holder = self.names.resolve(Text(state.withheld_by, text.line), file, ("Agent",))
            if holder is None:
                return None
            by = holder.iri
        value = None if state.word == NOT_STATED else state_value(state_kind(state))
        return Line(relation=relation, value=value, state=state, withheld_by=by, text=text)

    def _value(self, relation: Relation, text: Text, file: str) -> Value | None:
        match relation.range:
            case Range.ENTITY:
                named = self.names.resolve(text, file, relation.range_classes)
                return entity_value(named.iri) if named else None
            case Range.TERM:
                return self._term(relation.scheme or "", text, file)
            case Range.NUMBER:
                vague = self.vocabulary.term(VAGUE, text.text)
                return term_value(vague.iri) if vague else read_number(text.text)
            case Range.DATE:
                return read_date(text.text)
            case Range.TEXT:
                return text_value(text.text, self.language)

    def _term(self, scheme: str, text: Text, file: str) -> Value | None:
        term = self.vocabulary.term(scheme, text.text)
        if term is not None:
            return term_value(term.iri)
        known = [t.label for t in self.vocabulary.terms_in(scheme)]
        hint = did_you_mean(text.text, known) or f"; known here: {', '.join(known)}"
        self.problems.error(file, text.line, f"no term '{text.text}'{hint}")
        return None


BLOCK_WORDS = (
    "about",
    "at",
    "via",
    "said by",
    "said in",
    "during",
    "quote",
    "note",
    "recorded",
    "disputes",
    "withdraws",
)
"""The words with a fixed meaning in a block."""
