"""Each label beside its thing: eight places are tried, clear of all others, with links kept free.

Sums along the last axis are of whole numbers only, or of lengths rounded to whole units: so the
choice is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sousveil.view.network.outline import Label
from sousveil.view.network.quality import Segment
from sousveil.view.text_width import LINE_HEIGHT, text_width

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_ROOM = 2.5
"""How far a label stays from its own mark."""
_CLEAR = 2.0
"""How far labels stay from each other and from the marks of others."""
_ROUNDS = 8
_CLASH = 100_000
_COVERED, _CROWD = 60, 60
_CROSSED = 8
"""What a link beneath a label costs, beside its length there."""
_PLACES = (
    (0.0, 1.0, 0),
    (1.0, 0.0, 6),
    (-1.0, 0.0, 8),
    (0.0, -1.0, 5),
    (0.72, 0.72, 12),
    (-0.72, 0.72, 13),
    (0.72, -0.72, 12),
    (-0.72, -0.72, 14),
)
"""Where a label may stand, as directions from its thing, and what that costs: below is best."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A label's lines, as it may be wrapped; the first way is the one that room was made for."""

    ways: tuple[tuple[str, ...], ...]
    bold: bool


@dataclass(frozen=True, kw_only=True)
class _Choices:
    owner: npt.NDArray[np.int64]
    box: Floats
    cost: npt.NDArray[np.int64]
    label: list[Label]


def place_labels(
    x: Sequence[float],
    y: Sequence[float],
    radii: Sequence[float],
    wordings: Sequence[Wording],
    segments: Sequence[Segment],
    font: float,
    page: tuple[float, float],
) -> list[Label]:
    """Return a label per thing; `shown` is false for those that found no clear place.

    Args:
        x: the middles of the marks; `y` likewise, and `radii` their sizes.
        y: see x.
        radii: see x.
        wordings: the labels.
        segments: straight pieces of links; those of a thing itself are kept free of its name too.
        font: the size of the type.
        page: the width and height that labels stay within.
    """
    if not wordings:
        return []
    found = _choices(x, y, radii, wordings, font, page)
    px, py, pr = (np.asarray(v, dtype=np.float64) for v in (x, y, radii))
    hit = _marks_hit(found, px, py, pr)
    over = np.where(_may_cover(found, len(wordings)), _COVERED, _CLASH)
    cost = np.asarray(found.cost + over * hit, dtype=np.int64)
    if segments:
        cost = cost + _links_hit(found, segments)
    clash = _overlapping(found.box)
    chosen = _search(found, cost, clash, len(wordings))
    return _settled(found, cost, clash, chosen, radii)


def _choices(
    x: Sequence[float],
    y: Sequence[float],
    radii: Sequence[float],
    wordings: Sequence[Wording],
    font: float,
    page: tuple[float, float],
) -> _Choices:
    owners, boxes, costs, labels = [], [], [], []
    for n, wording in enumerate(wordings):
        reach = radii[n] + _ROOM
        for way, lines in enumerate(wording.ways):
            wide = max(text_width(line, font, bold=wording.bold) for line in lines)
            high = font * LINE_HEIGHT * len(lines)
            for across, down, cost in _PLACES:
                side = (across > 0) - (across < 0)
                fall = (down > 0) - (down < 0)
                mid_x = x[n] + across * reach + side * wide / 2
                mid_y = y[n] + down * reach + fall * high / 2
                if across and down:  # beside the corner of the mark, not above or below it
                    mid_y = y[n] + down * reach + fall * (high / 2 - font * 0.3)
                box = (mid_x - wide / 2, mid_y - high / 2, mid_x + wide / 2, mid_y + high / 2)
                beyond = max(-box[0], box[2] - page[0], -box[1], box[3] - page[1], 0.0)
                owners.append(n)
                boxes.append(box)
                costs.append(cost + 7 * way + (_CLASH if beyond > 0.01 else 0))
                labels.append(
                    Label(
                        lines=lines,
                        left=box[0],
                        top=box[1],
                        right=box[2],
                        bottom=box[3],
                        anchor=("end", "middle", "start")[side + 1],
                        bold=wording.bold,
                    )
                )
    return _Choices(
        owner=np.asarray(owners),
        box=np.asarray(boxes, dtype=np.float64),
        cost=np.asarray(costs, dtype=np.int64),
        label=labels,
    )


def _may_cover(found: _Choices, count: int) -> Flags:
    """Where there is a crowd, the few names in bold may stand upon marks, or none would be told."""
    return np.asarray([count > _CROWD and label.bold for label in found.label])


def _marks_hit(found: _Choices, x: Floats, y: Floats, radius: Floats) -> npt.NDArray[np.int64]:
    """How many marks of others each choice comes too near to."""
    box = found.box[:, :, None]
    off_x = x[None, :] - np.clip(x[None, :], box[:, 0], box[:, 2])
    off_y = y[None, :] - np.clip(y[None, :], box[:, 1], box[:, 3])
    near = off_x * off_x + off_y * off_y < (radius + _CLEAR) * (radius + _CLEAR)
    near[np.arange(len(found.owner)), found.owner] = False
    return np.asarray(np.count_nonzero(near, axis=1), dtype=np.int64)


def _links_hit(found: _Choices, segments: Sequence[Segment]) -> npt.NDArray[np.int64]:
    """What the links beneath each choice cost: their length there, and something for each."""
    ends = np.asarray(segments, dtype=np.float64)
    ax, ay = ends[None, :, 0], ends[None, :, 1]
    dx, dy = ends[None, :, 2] - ax, ends[None, :, 3] - ay
    box = found.box[:, :, None]
    shape = (len(found.owner), len(segments))
    low, high, out = np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=bool)
    steps = (
        (-dx, ax - box[:, 0]),
        (dx, box[:, 2] - ax),
        (-dy, ay - box[:, 1]),
        (dy, box[:, 3] - ay),
    )
    for p, q in steps:
        still = p == 0
        ratio = q / np.where(still, 1.0, p)
        low = np.where(p < 0, np.maximum(low, ratio), low)
        high = np.where(p > 0, np.minimum(high, ratio), high)
        out |= still & (q < 0)
    length = np.where((low < high) & ~out, (high - low) * np.sqrt(dx * dx + dy * dy), 0.0)
    whole = np.floor(length + np.where(length > 0, _CROSSED, 0))
    return np.asarray(whole.astype(np.int64).sum(axis=1))


def _overlapping(box: Floats) -> Flags:
    over_x = np.minimum(box[:, None, 2], box[None, :, 2]) - np.maximum(
        box[:, None, 0], box[None, :, 0]
    )
    over_y = np.minimum(box[:, None, 3], box[None, :, 3]) - np.maximum(
        box[:, None, 1], box[None, :, 1]
    )
    return np.asarray((over_x > -_CLEAR) & (over_y > -_CLEAR / 2))


def _search(
    found: _Choices, cost: npt.NDArray[np.int64], clash: Flags, count: int
) -> npt.NDArray[np.int64]:
    """The choice of each thing: begin where room was made, then take the best that is free."""
    first = np.searchsorted(found.owner, np.arange(count))
    after = np.searchsorted(found.owner, np.arange(count), side="right")
    chosen = first.copy()
    for _ in range(_ROUNDS):
        moved = False
        for n in range(count):
            mine = slice(first[n], after[n])
            others = np.delete(chosen, n)
            total = cost[mine] + _CLASH * np.count_nonzero(clash[mine][:, others], axis=1)
            best = int(first[n]) + int(np.argmin(total))
            moved = moved or best != chosen[n]
            chosen[n] = best
        if not moved:
            break
    return chosen


def _settled(
    found: _Choices,
    cost: npt.NDArray[np.int64],
    clash: Flags,
    chosen: npt.NDArray[np.int64],
    radii: Sequence[float],
) -> list[Label]:
    """Show labels, the largest things first, as long as each is clear of those before.

    Where a label's choice is not, the best of its other places that are clear serves.
    """
    shown: list[int] = []
    taken: dict[int, int] = {}
    for n in sorted(range(len(chosen)), key=lambda n: (-radii[n], n)):
        mine = np.nonzero((found.owner == n) & (cost < _CLASH))[0].tolist()
        mine.sort(key=lambda choice: (choice != chosen[n], cost[choice], choice))
        free = next((c for c in mine if not clash[c, shown].any()), None)
        if free is not None:
            shown.append(free)
            taken[n] = free
    return [
        found.label[taken[n]] if n in taken else replace(found.label[int(choice)], shown=False)
        for n, choice in enumerate(chosen)
    ]
