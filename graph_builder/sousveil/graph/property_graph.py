"""The claim tables as a labelled property graph.

Every node has `iri` and explicit labels: its class and all superclasses. A Claim node per claim
with SUBJECT, and OBJECT or value properties; a direct relationship per accepted claim whose value
is an entity or a term; accepted exact literals also as list properties of their node; Evidence,
Source, Concept, Gap and DerivedLink nodes. Labels and types come from the ontology only.
"""

from __future__ import annotations

from sousveil.graph.case_words import CaseWords
from sousveil.graph.changed_part import Part
from sousveil.graph.property_elements import PropertyGraph
from sousveil.graph.property_nodes import NodeWriter
from sousveil.graph.property_relationships import RelationshipWriter
from sousveil.graph.property_rows import PropertyRows


def property_graph(words: CaseWords, part: Part | None = None) -> PropertyGraph:
    """Return the property graph of a case in the profile of its words, or of a part of it.

    Relationships of a part may lead to nodes that are not in it.
    """
    case = PropertyRows(words, part)
    nodes = NodeWriter(case).nodes()
    relationships = RelationshipWriter(case).relationships()
    return PropertyGraph(
        case=case.base,
        nodes=tuple(sorted(nodes, key=lambda n: (n.labels, n.iri))),
        relationships=tuple(sorted(relationships, key=lambda r: (r.type, r.start, r.end, r.key))),
    )
