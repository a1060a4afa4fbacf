"""A first layout by stress: distances in the picture are distances in the network.

Stochastic gradient descent on the stress (Zheng, Pawar, Goodman 2018) in plain Python with
+ - * / and square roots only, which IEEE 754 rounds alike everywhere; the order of the pairs comes
from a linear congruential generator. Then the drawing is turned so that its long side lies along
the page's, and mirrored so that the story's first things come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from math import fsum, sqrt

from sousveil.view.network.outline import Outline

_ROUNDS = 18
_COOLING = 0.62
_APART = 0.75
"""How far pieces that are not linked stay apart, in parts of the largest distance."""

Points = tuple[list[float], list[float]]


class Dice:
    """Numbers in a fixed order that looks like none: the same on every machine and version."""

    def __init__(self, seed: int) -> None:
        self._state = seed * 2654435761 % 2**32

    def below(self, limit: int) -> int:
        """Return the next whole number from 0 to below the limit."""
        self._state = (1664525 * self._state + 1013904223) % 2**32
        return (self._state >> 8) % limit

    def shuffle(self, items: list[tuple[int, int, float]]) -> None:
        """Put a list into the next order."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


def hops(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the number of links between each two things; -1 where no path joins them."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in sorted(set(links)):
        if a != b:
            near[a].append(b)
            near[b].append(a)
    table = []
    for start in range(count):
        row = [-1] * count
        row[start] = 0
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in near[here]:
                if row[there] < 0:
                    row[there] = row[here] + 1
                    waiting.append(there)
        table.append(row)
    return table


def stressed(distances: Sequence[Sequence[int]], seed: int) -> Points:
    """Return a layout whose distances are as near to these as one start finds."""
    count = len(distances)
    dice = Dice(seed + 1)
    largest = max((max(row) for row in distances), default=1) or 1
    apart = _APART * (largest + 1)
    x = [dice.below(10_000) / 10_000 * count for _ in range(count)]
    y = [dice.below(10_000) / 10_000 * count for _ in range(count)]
    pairs = [
        (a, b, float(distances[a][b]) if distances[a][b] > 0 else apart)
        for a in range(count)
        for b in range(a)
    ]
    step = apart * apart
    for _ in range(_ROUNDS):
        dice.shuffle(pairs)
        for a, b, goal in pairs:
            away_x, away_y = x[a] - x[b], y[a] - y[b]
            far = sqrt(away_x * away_x + away_y * away_y) or 0.001
            part = step / (goal * goal)
            move = (far - goal) / (2 * far) * (1.0 if part > 1 else part)
            x[a] -= move * away_x
            y[a] -= move * away_y
            x[b] += move * away_x
            y[b] += move * away_y
        step *= _COOLING
    return x, y


def turned(points: Points, *, upright: bool) -> Points:
    """Return the layout about its middle, its long side along the page's long side."""
    x, y = points
    count = len(x)
    if not count:
        return [], []
    mid_x, mid_y = fsum(x) / count, fsum(y) / count
    x, y = [v - mid_x for v in x], [v - mid_y for v in y]
    xx, yy = fsum(v * v for v in x), fsum(v * v for v in y)
    xy = fsum(a * b for a, b in zip(x, y, strict=True))
    root = sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)
    along_x, along_y = (xx - yy + root) / 2, xy
    if along_x * along_x + along_y * along_y < 1e-9:
        along_x, along_y = (1.0, 0.0) if xx >= yy else (0.0, 1.0)
    length = sqrt(along_x * along_x + along_y * along_y)
    cos, sin = along_x / length, along_y / length
    long = [a * cos + b * sin for a, b in zip(x, y, strict=True)]
    short = [b * cos - a * sin for a, b in zip(x, y, strict=True)]
    return (short, long) if upright else (long, short)


def in_reading_order(points: Points, outline: Outline, *, upright: bool) -> Points:
    """Mirror a layout so that the story runs from left to right, or downwards where it is upright.

    Where the story gives no order, links run that way.
    """
    x, y = points
    return _mirrored(x, outline, weak=upright), _mirrored(y, outline, weak=not upright)


def _mirrored(axis: list[float], outline: Outline, *, weak: bool) -> list[float]:
    ranked = [(rank, axis[n]) for n, rank in enumerate(outline.ranks) if rank is not None]
    if len(ranked) > 1 and not weak:
        middle = fsum(rank for rank, _ in ranked) / len(ranked)
        against = fsum((rank - middle) * place for rank, place in ranked) < 0
    else:
        against = fsum(axis[b] - axis[a] for a, b in outline.links) < 0
    return [-value for value in axis] if against else axis
