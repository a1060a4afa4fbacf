"""The IRIs and prefixes that every layer writes."""

from __future__ import annotations

from typing import Final

SV: Final = "https://w3id.org/sousveil/ns#"
PG: Final = "https://w3id.org/sousveil/pg#"
TERM: Final = "https://w3id.org/sousveil/term#"
ACCEPTED_GRAPH: Final = "https://w3id.org/sousveil/graph/accepted"
DERIVED_GRAPH: Final = "https://w3id.org/sousveil/graph/derived"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SHACL: Final = "http://www.w3.org/ns/shacl#"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
LANG_STRING: Final = RDF + "langString"
XSD_INTEGER: Final = XSD + "integer"
XSD_DECIMAL: Final = XSD + "decimal"

PREFIXES: Final = {
    "sv": SV,
    "pg": PG,
    "svt": TERM,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "sh": SHACL,
}
