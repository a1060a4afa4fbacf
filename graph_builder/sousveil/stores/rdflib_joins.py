"""The order in which rdflib joins what a query asks for.

Two habits of rdflib 7.6 take quadratic time on claims. It carries what was found into the next
part of a group (its "lazy" join) only for the first join of a group; from the second on it
evaluates the part alone, on the whole graph, and compares every row with every other. And of the
triples of a part with equally many unknown terms it takes first the one with constants: for each
thing found it walks all active claims instead of the few about the thing. SPARQL 1.1, section
18.5, gives the same solutions in any order.
"""

from __future__ import annotations

from typing import Any

from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import BNode, Variable


def join_in_order(query: Query) -> Query:
    """Have each join of a prepared query begin at what is found already; returns the query.

    Parts with OPTIONAL, MINUS, BIND, a subquery or a filter of their own are joined as rdflib has
    it: what they give may depend on what is bound before.
    """
    traverse(query.algebra, visitPost=_in_order)
    return query


def _in_order(part: Any) -> None:
    if not isinstance(part, CompValue):
        return
    if part.name == "Join" and _patterns_only(part.p2):
        part["lazy"] = True
    elif part.name == "BGP":
        # A stable sort by unknown terms follows when the part is evaluated.
        part["triples"] = sorted(part.triples, key=_ends_in_constant)
    elif part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        # rdflib keeps the translated pattern as an attribute, where `traverse` does not look.
        traverse(part.graph, visitPost=_in_order)


def _ends_in_constant(triple: tuple[Any, Any, Any]) -> bool:
    return not isinstance(triple[2], Variable | BNode)


def _patterns_only(part: CompValue) -> bool:
    if part.name in ("Join", "Union"):
        return _patterns_only(part.p1) and _patterns_only(part.p2)
    if part.name == "ToMultiSet":
        return bool(part.p.name == "values")
    return bool(part.name == "BGP")
