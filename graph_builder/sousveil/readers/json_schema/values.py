"""What a relation takes, as JSON Schema: one definition per kind of value and per list of terms."""

from __future__ import annotations

from typing import Any

from sousveil.readers.json_schema.words import (
    DATE_FORM,
    NUMBER_FORM,
    SILENCE_FORM,
    STATE_FORM,
    any_spelling,
    whole,
)
from sousveil.readers.lines import VAGUE
from sousveil.readers.value_words import DATE_FORMS, NUMBER_FORMS
from sousveil.vocabulary.terms import Range, Relation, Term, Vocabulary
from sousveil.vocabulary.words import fold

Schema = dict[str, Any]

SCALAR = ["string", "number", "boolean"]
"""The types that a text can have in an editor, which reads `2020` as a number."""

# Without a description: an editor would show it in place of the relation's own.
TEXT: Schema = {"type": SCALAR, "minLength": 1}
_STATES = "unknown, none, withheld by X (why), not stated"


def text_of(description: str, **more: Any) -> Schema:
    """Return a schema for one text that is not empty."""
    return {"description": description, **TEXT, **more}


def texts_of(description: str) -> Schema:
    """Return a schema for one text or a list of texts."""
    return {"description": description, **_one_or_several({"$ref": "#/$defs/text"})}


def text_or_one(description: str) -> Schema:
    """Return a schema for one text, or a list of not more than one."""
    return {"description": description, **_one_or_several({"$ref": "#/$defs/text"}, one=True)}


def words_of(description: str, pattern: str, wanted: str, **more: Any) -> Schema:
    """Return a schema for one text of a form; `wanted` is what an editor says of another one."""
    return {"description": description, **_form(pattern, wanted), **more}


def definitions(vocabulary: Vocabulary) -> Schema:
    """Return what the schemas of files refer to as `#/$defs/...`."""
    found: Schema = {
        "text": TEXT,
        "entity": TEXT,
        "date": _form(whole(DATE_FORM, STATE_FORM), f"{DATE_FORMS}, {_STATES}"),
        "number": _number(vocabulary),
        "silence": _form(whole(SILENCE_FORM), "not stated"),
    }
    found["silence-or-list"] = _one_or_several({"$ref": "#/$defs/silence"})
    for scheme in _schemes(vocabulary):
        found[_name(scheme)] = _terms(list(vocabulary.terms_in(scheme)))
    for label, relation in vocabulary.relations.items():
        found[relation_name(label)] = _relation(relation)
    return found


def relation_name(label: str) -> str:
    """Return the name of the definition of what a relation takes."""
    return f"relation-{fold(label)}"


def _relation(relation: Relation) -> Schema:
    match relation.range:
        case Range.TERM:
            name = _name(relation.scheme or "")
        case kind:
            name = str(kind)
    value = _one_or_several({"$ref": f"#/$defs/{name}"}, one=relation.functional)
    return {"description": meaning(relation), **value}


def meaning(relation: Relation) -> str:
    """Return what a relation means, whose it is and what it takes, in sentences."""
    takes = {
        Range.ENTITY: " or ".join(relation.range_classes),
        Range.TERM: f"a term of {(relation.scheme or '').rpartition('#')[2]}",
        Range.NUMBER: "a number with its bound, or a vague amount",
        Range.DATE: "a date",
        Range.TEXT: "a text in your own words",
    }[relation.range]
    if relation.verbatim:
        takes = "words, letter by letter"
    one = " One value at a time." if relation.functional else ""
    return (
        f"{relation.definition} For {' or '.join(relation.domain)}; takes {takes}.{one}\n\n"
        f"Example: {relation.example}"
    )


def _form(pattern: str, wanted: str) -> Schema:
    return {**TEXT, "pattern": pattern, "patternErrorMessage": f"wanted: {wanted}"}


def _one_or_several(item: Schema, *, one: bool = False) -> Schema:
    several: Schema = {"type": "array", "items": item}
    if one:
        several["maxItems"] = 1
    return {"anyOf": [item, several]}


def _schemes(vocabulary: Vocabulary) -> list[str]:
    return sorted({r.scheme for r in vocabulary.relations.values() if r.scheme})


def _name(scheme: str) -> str:
    return f"term-{scheme.rpartition('#')[2]}"


def _listed(terms: list[Term]) -> tuple[Schema, list[str]]:
    """Return the words that an editor proposes with their meanings, and the forms of all."""
    words = sorted((label, t) for t in terms for label in (t.label, *t.alternatives))
    listed = {
        "enum": [label for label, _ in words],
        "enumDescriptions": [t.definition for _, t in words],
    }
    return listed, any_spelling(label for label, _ in words)


def _terms(terms: list[Term]) -> Schema:
    listed, forms = _listed(terms)
    wanted = f"wanted: {', '.join(t.label for t in terms)}, {_STATES}"
    pattern = whole(*forms, STATE_FORM)
    other = {"type": "string", "pattern": pattern, "patternErrorMessage": wanted}
    return {"anyOf": [listed, other]}


def _number(vocabulary: Vocabulary) -> Schema:
    listed, forms = _listed(list(vocabulary.terms_in(VAGUE)))
    pattern = whole(NUMBER_FORM, *forms, STATE_FORM)
    wanted = f"wanted: {NUMBER_FORMS}, {', '.join(listed['enum'])}, {_STATES}"
    words = {"type": "string", "pattern": pattern, "patternErrorMessage": wanted}
    return {"anyOf": [listed, {"type": "number", "minimum": 0}, words]}
