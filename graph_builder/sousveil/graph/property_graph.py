"""The claim tables as a labelled property graph.

Every node has `iri` and explicit labels: its class and all superclasses. A Claim node per claim
with SUBJECT, and OBJECT or value properties; a direct relationship per accepted claim whose value
is an entity or a term; accepted exact literals also as list properties of their node; Evidence,
Source, Concept, Gap and DerivedLink nodes. Labels and types come from the ontology only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sousveil.graph.case_words import CaseWords
from sousveil.graph.property_elements import Node, PropertyGraph, Relationship
from sousveil.graph.property_nodes import NodeWriter
from sousveil.graph.property_relationships import RelationshipWriter
from sousveil.graph.property_rows import PropertyRows

_Element = TypeVar("_Element", Node, Relationship)
_ENDS_AND_KEY = itemgetter(slice(1, 4))
"""The start of a relationship, its end and its key."""


def property_graph(words: CaseWords) -> PropertyGraph:
    """Return the property graph of a case in the profile of its words."""
    return graph_of(PropertyRows(words))


def graph_of(case: PropertyRows) -> PropertyGraph:
    """Return the property graph of a case's rows.

    Where these are a part of the case, relationships may lead to nodes that are not in it.
    """
    nodes = NodeWriter(case).nodes()
    relationships = RelationshipWriter(case).relationships()
    return PropertyGraph(
        case=case.base,
        nodes=_sorted(nodes, lambda node: node.labels, lambda node: node.iri),
        relationships=_sorted(relationships, lambda each: each.type, _ENDS_AND_KEY),
    )


def _sorted(
    elements: Iterable[_Element], kind: Callable[[_Element], Any], key: Callable[[_Element], Any]
) -> tuple[_Element, ...]:
    """Elements by kind, and those of a kind by key: there are few kinds, which part the sorting."""
    kinds: defaultdict[Any, list[_Element]] = defaultdict(list)
    for element in elements:
        kinds[kind(element)].append(element)
    return tuple(chain.from_iterable(sorted(kinds[each], key=key) for each in sorted(kinds)))
