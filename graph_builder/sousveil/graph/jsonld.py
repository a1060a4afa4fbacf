"""JSON-LD 1.1 with a context that is made from the ontology.

Names of relations and record properties are their local names; what takes an IRI is coerced to one.
One document holds the default graph and, by name, the graphs accepted and derived.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from sousveil.vocabulary.loading import ontology_store
from sousveil.vocabulary.namespaces import EDTF, OWL, PREFIXES, RDF, RDFS, SV, XSD, XSD_INTEGER

_RANGE = ox.NamedNode(RDFS + "range")
_PREFIXES = ("rdf", "rdfs", "skos", "dcterms", "sv", "svt", "xsd")
_RECORDS = {name: {"@id": name, "@type": "@id"} for name in ("rdf:subject", "rdf:predicate")}
"""What the records use of RDF and always has an IRI; rdf:object may have a literal."""

_SAFE = 2**53 - 1
"""The largest whole number that every reader of JSON keeps (RFC 7493, section 2.2)."""


def jsonld_context(ontology: ox.Store) -> dict[str, Any]:
    """Return the context: prefixes, `id` and `type`, and a term for each property."""
    context: dict[str, Any] = {"@version": 1.1, **{name: PREFIXES[name] for name in _PREFIXES}}
    context |= {"edtf": EDTF, "id": "@id", "type": "@type", **_RECORDS}
    types = {OWL + "ObjectProperty": "@id", OWL + "DatatypeProperty": None}
    for kind, coerced in types.items():
        for quad in ontology.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(kind)
        ):
            iri = _iri(quad.subject)
            name = iri.removeprefix(SV)
            if name == iri or name in context:
                continue
            dates = ox.Quad(quad.subject, _RANGE, ox.NamedNode(EDTF)) in ontology
            type_ = coerced or ("edtf" if dates else None)
            context[name] = {"@id": f"sv:{name}", **({"@type": type_} if type_ else {})}
    names = sorted(n for n in context if isinstance(context[n], dict))
    return {k: v for k, v in context.items() if k not in names} | {n: context[n] for n in names}


def jsonld(quads: Iterable[ox.Quad], stamp: str | None) -> Iterator[str]:
    """Yield a document in pieces: one node a line, by graph, subject, predicate and object."""
    context = jsonld_context(ontology_store())
    names = _Names(context)
    ordered = sorted(
        quads, key=lambda q: (_iri(q.graph_name), str(q.subject), str(q.predicate), str(q.object))
    )
    head: dict[str, Any] = {"@context": context}
    if stamp:
        # Any other entry beside @graph would make it a graph without a name; a null term is none.
        head = {"@context": context | {"stamp": None}, "stamp": stamp}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "@graph": [\n'
    separator = ""
    for graph, inside in groupby(ordered, key=lambda q: _iri(q.graph_name)):
        nodes = _nodes(inside, names)
        if graph:
            yield f'{separator}{{"@id": {json.dumps(graph)}, "@graph": [\n'
            yield ",\n".join(nodes)
            yield "\n]}"
        else:
            for node in nodes:
                yield separator + node
                separator = ",\n"
        separator = ",\n"
    yield "\n]}\n"


class _Names:
    """The shortest name of each property, and how the context reads its values."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.of: dict[str, str] = {}
        self.types: dict[str, str | None] = {}
        for name, term in context.items():
            if isinstance(term, dict):
                prefix, _, local = term.get("@id", name).partition(":")
                self.of[PREFIXES[prefix] + local] = name
                self.types[name] = term.get("@type")

    def property(self, iri: str) -> str:
        """Return the term of a property, or its compact or whole IRI."""
        return self.of.get(iri) or _compact(iri)

    def value(self, name: str, node: Any) -> Any:
        """Return a value as JSON, plain where the context gives its type."""
        if not isinstance(node, ox.Literal):
            return node.value if self.types.get(name) == "@id" else {"@id": node.value}
        if node.language:
            return {"@value": node.value, "@language": node.language}
        datatype = node.datatype.value
        if datatype == EDTF:
            plain = self.types.get(name) == "edtf"
            return node.value if plain else {"@value": node.value, "@type": "edtf"}
        native = _native(datatype, node.value)
        if native is not None:
            return native
        if datatype == XSD + "string":
            # A coerced property must not read a plain text as an IRI or a date.
            return {"@value": node.value} if self.types.get(name) else node.value
        return {"@value": node.value, "@type": _compact(datatype)}


def _native(datatype: str, text: str) -> bool | int | None:
    """Return a value that JSON has a type for; None where it would not come back as it was."""
    if datatype == XSD + "boolean":
        return {"true": True, "false": False}.get(text)
    short = datatype == XSD_INTEGER and len(text) <= len(str(-_SAFE))
    if short and str(int(text)) == text and abs(int(text)) <= _SAFE:
        return int(text)
    return None


def _nodes(quads: Iterable[ox.Quad], names: _Names) -> Iterator[str]:
    for subject, said in groupby(quads, key=lambda q: _iri(q.subject)):
        node: dict[str, Any] = {"id": subject}
        for predicate, group in groupby(said, key=lambda q: q.predicate.value):
            if predicate == RDF + "type":
                node["type"] = _one_or_all([_compact(_iri(q.object)) for q in group])
            else:
                name = names.property(predicate)
                node[name] = _one_or_all([names.value(name, q.object) for q in group])
        yield json.dumps(node, ensure_ascii=False)


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _compact(iri: str) -> str:
    for name in _PREFIXES:
        local = iri.removeprefix(PREFIXES[name])
        if local != iri and local.replace("_", "").isalnum() and local.isascii():
            return f"{name}:{local}"
    return iri


def _iri(node: object) -> str:
    """Return the IRI of a node; that of the default graph is empty."""
    return str(getattr(node, "value", "") or "")
