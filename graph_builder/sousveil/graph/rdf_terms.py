"""RDF terms as SQL: expressions that write a column as a term of N-Triples 1.1.

Literals are escaped as the canonical form of N-Triples does; other control characters than tab
and newline do not occur, they are refused when a case is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sousveil.vocabulary.namespaces import (
    ACCEPTED_GRAPH,
    DERIVED_GRAPH,
    EDTF,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    SV,
    TERM,
    XSD,
)

ACCEPTED = f"<{ACCEPTED_GRAPH}>"
DERIVED = f"<{DERIVED_GRAPH}>"
"""The name of the default graph in a table of quads."""

BOUND_TERMS = {
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
    "~": "about",
}
STATE_TERMS = {"unknown": "unknown", "withheld": "withheld", "none": "nothing"}

_SPACES = {"rdf": RDF, "rdfs": RDFS, "skos": SKOS, "sv": SV}

MACROS = rf"""
CREATE OR REPLACE TEMP MACRO rdf_iri(x) AS '<' || x || '>';
CREATE OR REPLACE TEMP MACRO case_iri(path) AS '<' || getvariable('case_base') || path || '>';
CREATE OR REPLACE TEMP MACRO rdf_string(x) AS '"' || replace(replace(replace(replace(replace(
    x, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r'), chr(9), '\t') || '"';
CREATE OR REPLACE TEMP MACRO rdf_text(x, language) AS rdf_string(x) || '@' || lower(language);
CREATE OR REPLACE TEMP MACRO rdf_typed(x, datatype) AS
    rdf_string(x) || if(datatype = '{XSD}string', '', '^^<' || datatype || '>');
CREATE OR REPLACE TEMP MACRO rdf_edtf(x) AS rdf_typed(x, '{EDTF}');
CREATE OR REPLACE TEMP MACRO rdf_flag(x) AS rdf_typed(x::VARCHAR, '{XSD}boolean');
CREATE OR REPLACE TEMP MACRO rdf_number(x) AS rdf_typed(x::VARCHAR, '{XSD}integer');
CREATE OR REPLACE TEMP MACRO rdf_day(x) AS
    rdf_typed((DATE '0001-01-01' + (x::INTEGER - 1))::VARCHAR, '{XSD}date');
CREATE OR REPLACE TEMP MACRO rdf_term(x) AS '<{TERM}' || replace(lower(x), ' ', '-') || '>';
CREATE OR REPLACE TEMP MACRO rdf_value(object, lexical, datatype, language) AS
    CASE WHEN object IS NOT NULL THEN rdf_iri(object)
        WHEN language IS NOT NULL THEN rdf_text(lexical, language)
        ELSE rdf_typed(lexical, datatype) END;
"""
"""case_iri writes a name below the case's base, which is the variable case_base; rdf_term a concept
by its label, `public official` as svt:public-official; rdf_day an ordinal of days (as
datetime.date counts them) as xsd:date."""


def name(compact: str) -> str:
    """Return a name such as `rdf:type` as an SQL string that holds the term."""
    prefix, _, local = compact.partition(":")
    return f"'<{_SPACES[prefix]}{local}>'"


def choose(column: str, labels: Mapping[str, str]) -> str:
    """Return an expression for the concept that a column's word stands for."""
    cases = " ".join(f"WHEN '{word}' THEN rdf_term('{label}')" for word, label in labels.items())
    return f"CASE {column} {cases} END"


def turtle_prefixes(base: str) -> list[tuple[str, str]]:
    """Return (prefix, namespace) of a case's Turtle: those of the ontology, and its own three."""
    names = ("sv", "svt", "rdf", "rdfs", "skos", "dcterms", "xsd")
    own = [("case", base), ("claim", f"{base}claim/"), ("evidence", f"{base}evidence/")]
    return [*((n, PREFIXES[n]) for n in names), *own]


_LOCAL = "[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
_SHORT = " ".join(
    f"WHEN regexp_full_match(x, '<{re.escape(PREFIXES[n])}{_LOCAL}>') "
    f"THEN '{n}:' || x[{len(PREFIXES[n]) + 2}:-2]"
    for n in ("sv", "svt", "rdf", "rdfs", "skos", "dcterms")
)
_OWN = " ".join(
    f"WHEN starts_with(x, '<' || getvariable('case_base') || '{path}') "
    f"AND regexp_full_match(x[len(getvariable('case_base')) + {len(path) + 2}:-2], '{_LOCAL}') "
    f"THEN '{prefix}:' || x[len(getvariable('case_base')) + {len(path) + 2}:-2]"
    for prefix, path in (("claim", "claim/"), ("evidence", "evidence/"), ("case", ""))
)

TURTLE_MACROS = rf"""
CREATE OR REPLACE TEMP MACRO turtle_iri(x) AS CASE {_OWN} {_SHORT}
    WHEN x = '<' || getvariable('case_base') || '>' THEN 'case:' ELSE x END;
CREATE OR REPLACE TEMP MACRO turtle_term(x) AS CASE
    WHEN x[1] = '<' THEN turtle_iri(x)
    WHEN ends_with(x, '"^^<{XSD}boolean>') THEN x[2:-{len(XSD) + len("boolean") + 6}]
    WHEN regexp_full_match(x, '"[+-]?[0-9]+"\^\^<{re.escape(XSD)}integer>')
        THEN x[2:-{len(XSD) + len("integer") + 6}]
    WHEN contains(x, '"^^<{XSD}')
        THEN regexp_replace(x, '"\^\^<{re.escape(XSD)}([a-zA-Z]+)>$', '"^^xsd:\1')
    ELSE x END;
"""
"""turtle_iri shortens an IRI by a prefix where its rest needs no escape; turtle_term also writes
booleans and integers bare, as Turtle allows."""
