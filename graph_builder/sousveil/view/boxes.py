"""Boxes that keep clear of one another and of the links of others.

Only + - * / and the square root are used, which IEEE 754 rounds alike everywhere: the same input
gives the same output on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

GAP = 10.0
"""How far boxes stay from each other, in units of the picture (pixels at scale 1)."""

_LINK_GAP = 3.0
_SWEEPS = 200


class Box(NamedTuple):
    """A mark with its label; links end at the mark, so far above the middle of the box."""

    width: float
    height: float
    mark: float = 0.0


def push_apart(x: list[float], y: list[float], boxes: Sequence[Box]) -> bool:
    """Push each two boxes that overlap apart, the shorter way; tells whether any moved."""
    moved = False
    for a in range(len(boxes)):
        for b in range(a + 1, len(boxes)):
            over_x = (boxes[a].width + boxes[b].width) / 2 + GAP - abs(x[a] - x[b])
            if over_x <= 0:
                continue
            over_y = (boxes[a].height + boxes[b].height) / 2 + GAP - abs(y[a] - y[b])
            if over_y <= 0:
                continue
            moved = True
            axis, shift = (x, over_x / 2 + 0.5) if over_x < over_y else (y, over_y / 2 + 0.5)
            sign = 1.0 if axis[a] >= axis[b] else -1.0
            axis[a] += sign * shift
            axis[b] -= sign * shift
    return moved


def push_off_links(
    x: list[float], y: list[float], boxes: Sequence[Box], links: Sequence[tuple[int, int]]
) -> None:
    """Push boxes aside from the straight links of others, and these links the other way."""
    for a, b in links:
        from_x, from_y = x[a], y[a] - boxes[a].mark
        along_x, along_y = x[b] - from_x, y[b] - boxes[b].mark - from_y
        square = along_x * along_x + along_y * along_y
        if not square:
            continue
        length = sqrt(square)
        across_x, across_y = -along_y / length, along_x / length
        for c, box in enumerate(boxes):
            if c in (a, b):
                continue
            off_x, off_y = x[c] - from_x, y[c] - from_y
            off = off_x * across_x + off_y * across_y
            reach = (box.width * abs(across_x) + box.height * abs(across_y)) / 2 + _LINK_GAP
            if not -reach < off < reach or not 0 < off_x * along_x + off_y * along_y < square:
                continue
            shift = (reach - abs(off)) / 3 if off >= 0 else (abs(off) - reach) / 3
            x[c] += shift * across_x
            y[c] += shift * across_y
            for end in (a, b):
                x[end] -= shift * across_x / 3
                y[end] -= shift * across_y / 3


def separate(x: list[float], y: list[float], boxes: Sequence[Box]) -> None:
    """Move boxes until no two overlap: by pushing, and where that finds no end, downwards."""
    for _ in range(_SWEEPS):
        if not push_apart(x, y, boxes):
            return
    placed: list[int] = []
    for a in sorted(range(len(boxes)), key=lambda number: (y[number], x[number], number)):
        while below := [
            y[b] + (boxes[a].height + boxes[b].height) / 2 + GAP
            for b in placed
            if abs(x[a] - x[b]) < (boxes[a].width + boxes[b].width) / 2 + GAP
            and abs(y[a] - y[b]) < (boxes[a].height + boxes[b].height) / 2 + GAP - 0.25
        ]:
            y[a] = max(below)
        placed.append(a)
