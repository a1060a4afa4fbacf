"""The Cypher script of a case, made from that of its former tables and what differs.

The rows of both for the part that differs are made by the same code as the whole script; those that
are no longer there go, new ones are put in their order, and only the statements of their kind are
written anew.
"""

from __future__ import annotations

import mmap
import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from sousveil.graph.case_words import CaseWords
from sousveil.graph.changed_part import Part
from sousveil.graph.cypher_script import (
    BEGIN,
    BETWEEN,
    END,
    ROWS_OF_A_STATEMENT,
    node_ending,
    node_row,
    relationship_ending,
    relationship_row,
)
from sousveil.graph.former_file import FilePart, FormerFileUnfit, Piece, joined, mapped
from sousveil.graph.property_elements import PropertyGraph, root_label
from sousveil.graph.property_graph import graph_of
from sousveil.graph.property_rows import PropertyRows

_ROOTS = {"claim": "Claim", "evidence": "Evidence", "gap": "Gap", "derived": "DerivedLink"}
_BEGIN, _BETWEEN, _END = BEGIN.encode(), BETWEEN.encode(), END.encode()
_PROPERTY = re.compile(
    r"[{ ]`?(\w+)`?: ('(?:[^'\\]|\\.)*'|\[(?:'(?:[^'\\]|\\.)*'(?:, )?)*\]|[^,{}']+)[,}]"
)


def edited_script(file: Path, words: CaseWords, former: CaseWords, part: Part) -> Iterator[Piece]:
    """Return the script of a case (UTF-8) in pieces; `file` has that of the former case.

    A piece is good until the next one is taken. Raises FormerFileUnfit where the script lacks a row
    that it must have, OSError where the file cannot be read.
    """
    case = PropertyRows(words, part)
    new, old = _rows(case), _rows(PropertyRows(former, part, alike=case))
    changes = {
        ending: (old[ending] - new[ending], new[ending] - old[ending])
        for ending in sorted({*new, *old}, key=_order)
        if new[ending] != old[ending]
    }
    script = mapped(file)
    return joined(script, list(_edited(script, changes)))


def _rows(case: PropertyRows) -> defaultdict[str, set[str]]:
    graph = graph_of(case)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in graph.nodes:
        found[node_ending(node.labels)].add(node_row(node))
    root = partial(_root, case.words, graph)
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


def _edited(script: mmap.mmap, changes: dict[str, tuple[set[str], set[str]]]) -> Iterator[FilePart]:
    """Yield the parts of the new script.

    `changes` are, by how a statement ends, the rows that go and those that come.
    """
    left = dict(changes)
    done = 0
    for ending, spans in _kinds(script):
        before = [kind for kind in left if _order(kind) <= _order(ending)]
        if before:
            yield done, spans[0].start
            for kind in before:
                yield from _statements(
                    script, kind, spans if kind == ending else [], left.pop(kind)
                )
            done = spans[-1].after if ending in before else spans[0].start
    yield done, len(script)
    for kind, change in left.items():
        yield from _statements(script, kind, [], change)


class _Span(NamedTuple):
    """Where a statement begins, its rows do, these end, and it does."""

    start: int
    rows: int
    end: int
    after: int


def _kinds(script: mmap.mmap) -> Iterator[tuple[str, list[_Span]]]:
    """Yield the statements of each kind, by how they end, in the order of the script."""
    ending, spans = "", list[_Span]()
    start = script.find(_BEGIN)
    while start >= 0:
        end = script.find(_END, start)
        after = script.find(b"\n", end + len(_END)) + 1
        if end < 0 or not after:
            raise FormerFileUnfit(start)
        found = script[end:after].decode()
        if spans and found != ending:
            yield ending, spans
            spans = []
        ending = found
        spans.append(_Span(start, start + len(_BEGIN), end, after))
        start = script.find(_BEGIN, after)
    if spans:
        yield ending, spans


def _statements(
    script: mmap.mmap, ending: str, spans: list[_Span], change: tuple[set[str], set[str]]
) -> Iterator[FilePart]:
    """Yield the statements of one kind, with some of its sorted rows gone and others there.

    Rows move from a statement to its neighbour so that each has as many as it must; no statement is
    taken apart in which none goes or comes.
    """

    @cache
    def first(number: int) -> tuple[str, ...]:
        span = spans[number]
        stop = script.find(_BETWEEN, span.rows, span.end)
        return _place(script[span.rows : stop if stop >= 0 else span.end].decode())

    changes: defaultdict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate(change):
        for row in rows:
            number = bisect_right(range(len(spans)), _place(row), key=first) - 1
            changes[max(number, 0)][side].append(row)

    full, last = ROWS_OF_A_STATEMENT, ending.encode()
    waiting, count = list[bytes](), 0  # rows that fill no statement yet
    for number in range(max(len(spans), 1)):
        gone, come = changes.get(number, ((), ()))
        if spans and not (gone or come or waiting) and number < len(spans) - 1:
            yield spans[number].start, spans[number].after
            continue
        body = script[spans[number].rows : spans[number].end] if spans else b""
        size = full if number < len(spans) - 1 else body.count(_BETWEEN) + 1 if spans else 0
        if gone or come:
            body, size = _with_changes(body, gone, come)
        while count + size >= full:
            taken, body = _parted(body, size, full - count)
            yield from (_BEGIN, _BETWEEN.join([*waiting, taken]), last)
            size -= full - count
            waiting, count = [], 0
        if size:
            waiting.append(body)
            count += size
    if waiting:
        yield from (_BEGIN, _BETWEEN.join(waiting), last)


def _with_changes(body: bytes, gone: Iterable[str], come: Iterable[str]) -> tuple[bytes, int]:
    """Some rows with others gone and there, and how many they are then."""
    rows = body.split(_BETWEEN) if body else []
    for row in gone:
        try:
            rows.remove(row.encode())
        except ValueError:
            raise FormerFileUnfit(row) from None
    for row in come:
        insort(rows, row.encode(), key=_place_of)
    return _BETWEEN.join(rows), len(rows)


def _parted(body: bytes, size: int, first: int) -> tuple[bytes, bytes]:
    """The first so many of the rows, and the others; the nearer end is counted from."""
    if first == size:
        return body, b""
    if first <= size - first:
        *rows, rest = body.split(_BETWEEN, first)
        return _BETWEEN.join(rows), rest
    taken, *rows = body.rsplit(_BETWEEN, size - first)
    return taken, _BETWEEN.join(rows)


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
