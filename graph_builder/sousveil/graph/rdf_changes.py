"""The RDF files of a case, made from those of its former tables and what differs.

N-Quads and Turtle are sorted by subject, each subject a block of lines; so a file of the former
case becomes that of the new one by replacing, adding and taking out blocks. The new blocks are made
by the same code as the whole file; which subjects may have another one is told by their names.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from pathlib import Path

from sousveil.graph.changed_part import Part
from sousveil.graph.former_file import FilePart, FormerFileUnfit, Piece, joined, mapped
from sousveil.graph.rdf import quad_table
from sousveil.graph.serialise import nquads_blocks, turtle_blocks
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.terms import Vocabulary

_NO_SUBJECT = b" @#\n"
"""What lines of Turtle and comments begin with that begin no block."""
_USED_TERMS = "SELECT DISTINCT object FROM claim WHERE kind = 'term'"
_EVIDENCE = "SELECT hash FROM evidence WHERE claim IN (SELECT unnest(?::VARCHAR[]))"

Blocks = Mapping[bytes, bytes]
"""New blocks (UTF-8) by their subject, a term of N-Triples; empty where there is none any more."""


def changed_blocks(
    tables: ClaimTables,
    former: ClaimTables,
    vocabulary: Vocabulary,
    profile: Profile,
    part: Part,
) -> tuple[Blocks, Blocks]:
    """Return the blocks of N-Quads and of Turtle that may be others than those of `former`."""
    quads = quad_table(tables, vocabulary, profile, part)
    subjects = set(_subjects(tables, former, part))
    lines, groups = (
        {subject.encode(): made.get(subject, "").encode() for subject in subjects}
        for made in (nquads_blocks(quads), turtle_blocks(quads))
    )
    return lines, groups


def _subjects(tables: ClaimTables, former: ClaimTables, part: Part) -> Iterator[str]:
    """The subjects of which anything may be said otherwise, each as a term of N-Triples."""
    base = tables.header.base
    for claim in part.claims:
        yield from (f"<{base}claim/{claim}>", f"<{base}claim/{claim}/value>")
    claims = sorted(part.claims)
    for evidence in tables.column(_EVIDENCE, [claims]) | former.column(_EVIDENCE, [claims]):
        yield from (f"<{base}evidence/{evidence}>", f"<{base}evidence/{evidence}/via>")
    yield from (f"<{base}derived/{link}>" for link in part.links)
    yield from (f"<{thing}>" for thing in part.things)
    gaps = max(each.query("SELECT count(*) FROM gap")[0][0] for each in (tables, former))
    yield from (f"<{base}gap/{number}>" for number in range(1, gaps + 1))
    yield from (f"<{term}>" for term in tables.column(_USED_TERMS) ^ former.column(_USED_TERMS))


def edited(file: Path, blocks: Blocks, prefixes: Mapping[str, str]) -> Iterator[Piece]:
    """Return a sorted file (UTF-8) with other blocks in it, in pieces.

    A piece is good until the next one is taken. `prefixes` are those of Turtle, empty for N-Quads.
    Raises FormerFileUnfit where a subject in it cannot be read, OSError where the file cannot.
    """
    spaces = {name.encode(): iri.encode() for name, iri in prefixes.items()}
    data = mapped(file)
    return joined(data, list(_parts(data, blocks, spaces)))


def _parts(data: mmap.mmap, blocks: Blocks, spaces: Mapping[bytes, bytes]) -> Iterator[FilePart]:
    position = 0
    for subject in sorted(blocks):
        start, end = _place(data, subject, spaces)
        if data[start:end] != blocks[subject]:
            yield position, start
            yield blocks[subject]
            position = end
    yield position, len(data)


def _place(data: mmap.mmap, subject: bytes, prefixes: Mapping[bytes, bytes]) -> tuple[int, int]:
    """Return where the block of a subject begins and ends; both are its place where it has none."""
    low, high = 0, len(data)
    while low < high:
        middle = (low + high) // 2
        _, found = _block_from(data, middle, prefixes)
        if found is not None and found < subject:
            low = middle + 1
        else:
            high = middle
    start, found = _block_from(data, low, prefixes)
    end = start
    while found == subject:
        end, found = _block_from(data, end + 1, prefixes)
    return start, end


def _block_from(
    data: mmap.mmap, position: int, prefixes: Mapping[bytes, bytes]
) -> tuple[int, bytes | None]:
    """Return the first line from a position on that begins with a subject, and that subject.

    Behind the last one it is the file's end and None.
    """
    start = position
    if position and data[position - 1 : position] != b"\n":
        start = data.find(b"\n", position) + 1 or len(data)
    while start < len(data) and data[start : start + 1] in _NO_SUBJECT:
        start = data.find(b"\n", start) + 1 or len(data)
    if start == len(data):
        return start, None
    word = data[start : data.find(b" ", start)]
    if not word.startswith(b"<"):
        name, _, local = word.partition(b":")
        if name not in prefixes:
            raise FormerFileUnfit(word.decode(errors="replace"))
        word = b"<" + prefixes[name] + local + b">"
    return start, word
