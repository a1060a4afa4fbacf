"""What differs between the RDF of a case and that of its former tables, as edits of the files.

N-Quads and Turtle are sorted by subject, each subject a block of lines; so a file of the former
case becomes that of the new one by replacing, adding and taking out blocks. The blocks of the part
that differs are made from both tables by the same code as the whole file.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sousveil.graph.changed_part import Part
from sousveil.graph.rdf import quad_table
from sousveil.graph.serialise import nquads_blocks, turtle_blocks
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.terms import Vocabulary

_PIECE = 1 << 22
_NO_SUBJECT = b" @#\n"
"""What lines of Turtle and comments begin with that begin no block."""
_USED_TERMS = "SELECT DISTINCT object FROM claim WHERE kind = 'term'"


class FormerFileUnfit(Exception):
    """A former file does not hold what its tables say; it must be written as a whole."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """The block of a subject (a term of N-Triples), former and new (UTF-8), empty for none."""

    subject: bytes
    former: bytes
    new: bytes


def rdf_edits(
    tables: ClaimTables,
    former: ClaimTables,
    vocabulary: Vocabulary,
    profile: Profile,
    part: Part,
) -> tuple[list[Edit], list[Edit]]:
    """Return the edits of the N-Quads and of the Turtle, sorted by subject."""
    new, old = (quad_table(each, vocabulary, profile, part) for each in (tables, former))
    now, was = (each.column(_USED_TERMS) for each in (tables, former))
    kept = {f"<{term}>" for term in now & was}
    return (
        _differing(nquads_blocks(new), nquads_blocks(old), kept),
        _differing(turtle_blocks(new), turtle_blocks(old), kept),
    )


def _differing(new: Mapping[str, str], old: Mapping[str, str], kept: set[str]) -> list[Edit]:
    """`kept` are terms in use before and after, be it in this part or elsewhere."""
    subjects = (s for s in {*new, *old} - kept if new.get(s) != old.get(s))
    found = [
        Edit(
            subject=subject.encode(),
            former=old.get(subject, "").encode(),
            new=new.get(subject, "").encode(),
        )
        for subject in subjects
    ]
    return sorted(found, key=lambda edit: edit.subject)


def edited(file: Path, edits: Iterable[Edit], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Return a sorted file (UTF-8) with its edits made, in pieces.

    `prefixes` are those of Turtle, empty for N-Quads. Raises FormerFileUnfit where a former block
    is not in its place, OSError where the file cannot be read.
    """
    spaces = {name.encode(): iri.encode() for name, iri in prefixes.items()}
    with file.open("rb") as opened:
        data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    places = [(_place(data, edit, spaces), edit) for edit in edits]
    return _made(data, places)


def _made(data: mmap.mmap, places: Iterable[tuple[int, Edit]]) -> Iterator[bytes]:
    with data:
        position = 0
        for start, edit in places:
            yield from _pieces(data, position, start)
            yield edit.new
            position = start + len(edit.former)
        yield from _pieces(data, position, len(data))


def _pieces(data: mmap.mmap, start: int, end: int) -> Iterator[bytes]:
    yield from (data[place : min(place + _PIECE, end)] for place in range(start, end, _PIECE))


def _place(data: mmap.mmap, edit: Edit, prefixes: Mapping[bytes, bytes]) -> int:
    """Return where a block is or belongs: before the first whose subject does not come earlier."""
    low, high = 0, len(data)
    while low < high:
        middle = (low + high) // 2
        _, subject = _block_from(data, middle, prefixes)
        if subject is not None and subject < edit.subject:
            low = middle + 1
        else:
            high = middle
    start, _ = _block_from(data, low, prefixes)
    if data[start : start + len(edit.former)] != edit.former:
        raise FormerFileUnfit(edit.subject.decode())
    return start


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
