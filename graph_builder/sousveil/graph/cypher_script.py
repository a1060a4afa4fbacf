"""A property graph as a Cypher script for cypher-shell or the Neo4j browser.

A script has no parameters, so its data stand in it as literals, written by one function that
escapes them; running it twice gives the same graph as running it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from sousveil.graph.constraints import quoted, uniqueness_constraints
from sousveil.graph.property_elements import Node, PropertyGraph, Relationship, Scalar, root_label
from sousveil.vocabulary.terms import Vocabulary

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029)},
    ord("\\"): "\\\\",
    ord("'"): "\\'",
    ord("\n"): "\\n",
    ord("\t"): "\\t",
}
"""Every character that could end a Cypher string or a line of the script."""

BEGIN, BETWEEN, END = "UNWIND [\n  ", ",\n  ", "\n] AS row "
"""What stands before, between and after the rows of a statement; in no row is a line's end."""
ROWS_OF_A_STATEMENT = 200
"""Small enough for every client."""


def cypher_script(
    graph: PropertyGraph, vocabulary: Vocabulary, stamp: str | None = None
) -> Iterator[str]:
    """Yield the script that creates constraints, nodes and relationships, in pieces."""
    if stamp:
        yield f"// {stamp}\n"
    yield f"// {graph.case}: written by sousveil; run it with cypher-shell --file\n"
    for statement in uniqueness_constraints(vocabulary):
        yield f"{statement};\n"
    yield from _node_statements(graph.nodes)
    yield from _relationship_statements(graph)


def literal(value: Scalar) -> str:
    """Return a value as a Cypher literal; every character that could end a string is escaped."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and "'" not in value and "\\" not in value:
            return f"'{value}'"  # nothing to escape, as nearly always
        return f"'{value.translate(_ESCAPES)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join([literal(item) for item in value])}]"
    return repr(value)


def literal_map(properties: dict[str, Scalar]) -> str:
    """Return properties as a Cypher map with sorted keys."""
    pairs = [start + literal(properties[key]) for start, key in _in_order(tuple(properties))]
    return "{" + ", ".join(pairs) + "}"


@cache
def _in_order(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The keys of a map sorted, each with how its pair begins; there are few kinds of maps."""
    return [(f"{quoted(key)}: ", key) for key in sorted(keys)]


def _node_statements(nodes: tuple[Node, ...]) -> Iterator[str]:
    for labels, group in groupby(nodes, key=lambda n: n.labels):
        yield from statements([node_row(node) for node in group], node_ending(labels))


def _relationship_statements(graph: PropertyGraph) -> Iterator[str]:
    roots = {node.iri: root_label(node.labels) for node in graph.nodes}

    shapes: defaultdict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for each in graph.relationships:
        shapes[each.type, roots[each.start], roots[each.end]].append(each)
    for shape, rows in sorted(shapes.items()):
        yield from statements([relationship_row(r) for r in rows], relationship_ending(*shape))


def statements(rows: list[str], ending: str) -> Iterator[str]:
    """Yield the statements that merge rows of one kind."""
    for start in range(0, len(rows), ROWS_OF_A_STATEMENT):
        yield BEGIN + BETWEEN.join(rows[start : start + ROWS_OF_A_STATEMENT]) + ending


def node_row(node: Node) -> str:
    """Return a node as a row of a statement."""
    return literal_map(node.properties)


def node_ending(labels: tuple[str, ...]) -> str:
    """Return how a statement on nodes with these labels ends, after its last row."""
    others = "".join(f":{quoted(name)}" for name in labels)
    return f"{END}MERGE (n:{quoted(root_label(labels))} {{iri: row.iri}}) SET n = row, n{others};\n"


_NO_PROPERTIES = literal_map({"key": ""})


def relationship_row(each: Relationship) -> str:
    """Return a relationship as a row of a statement."""
    properties = literal_map(each.all_properties) if each.properties or each.key else _NO_PROPERTIES
    return f"{{a: {literal(each.start)}, b: {literal(each.end)}, p: {properties}}}"


def relationship_ending(type_: str, first: str, last: str) -> str:
    """Return how a statement on relationships of a type between two roots ends."""
    return (
        f"{END}MATCH (a:{quoted(first)} {{iri: row.a}}) MATCH (b:{quoted(last)} {{iri: row.b}}) "
        f"MERGE (a)-[r:{quoted(type_)} {{key: row.p.key}}]->(b) SET r = row.p;\n"
    )
