"""A file of a former build, made into that of a new one from what stays of it and what is new."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

_PIECE = 1 << 20

Piece = bytes | memoryview
FilePart = bytes | tuple[int, int]
"""New bytes, or from where to where the former file stays."""


class FormerFileUnfit(Exception):
    """A former file does not hold what its tables say; it must be written as a whole."""


def mapped(file: Path) -> mmap.mmap:
    """Return the bytes of a file, read when they are looked at. Raises OSError, ValueError."""
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def joined(data: mmap.mmap, parts: Iterable[FilePart]) -> Iterator[Piece]:
    """Yield the parts of a new file in pieces, and close the former one.

    What stays is not copied: a piece is good until the next one is taken.
    """
    with data, memoryview(data) as view:
        for part in parts:
            if isinstance(part, bytes):
                yield part
                continue
            start, end = part
            for place in range(start, end, _PIECE):
                with view[place : min(place + _PIECE, end)] as piece:
                    yield piece
