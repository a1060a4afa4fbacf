"""A fast layout for hundreds to 50,000 things: from coarse to fine, with forces on a grid.

The network is folded together step by step (each thing with its neighbours into one, Gajer and
Kobourov 2002, Walshaw 2003), the smallest is laid out, and each finer one starts from the coarser.
Links pull; things push those next to them along a Z-order curve, and all others as the sum of the
cell of a grid that they lie in. Only elementwise arithmetic, square roots, comparisons, sorts,
`bincount` and sums along the first axis are used, so the bytes are the same on every machine; no
numpy sum along a row, no exponential, no sine, which are split by vector width or rounded apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

from sousveil.view.network.formats import SIDE
from sousveil.view.network.sums import totals

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


_COARSEST = 40
_ROUNDS = (70, 36)
"""Rounds at the coarsest and at the finest level."""
_CELLS = 20
_WINDOW = 6
_GRAVITY = 0.02
_BETWEEN = 1.6
"""How far pieces stay from each other, in lengths of a link."""


def large_layout(count: int, links: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return whole positions from 0 to SIDE; the same on every machine. Links are index pairs."""
    if count == 0:
        return [], []
    pairs = sorted({(min(k), max(k)) for k in links if k[0] != k[1]})
    levels = _folded(count, np.asarray(pairs, dtype=np.int64).reshape(-1, 2))
    x: Floats = np.zeros(0)
    y: Floats = np.zeros(0)
    for number in range(len(levels) - 1, -1, -1):
        size, ends, weight, parent = levels[number]
        if parent is None or number == len(levels) - 1:
            x, y = _spiral(size)
        else:
            jitter_x, jitter_y = _spiral(size)
            x = x[parent] * 1.4 + 0.3 * (jitter_x - np.rint(jitter_x))
            y = y[parent] * 1.4 + 0.3 * (jitter_y - np.rint(jitter_y))
        part = number / max(1, len(levels) - 1)
        rounds = round(_ROUNDS[1] + (_ROUNDS[0] - _ROUNDS[1]) * part)
        x, y = _settled(x, y, ends, weight, rounds, 1.0 if number == len(levels) - 1 else 0.5)
    return _whole(*_packed(x, y, pairs))


Level = tuple[int, Whole, Floats, "Whole | None"]


def _folded(count: int, ends: Whole) -> list[Level]:
    """The network and its ever coarser forms: (size, links, mass of each, its coarser thing)."""
    levels: list[Level] = []
    mass = np.ones(count)
    while True:
        if count <= _COARSEST or len(levels) > 30:
            levels.append((count, ends, mass, None))
            return levels
        parent, fewer = _merged(count, ends)
        if fewer > 0.95 * count:
            levels.append((count, ends, mass, None))
            return levels
        levels.append((count, ends, mass, parent))
        coarse = parent[ends]
        coarse = np.sort(coarse[coarse[:, 0] != coarse[:, 1]], axis=1)
        codes = np.unique(coarse[:, 0] * fewer + coarse[:, 1])
        ends = np.stack([codes // fewer, codes % fewer], axis=1).astype(np.int64)
        mass = totals(parent, mass, fewer)
        count = fewer


def _merged(count: int, ends: Whole) -> tuple[Whole, int]:
    """Join each thing that is still free with its free neighbours, at most five to one.

    Things that nothing is linked to are joined five by five, or they would stop the folding.
    """
    both = np.concatenate([ends, ends[:, ::-1]])
    order = np.lexsort((both[:, 1], both[:, 0]))
    near = both[order, 1].tolist()
    first = np.searchsorted(both[order, 0], np.arange(count + 1)).tolist()
    parent = [-1] * count
    number = 0
    degree = [first[n + 1] - first[n] for n in range(count)]
    for here in sorted(range(count), key=lambda n: (degree[n], n)):
        if parent[here] >= 0 or not degree[here]:
            continue
        # The least linked first, and each to the nearest free thing: hubs keep their own place.
        free = [n for n in near[first[here] : first[here + 1]] if parent[n] < 0][:4]
        if not free:
            joined = min(near[first[here] : first[here + 1]], key=lambda n: (degree[n], n))
            parent[here] = parent[joined]
            continue
        parent[here] = number
        for there in free:
            parent[there] = number
        number += 1
    lone = [n for n in range(count) if parent[n] < 0]
    for place, here in enumerate(lone):
        parent[here] = number + place // 5
    return np.asarray(parent, dtype=np.int64), number + (len(lone) + 4) // 5


def _spiral(count: int) -> tuple[Floats, Floats]:
    """Places that fill a square evenly (the additive recurrence of the plastic number)."""
    n = np.arange(count, dtype=np.float64)
    side = np.sqrt(float(count))
    x = n * 0.7548776662466927
    y = n * 0.5698402909980532
    return (x - np.floor(x) - 0.5) * side, (y - np.floor(y) - 0.5) * side


def _settled(
    x: Floats, y: Floats, ends: Whole, mass: Floats, rounds: int, heat: float
) -> tuple[Floats, Floats]:
    """Let forces act, ever weaker; the unit of length is the wanted length of a link."""
    count = len(x)
    a, b = ends[:, 0], ends[:, 1]
    degree = np.bincount(a, minlength=count) + np.bincount(b, minlength=count)
    ease = 1.0 / np.maximum(1.0, degree.astype(np.float64))
    mean = mass / (float(np.add.accumulate(mass)[-1]) / count)
    step = heat * 1.5
    for number in range(rounds):
        push_x, push_y = _pushed(x, y, mean, number % 3 / 3)
        if len(ends):
            off_x, off_y = x[b] - x[a], y[b] - y[a]
            pull = 0.5 * np.sqrt(off_x * off_x + off_y * off_y)
            # A hub is pulled by each of its links a little, or it would jump.
            weak = np.minimum(1.0, 4.0 * np.maximum(ease[a], ease[b]))
            pull = pull * weak
            push_x = push_x + totals(a, pull * off_x, count) * np.sqrt(ease)
            push_y = push_y + totals(a, pull * off_y, count) * np.sqrt(ease)
            push_x = push_x - totals(b, pull * off_x, count) * np.sqrt(ease)
            push_y = push_y - totals(b, pull * off_y, count) * np.sqrt(ease)
        push_x, push_y = push_x - _GRAVITY * x, push_y - _GRAVITY * y
        length = np.sqrt(push_x * push_x + push_y * push_y) + 1e-9
        scale = np.minimum(length, step) / length
        x, y = x + push_x * scale, y + push_y * scale
        step = max(step * 0.94, 0.02)
    return x, y


def _pushed(x: Floats, y: Floats, mass: Floats, shift: float) -> tuple[Floats, Floats]:
    far_x, far_y = _from_cells(x, y, mass, shift)
    near_x, near_y = _from_neighbours(x, y, mass)
    return far_x + near_x, far_y + near_y


def _grid(x: Floats, y: Floats, cells: int, shift: float = 0.0) -> tuple[Whole, Whole, float]:
    """Column and row of each thing, and the size of a cell; `shift` moves the grid's lines."""
    low_x, low_y = float(x.min()), float(y.min())
    size = max(float(x.max()) - low_x, float(y.max()) - low_y, 1e-6) / (cells - 1) * 1.0001
    column, row = (x - low_x) / size + shift, (y - low_y) / size + shift
    return column.astype(np.int64), row.astype(np.int64), size


def _from_cells(x: Floats, y: Floats, mass: Floats, shift: float) -> tuple[Floats, Floats]:
    """The push of all cells of a grid on the middle of each thing's own; the lines move on."""
    column, row, size = _grid(x, y, _CELLS, shift)
    cell = row * _CELLS + column
    full = _CELLS * _CELLS
    weight = totals(cell, mass, full)
    known = np.maximum(weight, 1e-9)
    mid_x = totals(cell, mass * x, full) / known
    mid_y = totals(cell, mass * y, full) / known
    used = np.nonzero(weight)[0]
    cx, cy, cw = mid_x[used], mid_y[used], weight[used]
    off_x, off_y = cx[None, :] - cx[:, None], cy[None, :] - cy[:, None]
    square = off_x * off_x + off_y * off_y + size * size * 0.1
    force = cw[:, None] / square
    at = np.searchsorted(used, cell)
    return (force * off_x).sum(axis=0)[at], (force * off_y).sum(axis=0)[at]


def _from_neighbours(x: Floats, y: Floats, mass: Floats) -> tuple[Floats, Floats]:
    """The push of those that lie next to a thing on a Z-order curve over the picture."""
    count = len(x)
    column, row, _ = _grid(x, y, 1024)
    order = np.argsort(_interleaved(column) | (_interleaved(row) << 1), kind="stable")
    sx, sy, sm = x[order], y[order], mass[order]
    push_x, push_y = np.zeros(count), np.zeros(count)
    for gap in range(1, min(_WINDOW, count - 1) + 1):
        off_x, off_y = sx[gap:] - sx[:-gap], sy[gap:] - sy[:-gap]
        square = off_x * off_x + off_y * off_y + 0.01
        force = 1.0 / square
        push_x[gap:] += force * off_x * sm[:-gap]
        push_y[gap:] += force * off_y * sm[:-gap]
        push_x[:-gap] -= force * off_x * sm[gap:]
        push_y[:-gap] -= force * off_y * sm[gap:]
    back_x, back_y = np.empty(count), np.empty(count)
    back_x[order], back_y[order] = push_x, push_y
    return back_x, back_y


def _interleaved(number: Whole) -> Whole:
    """The bits of a number below 1024 with a free bit between each two."""
    number = (number | (number << 8)) & 0x00FF00FF
    number = (number | (number << 4)) & 0x0F0F0F0F
    number = (number | (number << 2)) & 0x33333333
    return (number | (number << 1)) & 0x55555555


def z_order(x: Sequence[int], y: Sequence[int]) -> list[int]:
    """Return the indices of places along a Z-order curve: what is near in the picture is near."""
    across, down = np.asarray(x, dtype=np.int64) >> 6, np.asarray(y, dtype=np.int64) >> 6
    code = _interleaved(across) | (_interleaved(down) << 1)
    return [int(n) for n in np.argsort(code, kind="stable")]


def _packed(x: Floats, y: Floats, pairs: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """Set the pieces that nothing joins in rows, the largest first, in about a square.

    Forces alone leave them far out, and the rest of the picture small.
    """
    pieces = _pieces(len(x), pairs)
    if len(pieces) == 1:
        return x, y
    xs, ys = x.tolist(), y.tolist()
    boxes = []
    for piece in pieces:
        low_x, low_y = min(xs[n] for n in piece), min(ys[n] for n in piece)
        wide, high = max(xs[n] for n in piece) - low_x, max(ys[n] for n in piece) - low_y
        boxes.append((low_x, low_y, wide, high))
    area = sum((wide + _BETWEEN) * (high + _BETWEEN) for _, _, wide, high in boxes)
    width = max(boxes[0][2], sqrt(area))
    left = top = row = 0.0
    for piece, (low_x, low_y, wide, high) in zip(pieces, boxes, strict=True):
        if left + wide > width and left:
            left, top, row = 0.0, top + row + _BETWEEN, 0.0
        for n in piece:
            xs[n], ys[n] = xs[n] - low_x + left, ys[n] - low_y + top
        left += wide + _BETWEEN
        row = max(row, high)
    return np.asarray(xs), np.asarray(ys)


def _pieces(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The connected pieces, the largest first."""
    above = list(range(count))

    def root(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    for a, b in pairs:
        above[root(a)] = root(b)
    found: dict[int, list[int]] = {}
    for n in range(count):
        found.setdefault(root(n), []).append(n)
    return sorted(found.values(), key=lambda piece: (-len(piece), piece[0]))


def _whole(x: Floats, y: Floats) -> tuple[list[int], list[int]]:
    low_x, low_y = float(x.min()), float(y.min())
    size = max(float(x.max()) - low_x, float(y.max()) - low_y, 1e-9)
    return (
        [int(v) for v in np.rint((x - low_x) * (SIDE / size))],
        [int(v) for v in np.rint((y - low_y) * (SIDE / size))],
    )
