"""Counting what makes a picture hard to read: crossings, links through things and under labels."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

from sousveil.view.network.outline import control

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
Segment = tuple[float, float, float, float]

_PIECES = 8
"""A bent link is looked at as so many straight pieces."""


def crossings(x: Sequence[float], y: Sequence[float], links: Sequence[tuple[int, int]]) -> int:
    """Count pairs of links that cross, as straight lines; links that share an end do not."""
    pairs = sorted({(min(link), max(link)) for link in links if link[0] != link[1]})
    if len(pairs) < 2:
        return 0
    ends = np.asarray(pairs)
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    ax, ay, bx, by = px[ends[:, 0]], py[ends[:, 0]], px[ends[:, 1]], py[ends[:, 1]]

    def side(ox: Floats, oy: Floats, ux: Floats, uy: Floats, vx: Floats, vy: Floats) -> Floats:
        return (ux - ox) * (vy - oy) - (uy - oy) * (vx - ox)

    a = (ax[:, None], ay[:, None], bx[:, None], by[:, None])
    b = (ax[None, :], ay[None, :], bx[None, :], by[None, :])
    apart = side(a[0], a[1], a[2], a[3], b[0], b[1]) * side(a[0], a[1], a[2], a[3], b[2], b[3]) < 0
    shared = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
    return int(np.count_nonzero(apart & apart.T & ~shared)) // 2


def pieces(
    ax: float, ay: float, bx: float, by: float, bend: float, count: int = _PIECES
) -> list[Segment]:
    """Return a link as straight pieces; a bent one is a quadratic curve."""
    if not bend:
        return [(ax, ay, bx, by)]
    cx, cy = control(ax, ay, bx, by, bend)
    points = []
    for number in range(count + 1):
        t = number / count
        u = 1 - t
        points.append(
            (u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by)
        )
    return [(*points[n], *points[n + 1]) for n in range(count)]


def inside(segment: Segment, box: Box) -> float:
    """Return the length of a segment that lies in a box (Liang and Barsky 1984)."""
    ax, ay, bx, by = segment
    left, top, right, bottom = box
    dx, dy = bx - ax, by - ay
    low, high = 0.0, 1.0
    for p, q in ((-dx, ax - left), (dx, right - ax), (-dy, ay - top), (dy, bottom - ay)):
        if p == 0:
            if q < 0:
                return 0.0
            continue
        r = q / p
        if p < 0:
            low = max(low, r)
        else:
            high = min(high, r)
        if low >= high:
            return 0.0
    return (high - low) * sqrt(dx * dx + dy * dy)


def passes(segment: Segment, x: float, y: float, radius: float) -> bool:
    """Tell whether a segment comes nearer to a point than a radius."""
    ax, ay, bx, by = segment
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    t = ((x - ax) * dx + (y - ay) * dy) / square if square else 0.0
    t = min(1.0, max(0.0, t))
    away_x, away_y = x - ax - t * dx, y - ay - t * dy
    return away_x * away_x + away_y * away_y < radius * radius
