"""The JSON Schema of a file of stories/."""

from __future__ import annotations

from typing import Any

from sousveil.model.release import EMBARGO_FORM, EMBARGO_FORMS, NO_EMBARGO
from sousveil.model.story import OUTCOMES
from sousveil.readers.iris import LANGUAGE
from sousveil.readers.json_schema.values import (
    Schema,
    definitions,
    relation_name,
    text_of,
    texts_of,
    words_of,
)
from sousveil.readers.json_schema.words import DATE_FORM, EDTF_FORM, other_spellings, whole
from sousveil.readers.stories import FIELDS, PARTY, STEP
from sousveil.readers.value_words import DATE_FORMS
from sousveil.vocabulary.terms import Vocabulary

_DAY = "a day: 2026-11-23"


def story_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema of a story: what is chosen, the words with it, parties and steps."""
    properties: Schema = {
        "title": text_of("The headline of the graph."),
        "finding": text_of("What it shows, in one sentence."),
        "language": words_of(
            "Of the buttons and headings; by default the case's.",
            whole(LANGUAGE.pattern),
            "a language tag: en",
        ),
        "things": texts_of("The things it shows, in reading order."),
        "around": texts_of("Things that are shown with all that a claim joins them with."),
        "without": texts_of("Things that are left out again."),
        "captions": {
            "description": "A few words per thing, by its name or key.",
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/text"},
        },
        "alt": text_of("What the picture shows, for those who do not see it."),
        "as of": words_of("The day of the state of knowledge.", whole(EDTF_FORM), _DAY),
        "version": text_of("Of what was published; 1 at first, raised with each correction."),
        "correction": text_of("What was corrected, and when; shown with the graph."),
        "credits": texts_of("Who made it, and from whose work."),
        "embargo": words_of(
            "Until when this story may not go out; by default the case's embargo.",
            whole(EMBARGO_FORM.pattern, NO_EMBARGO),
            EMBARGO_FORMS,
        ),
        "parties": _listed("How each party was asked, and what it answered.", _party()),
        "steps": _listed("A walk through the graph, one step after the other.", _step()),
    }
    assert tuple(properties) == FIELDS
    values: Schema = {
        label: {"$ref": f"#/$defs/{relation_name(label)}"} for label in vocabulary.relations
    }
    spelt = {other_spellings(label): value for label, value in values.items()}
    words = {
        "about": text_of("Whom or what the claim is about."),
        "during": words_of("When it holds.", whole(DATE_FORM), DATE_FORMS),
    }
    claim = _closed(
        {**words, **values},
        ("about",),
        patternProperties=spelt,
        allOf=[{"not": {"propertyNames": {"enum": list(words)}}}],
    )
    return {
        "title": "A file of stories/",
        **_closed(
            properties,
            ("title", "finding", "as of"),
            anyOf=[{"required": ["things"]}, {"required": ["around"]}],
            dependentRequired={"correction": ["version"]},
        ),
        "$defs": {**definitions(vocabulary), "claim": claim},
    }


def _closed(properties: Schema, required: tuple[str, ...], **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _listed(description: str, items: Schema) -> Schema:
    return {"description": description, "type": "array", "items": items}


def _party() -> Schema:
    properties: Schema = {
        "party": text_of("An agent of the case."),
        "outcome": {"description": "How it ended.", "enum": list(OUTCOMES)},
        "asked": words_of("The day of asking.", whole(EDTF_FORM), _DAY),
        "channel": text_of("By which way: e-mail, telephone."),
        "deadline": words_of("The day by which an answer was asked for.", whole(EDTF_FORM), _DAY),
        "reply": text_of("What the party said."),
    }
    assert tuple(properties) == PARTY
    rules = [
        {
            "if": {"properties": {"outcome": {"const": "replied"}}, "required": ["outcome"]},
            "then": {"required": ["reply"]},
        },
        {
            "if": {"not": {"properties": {"outcome": {"const": "not yet asked"}}}},
            "then": {"required": ["asked"]},
        },
    ]
    return _closed(properties, ("party", "outcome"), allOf=rules)


def _step() -> Schema:
    properties: Schema = {
        "text": text_of("What is told in this step."),
        "things": texts_of("The things in focus."),
        "claims": _listed("The claims in focus, each written again.", {"$ref": "#/$defs/claim"}),
    }
    assert tuple(properties) == STEP
    return _closed(properties, ("text",))
