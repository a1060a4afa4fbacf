"""The pages that a layout is made for: how wide they are, and how large their type is.

Apart from what lays out, which takes a tenth of a second to load.
"""

from __future__ import annotations

from dataclasses import dataclass

ALL_CLEAR = 60
"""Up to so many things every label is clear."""

SIDE = 65_535
"""Positions in a large layout are whole numbers from 0 to this, along the longer side."""

RING = 3
"""How far a ring lies outside of its mark."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """A width of page, in pixels, with the size of its type."""

    name: str
    width: int
    font: float
    longest: float
    """How wide a line of a label may be."""
    all_clear: int = ALL_CLEAR
    """Up to so many things every label is clear."""


WIDE = Format(name="wide", width=720, font=12.5, longest=124)
NARROW = Format(name="narrow", width=360, font=11.5, longest=98)
CASE = Format(name="wide", width=1120, font=12.5, longest=124, all_clear=150)
"""A page of its own, for the whole of a case."""
