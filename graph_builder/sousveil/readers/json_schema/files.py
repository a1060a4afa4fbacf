"""One JSON Schema per kind of case file: case.yaml, entities, sources, decisions, stories.

Standard: JSON Schema 2020-12. `enumDescriptions` and `patternErrorMessage` are words of the
language servers, and no more than remarks to a validator.
"""

from __future__ import annotations

import json
from typing import Any

from sousveil.model.exposure import EXPOSURES, NAMED_BY_DEFAULT, SEALED, SEALED_BY_DEFAULT
from sousveil.model.release import EMBARGO_FORM, EMBARGO_FORMS, GATES, NO_EMBARGO
from sousveil.readers.block_settings import LONGEST_PASSAGE
from sousveil.readers.case_folder import FORMAT
from sousveil.readers.decisions import COMMON, FIELDS, TWO_PEOPLE
from sousveil.readers.entities import IDENTIFIERS, KEY, KEY_FORM
from sousveil.readers.iris import BASE, BASE_FORM, LANGUAGE
from sousveil.readers.json_schema.stories import story_schema
from sousveil.readers.json_schema.values import (
    TEXT,
    Schema,
    definitions,
    relation_name,
    text_of,
    text_or_one,
    texts_of,
    words_of,
)
from sousveil.readers.json_schema.words import (
    DATE_FORM,
    EDTF_FORM,
    other_spellings,
    whole,
)
from sousveil.readers.lines import BLOCK_WORDS
from sousveil.readers.sources import EXTENTS, SHA256, SHORT_HASH, URL
from sousveil.readers.value_words import DATE_FORMS
from sousveil.vocabulary.terms import OntologyClass, Vocabulary

KINDS = ("case", "entities", "source", "decisions", "story")
_TOLD = ("disputes", "withdraws")


def file_name(kind: str) -> str:
    """Return the file name of a schema."""
    return f"{kind}.schema.json"


def schema_files(vocabulary: Vocabulary) -> dict[str, bytes]:
    """Return all schemas as files by name, the same bytes on every machine."""
    made = {
        "case": _case,
        "entities": _entities,
        "source": _source,
        "decisions": _decisions,
        "story": story_schema,
    }
    return {file_name(kind): _bytes(made[kind](vocabulary), vocabulary) for kind in KINDS}


def _bytes(schema: Schema, vocabulary: Vocabulary) -> bytes:
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Written from the ontology, version {vocabulary.version}, by `sousveil "
        "ontology schema`; edit the files in ontology/, not this one.",
    }
    return (json.dumps({**head, **schema}, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _closed(properties: Schema, required: tuple[str, ...] = (), **more: Any) -> Schema:
    """Return a schema for lines of `word: value` with these words and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _case(_: Vocabulary) -> Schema:
    properties = {
        "format": {"description": "The version of the case format.", "enum": [int(FORMAT), FORMAT]},
        "title": text_of("The title of the case."),
        "base": words_of(
            "The IRI that the name of everything in the case begins with.",
            whole(BASE.pattern),
            BASE_FORM,
        ),
        "language": words_of(
            "The language of the names and texts.", whole(LANGUAGE.pattern), "a language tag: en"
        ),
        "licence": text_of("Under which licence the case may be passed on."),
        "embargo": words_of(
            "Until when nothing may go out; `none` where nothing is held back.",
            whole(EMBARGO_FORM.pattern, NO_EMBARGO),
            EMBARGO_FORMS,
        ),
    }
    return {"title": "case.yaml", **_closed(properties, ("format", "title", "base"))}


# ---- entities ----------------------------------------------------------------------------------


def _entities(vocabulary: Vocabulary) -> Schema:
    types = [
        c
        for c in vocabulary.classes.values()
        if not c.abstract
        and vocabulary.is_a(c.name, ("Thing",))
        and not vocabulary.is_a(c.name, ("Source",))
    ]
    properties = {c.name: _type(vocabulary, c) for c in types}
    defs = {"entity": _entity(), "person": _person(), "text": TEXT}
    return {"title": "A file of entities/", **_closed(properties), "$defs": defs}


def _type(vocabulary: Vocabulary, each: OntologyClass) -> Schema:
    one = "person" if vocabulary.is_a(each.name, ("Person",)) else "entity"
    return {
        "description": f"{each.definition}\n\nExample: {each.example}",
        "type": "object",
        "propertyNames": {
            "pattern": whole(KEY.pattern),
            "patternErrorMessage": f"a key is made of {KEY_FORM}",
        },
        "additionalProperties": {"$ref": f"#/$defs/{one}"},
    }


def _identity(name: Schema) -> Schema:
    schemes = {s: text_of(f"Its identifier in the register {s}.") for s in IDENTIFIERS}
    return {"name": name, "also": texts_of("Other names by which it is looked up."), **schemes}


def _entity() -> Schema:
    name = text_of("Its working name.", **{"not": {"const": SEALED}})
    lines = _closed(_identity(name), ("name",))
    return {"anyOf": [text_of("Its name.", **{"not": {"const": SEALED}}), lines]}


def _person() -> Schema:
    exposure = {
        "description": "Whether the name may leave the desk.",
        "enum": sorted(EXPOSURES),
        "enumDescriptions": [
            "The name leaves." if e in NAMED_BY_DEFAULT else "The name leaves after a decision."
            for e in sorted(EXPOSURES)
        ],
    }
    properties = {
        **_identity(text_of(f"The name, or `{SEALED}` where it may not stand here.")),
        "exposure": exposure,
        "shown as": text_of(f"The role that stands in place of the name; with `name: {SEALED}`."),
    }
    sealed = {"properties": {"name": {"const": SEALED}}, "required": ["shown as"]}
    withheld = {"properties": {"exposure": {"enum": sorted(SEALED_BY_DEFAULT)}}}
    return _closed(
        properties,
        ("name", "exposure"),
        allOf=[
            {"if": {**withheld, "required": ["exposure"]}, "then": sealed},
            {
                "if": {"required": ["shown as"]},
                "then": {"anyOf": [withheld, {"properties": {"name": {"const": SEALED}}}]},
            },
            {"if": {"properties": {"name": {"const": SEALED}}}, "then": {"required": ["shown as"]}},
        ],
    )


# ---- sources -----------------------------------------------------------------------------------


def _source(vocabulary: Vocabulary) -> Schema:
    kinds = [
        c
        for c in vocabulary.classes.values()
        if not c.abstract and vocabulary.is_a(c.name, ("Source",))
    ]
    extent = rf"\s*,\s*(?:(?:{'|'.join(EXTENTS)})\s*)?"
    properties = {
        "title": text_of("The title of the document."),
        "kind": {
            "description": "What sort of document it is.",
            "enum": [c.name for c in kinds],
            "enumDescriptions": [f"{c.definition} Its evidence {c.mode}." for c in kinds],
        },
        "publisher": text_of("An agent of the case."),
        "author": text_of("The byline."),
        "published": words_of(
            "When it was put out; `not stated` where it bears no date.",
            whole(DATE_FORM, "not stated"),
            f"{DATE_FORMS}, not stated",
        ),
        "url": words_of("Its address on the web.", whole(URL.pattern), "an http(s) address"),
        "read": words_of(
            "The day on which you read it; `, excerpt` or `, headline` where you did not read all.",
            rf"^{DATE_FORM}(?:{extent})?$",
            "a day; with ', excerpt' or ', headline' where you did not read all of it",
        ),
        "capture": text_of("The file name of the saved document."),
        "sha256": words_of(
            "The hash of the saved document.", whole(SHA256.pattern), "64 hexadecimal digits"
        ),
        "passages": {
            "description": "The hash of each passage; `sousveil source new` writes them.",
            "type": "object",
            "additionalProperties": words_of(
                "The hash of the passage.",
                whole(SHORT_HASH.pattern),
                "the first 16 hexadecimal digits of the hash",
            ),
        },
        "based on": texts_of("Sources on which this one as a whole rests."),
        "known through": texts_of(
            "For a source that nobody has read: the sources that tell of it."
        ),
        "corrects": text_or_one("For a Correction: the source that it corrects."),
        "note": text_of("For the desk; never in public outputs."),
        "says": {
            "description": "What it says, one block per thing and passage.",
            "type": "array",
            "items": {"$ref": "#/$defs/block"},
        },
    }
    rules = [
        {"if": {"required": ["says"]}, "then": {"required": ["read"]}},
        {"anyOf": [{"required": [w]} for w in ("says", "known through", "read")]},
        {
            "if": {"properties": {"kind": {"const": "Correction"}}, "required": ["kind"]},
            "then": {"required": ["corrects"]},
        },
        {
            "if": {"not": {"required": ["corrects"]}},
            "then": {"properties": {"says": {"items": {"properties": {"withdraws": False}}}}},
        },
    ]
    return {
        "title": "A file of sources/",
        **_closed(
            properties,
            ("title", "kind", "publisher", "published"),
            dependentRequired={"capture": ["sha256"]},
            allOf=rules,
        ),
        "$defs": {
            **definitions(vocabulary),
            "block": _block(vocabulary),
            "claims": _claims(vocabulary),
        },
    }


def _relations(vocabulary: Vocabulary) -> tuple[Schema, Schema]:
    """Return the relations by label, and the same by the other spellings that `check` takes."""
    values: Schema = {
        label: {"$ref": f"#/$defs/{relation_name(label)}"} for label in vocabulary.relations
    }
    return values, {other_spellings(label): value for label, value in values.items()}


def _block(vocabulary: Vocabulary) -> Schema:
    words = {
        "about": text_of("Whom or what the block is about: a name or key of the case."),
        "at": text_of(
            "Where in the source: a paragraph, page 4, caption, a time.", maxLength=LONGEST_PASSAGE
        ),
        "via": texts_of(
            "The sources that this passage repeats, nearest first; add `inferred` where that is "
            "your reading."
        ),
        "said by": text_of("The speaker who is quoted: `X`, or `X, on behalf of Y`."),
        "said in": text_of("The Statement that is quoted; not together with `said by`."),
        "during": words_of("When it holds.", whole(DATE_FORM), DATE_FORMS),
        "quote": text_of("Short words from the passage, letter by letter."),
        "note": text_of("For the desk; never in public outputs."),
        "recorded": words_of(
            "When this was taken in, if not on the day in `read`.", whole(DATE_FORM), DATE_FORMS
        ),
        "disputes": {
            "description": "The claim, written again, that this passage contradicts.",
            "$ref": "#/$defs/claims",
        },
        "withdraws": {
            "description": "In a Correction: the claim that the publisher takes back.",
            "$ref": "#/$defs/claims",
        },
    }
    assert set(words) == set(BLOCK_WORDS)
    settings = [w for w in words if w not in _TOLD]
    values, spelt = _relations(vocabulary)
    silent = {
        "properties": {**dict.fromkeys(settings, True), **dict.fromkeys(_TOLD, False)},
        "additionalProperties": {"$ref": "#/$defs/silence-or-list"},
    }
    return _closed(
        {**words, **values},
        ("about",),
        patternProperties=spelt,
        allOf=[
            {"not": {"propertyNames": {"enum": settings}}},
            {"not": {"required": ["said by", "said in"]}},
            {"if": {"not": {"required": ["at"]}}, "then": silent},
        ],
    )


def _claims(vocabulary: Vocabulary) -> Schema:
    values, spelt = _relations(vocabulary)
    return _closed(values, patternProperties=spelt)


# ---- decisions ---------------------------------------------------------------------------------


def _decisions(vocabulary: Vocabulary) -> Schema:
    claim = {"$ref": "#/$defs/claim"}
    properties = {
        "decision": {"description": "What is decided.", "enum": sorted(FIELDS)},
        "because": text_of("The reason."),
        "by": text_of("Who decided."),
        "second": text_of("Who confirmed it as a second person."),
        "decided": words_of("The day.", whole(EDTF_FORM), "a day: 2026-11-23"),
        "person": text_of("The Person whose name may leave."),
        "source": text_of("The source that stops counting."),
        "gate": {"description": "What is overridden.", "enum": list(GATES)},
        "story": text_of("The key of the story that may go out nevertheless."),
        "party": text_of("The party of the story whose reply is not waited for."),
        "claim": {"description": "The claim, written again, with `about`.", **claim},
        "over": {
            "description": "The claims that are passed over; `about` may be left out.",
            "$ref": "#/$defs/rival",
        },
        "was": {"description": "The claim as it was published, with `about`.", **claim},
        "now": {"description": "The claim as it is now, with `about`.", **claim},
    }
    every = ["decision", "because", "by", "decided"]
    optional = ("over",)
    rules = [
        {
            "if": {"properties": {"decision": {"const": kind}}, "required": ["decision"]},
            "then": {
                "required": [w for w in fields if w not in optional]
                + (["second"] if kind in TWO_PEOPLE else []),
                "propertyNames": {"enum": [*COMMON, *fields]},
            },
        }
        for kind, fields in sorted(FIELDS.items())
    ]
    values, spelt = _relations(vocabulary)
    words = {
        "about": text_of("Whom or what the claim is about."),
        "during": words_of("When it holds.", whole(DATE_FORM), DATE_FORMS),
    }
    named = {"not": {"propertyNames": {"enum": list(words)}}}
    defs = {
        **definitions(vocabulary),
        "claim": _closed({**words, **values}, ("about",), patternProperties=spelt, allOf=[named]),
        "rival": _closed({**words, **values}, patternProperties=spelt, allOf=[named]),
    }
    items = _closed(properties, tuple(every), allOf=rules)
    return {
        "title": "A file of decisions/",
        "type": "array",
        "items": items,
        "$defs": defs,
    }
