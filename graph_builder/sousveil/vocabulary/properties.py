"""The properties that are no relations: what the records, and the headers of things, hold.

They are read when they are asked for; the everyday load does without them.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from sousveil.vocabulary.loading import ontology_store

_QUERY = """
PREFIX sv: <https://w3id.org/sousveil/ns#>
PREFIX pg: <https://w3id.org/sousveil/pg#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label ?definition ?class ?range ?scheme WHERE {
  ?property rdfs:domain/(owl:unionOf/rdf:rest*/rdf:first)? ?domain ;
    rdfs:label ?label ; skos:definition ?definition .
  ?domain pg:label ?class .
  OPTIONAL { ?property rdfs:range/pg:label ?range }
  OPTIONAL { ?property pg:scheme ?scheme }
  FILTER NOT EXISTS { ?property a sv:Relation }
  FILTER NOT EXISTS { ?property pg:derived true }
}
ORDER BY ?class ?label
"""


@dataclass(frozen=True, kw_only=True)
class RecordProperty:
    """A property of one class: `range` is a class name and `scheme` an IRI, where it has one."""

    label: str
    definition: str
    domain: str
    range: str | None
    scheme: str | None


def record_properties() -> tuple[RecordProperty, ...]:
    """Return every property that is no relation, once per class it is for, in a fixed order."""
    found = ontology_store().query(_QUERY)
    assert isinstance(found, ox.QuerySolutions)
    rows = [[getattr(value, "value", None) for value in row] for row in found]
    return tuple(
        RecordProperty(
            label=label or "", definition=text or "", domain=domain or "", range=range_, scheme=iri
        )
        for label, text, domain, range_, iri in rows
    )


_REQUIRED = """
PREFIX sv: <https://w3id.org/sousveil/ns#>
PREFIX pg: <https://w3id.org/sousveil/pg#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?class ?name WHERE {
  ?owner sh:property ?shape ; pg:label ?class ; rdfs:subClassOf*/pg:unique ?key .
  ?shape sh:path ?path ; sh:minCount 1 .
  FILTER (?path IN (rdfs:label, sv:inCase) || (
    STRSTARTS(STR(?path), STR(sv:)) && EXISTS { ?shape sh:datatype|sh:in ?literal }
  ))
  BIND (STRAFTER(STR(?path), "#") AS ?name)
}
ORDER BY ?class ?name
"""


def required_properties() -> tuple[tuple[str, str], ...]:
    """Return (class name, local name) of each literal or term that a node must have by its shape.

    Only classes that are nodes of a property graph count: they, or one above, have a pg:unique.
    """
    found = ontology_store().query(_REQUIRED)
    assert isinstance(found, ox.QuerySolutions)
    return tuple((str(row["class"].value), str(row["name"].value)) for row in found)
