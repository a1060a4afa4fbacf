"""The Cypher script of a case, made from that of its former tables and what differs.

The rows of both for the part that differs are made by the same code as the whole script; those that
are no longer there go, new ones are put in their order, and only the statements of their kind are
written anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial

from sousveil.graph.case_words import CaseWords
from sousveil.graph.changed_part import Part
from sousveil.graph.cypher_script import (
    BEGIN,
    BETWEEN,
    END,
    by_statement,
    node_ending,
    node_row,
    relationship_ending,
    relationship_row,
)
from sousveil.graph.property_elements import PropertyGraph, root_label
from sousveil.graph.property_graph import property_graph
from sousveil.graph.rdf_changes import FormerFileUnfit

_ROOTS = {"claim": "Claim", "evidence": "Evidence", "gap": "Gap", "derived": "DerivedLink"}
_BEGIN, _BETWEEN, _END = BEGIN.encode(), BETWEEN.encode(), END.encode()
_PROPERTY = re.compile(
    r"[{ ]`?(\w+)`?: ('(?:[^'\\]|\\.)*'|\[(?:'(?:[^'\\]|\\.)*'(?:, )?)*\]|[^,{}']+)[,}]"
)


def edited_script(
    script: bytes, words: CaseWords, former: CaseWords, part: Part
) -> Iterator[bytes]:
    """Return the script of a case (UTF-8) in pieces; `script` is that of the former case.

    Raises FormerFileUnfit where the script lacks a row that it must have.
    """
    new, old = _rows(words, part), _rows(former, part)
    changes = {
        ending: (old[ending] - new[ending], new[ending] - old[ending])
        for ending in sorted({*new, *old}, key=_order)
        if new[ending] != old[ending]
    }
    return iter(list(_edited(script, changes)))


def _rows(words: CaseWords, part: Part) -> defaultdict[str, set[str]]:
    graph = property_graph(words, part)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in graph.nodes:
        found[node_ending(node.labels)].add(node_row(node))
    root = partial(_root, words, graph)
    for each in graph.relationships:
        ending = relationship_ending(each.type, root(each.start), root(each.end))
        found[ending].add(relationship_row(each))
    return found


def _root(words: CaseWords, graph: PropertyGraph, iri: str) -> str:
    """The root label of a node, which need not be in a part of the graph."""
    if iri in words.types:
        return root_label(words.vocabulary.ancestors(words.types[iri]))
    if iri in words.vocabulary.terms:
        return "Concept"
    return _ROOTS[iri.removeprefix(graph.case).partition("/")[0]]


def _edited(script: bytes, changes: dict[str, tuple[set[str], set[str]]]) -> Iterator[bytes]:
    """Yield the script with its changes made: by how a statement ends, rows that go and come."""
    left = dict(changes)
    done, start = 0, script.find(_BEGIN)
    while start >= 0:
        ending = _ending(script, start)
        rows: list[bytes] = []
        after = start
        while script.startswith(_BEGIN, after) and _ending(script, after) == ending:
            end = script.index(_END, after)
            if ending in left:
                rows += script[after + len(_BEGIN) : end].split(_BETWEEN)
            after = end + len(ending.encode())
        before = [kind for kind in left if _order(kind) <= _order(ending)]
        if before:
            yield script[done:start]
            for kind in before:
                yield _statements(kind, rows if kind == ending else [], *left.pop(kind))
            done = after if ending in before else start
        start = script.find(_BEGIN, after)
    yield script[done:]
    for kind, change in left.items():
        yield _statements(kind, [], *change)


def _statements(ending: str, rows: list[bytes], gone: set[str], come: set[str]) -> bytes:
    """The statements of one kind, with some of its sorted rows gone and others there."""
    for row in gone:
        place = bisect_left(rows, _place(row), key=_place_of)
        if rows[place : place + 1] != [row.encode()]:
            raise FormerFileUnfit(ending)
        del rows[place]
    for row in come:
        insort(rows, row.encode(), key=_place_of)
    end = ending.encode()
    return b"".join(_BEGIN + _BETWEEN.join(some) + end for some in by_statement(rows))


def _place_of(row: bytes) -> tuple[str, ...]:
    return _place(row.decode())


@cache
def _order(ending: str) -> tuple[bool, list[str]]:
    """By what kinds of statements are ordered: nodes by labels, then others by type and roots."""
    names = re.findall(r"`(\w+)`", ending)
    if "MERGE (n:" in ending:
        return False, names[1:]
    first, last, type_ = names[:3]
    return True, [type_, first, last]


def _ending(script: bytes, start: int) -> str:
    end = script.index(_END, start)
    return script[end : script.index(b"\n", end + len(_END)) + 1].decode()


def _place(row: str) -> tuple[str, ...]:
    """By what rows of one kind are ordered: a node's IRI; both ends and the key of others."""
    found: dict[str, str] = {}
    position = 0
    while match := _PROPERTY.match(row, position):
        found.setdefault(match[1], match[2][1:-1])
        position = match.end()
        if row.startswith(" p: {", position):
            position += len(" p: ")
    names = ("a", "b", "key") if row.startswith("{a: ") else ("iri",)
    if any(name not in found or "\\" in found[name] for name in names):
        raise FormerFileUnfit(row)
    return tuple(found[name] for name in names)
