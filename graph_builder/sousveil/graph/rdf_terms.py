"""RDF terms from column values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from sousveil.vocabulary.namespaces import (
    ACCEPTED_GRAPH,
    DERIVED_GRAPH,
    EDTF,
    RDF,
    RDFS,
    SV,
    TERM,
    XSD,
    XSD_INTEGER,
)
from sousveil.vocabulary.words import fold

Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

ACCEPTED = ox.NamedNode(ACCEPTED_GRAPH)
DERIVED = ox.NamedNode(DERIVED_GRAPH)
BOUND_TERMS = {
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
    "~": "about",
}
STATE_TERMS = {"unknown": "unknown", "withheld": "withheld", "none": "nothing"}


def iri(value: str) -> ox.NamedNode:
    """Return an IRI."""
    return ox.NamedNode(value)


def sv(name: str) -> ox.NamedNode:
    """Return a term of the ontology's own name space."""
    return ox.NamedNode(SV + name)


def rdf(name: str) -> ox.NamedNode:
    """Return a term of RDF."""
    return ox.NamedNode(RDF + name)


def rdfs(name: str) -> ox.NamedNode:
    """Return a term of RDF Schema."""
    return ox.NamedNode(RDFS + name)


def term(label: str) -> ox.NamedNode:
    """Return the concept with this label: `public official` is svt:public-official."""
    return ox.NamedNode(TERM + fold(label))


def text(value: str, language: str) -> ox.Literal:
    """Return a text in a language."""
    return ox.Literal(value, language=language.lower())


def plain(value: str) -> ox.Literal:
    """Return a string without a language."""
    return ox.Literal(value)


def flag(*, value: bool) -> ox.Literal:
    """Return an xsd:boolean."""
    return ox.Literal(value)


def number(value: int) -> ox.Literal:
    """Return an xsd:integer."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD_INTEGER))


def edtf(value: str) -> ox.Literal:
    """Return a date in EDTF."""
    return ox.Literal(value, datatype=ox.NamedNode(EDTF))


def date_day(value: str) -> ox.Literal:
    """Return an xsd:date."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))


def literal_of(row: Mapping[str, Any]) -> ox.Literal:
    """Return the literal of a claim row, with its datatype or language."""
    if row["language"]:
        return ox.Literal(row["lexical"], language=row["language"].lower())
    return ox.Literal(row["lexical"], datatype=ox.NamedNode(row["datatype"]))
