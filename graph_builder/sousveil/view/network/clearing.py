"""Boxes pushed apart until none overlaps, and off the links of others, within the page's width.

Only elementwise arithmetic, comparisons and `bincount` are used, which adds one number after the
other: the bytes do not depend on how wide the machine's vectors are. (A numpy sum is split by
vector width, and an exponential differs between machines.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sousveil.view.network.sums import totals

Floats = npt.NDArray[np.float64]
Links = npt.NDArray[np.int64]

GAP = 5.0
_PUSH = 0.3
_SPRING = 0.06
_LINK_PUSH = 0.22
_EVEN = 0.45
"""How far a layout is evened out: 0 keeps its distances, 1 only its order."""


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """A box per thing: its size, and how far its middle lies below the thing's."""

    width: Floats
    height: Floats
    drop: Floats


@dataclass(frozen=True, kw_only=True)
class Page:
    """The room that there is."""

    width: float
    height: float


def fitted(x: Floats, y: Floats, boxes: Boxes, page: Page) -> tuple[Floats, Floats]:
    """Stretch a layout over the page; a thing far out does not leave half of it empty."""
    return (
        _stretched(x, float(boxes.width.max()) / 2, page.width),
        _stretched(y, float(boxes.height.max()) / 2, page.height),
    )


def _stretched(axis: Floats, margin: float, room: float) -> Floats:
    low, high = float(axis.min()), float(axis.max())
    inner = max(room - 2 * margin, room * 0.3)
    if high - low < 1e-9:
        return np.full_like(axis, room / 2)
    place = np.empty_like(axis)
    place[np.argsort(axis, kind="stable")] = np.arange(len(axis)) / max(1, len(axis) - 1)
    part = (1 - _EVEN) * (axis - low) / (high - low) + _EVEN * place
    return part * inner + (room - inner) / 2


class Clearing:
    """Pushes the boxes of one layout; what depends on their sizes only is computed once."""

    def __init__(self, boxes: Boxes, links: Links, width: float) -> None:
        self._boxes = boxes
        self._links = links
        self._width = width
        self._count = len(boxes.width)
        # A box by itself never overlaps: its half size is less than nothing.
        alone = np.where(np.eye(self._count, dtype=bool), -1e9, 0.0)
        self._across = (boxes.width[None, :] + boxes.width[:, None]) / 2 + GAP + alone
        self._down = (boxes.height[None, :] + boxes.height[:, None]) / 2 + GAP
        self._own = np.zeros((len(links), self._count), dtype=bool)
        rows = np.arange(len(links))
        if len(links):
            self._own[rows, links[:, 0]] = True
            self._own[rows, links[:, 1]] = True

    def arranged(self, x: Floats, y: Floats, height: float, rounds: int) -> tuple[Floats, Floats]:
        """Push boxes apart and off links, and keep them near where they were."""
        goal_x, goal_y = x, y
        for number in range(rounds):
            heat = 1.0 - number / rounds
            push_x, push_y, hit = self._overlaps(x, y)
            if not hit and heat < 0.4:
                break
            x = x + _PUSH * push_x + _SPRING * heat * (goal_x - x)
            y = y + _PUSH * push_y + _SPRING * heat * (goal_y - y)
            if len(self._links) and heat > 0.15:
                aside_x, aside_y = self._off_links(x, y)
                x, y = x + heat * aside_x, y + heat * aside_y
            x, y = self._inside(x, y, height)
        return x, y

    def separated(
        self, x: Floats, y: Floats, height: float, rounds: int
    ) -> tuple[Floats, Floats, bool]:
        """Push boxes apart; tells whether none overlaps in the end."""
        for _ in range(rounds):
            push_x, push_y, hit = self._overlaps(x, y)
            if not hit:
                return x, y, True
            x, y = self._inside(x + 0.5 * push_x, y + 0.5 * push_y, height)
        return x, y, False

    def _inside(self, x: Floats, y: Floats, height: float) -> tuple[Floats, Floats]:
        half_x, half_y = self._boxes.width / 2 + 2, self._boxes.height / 2 + 2
        low = half_y - self._boxes.drop
        return (
            np.minimum(np.maximum(x, half_x), np.maximum(self._width - half_x, half_x)),
            np.minimum(np.maximum(y, low), np.maximum(height - half_y - self._boxes.drop, low)),
        )

    def _overlaps(self, x: Floats, y: Floats) -> tuple[Floats, Floats, bool]:
        """How far each box is pushed by all that it overlaps, the shorter way."""
        middle = y + self._boxes.drop
        over_x = self._across - np.abs(x[None, :] - x[:, None])
        over_y = self._down - np.abs(middle[None, :] - middle[:, None])
        other, one = np.nonzero((over_x > 0.01) & (over_y > 0.01))
        if not len(one):
            return x, y, False
        off_x, off_y = x[one] - x[other], middle[one] - middle[other]
        far_x, far_y = over_x[other, one], over_y[other, one]
        sideways = far_x < far_y * 2.0
        later = one > other
        sign_x = np.where((off_x > 0) | ((off_x == 0) & later), 1.0, -1.0)
        sign_y = np.where((off_y > 0) | ((off_y == 0) & later), 1.0, -1.0)
        push_x = totals(one, np.where(sideways, sign_x * far_x, 0.0), self._count)
        push_y = totals(one, np.where(sideways, 0.0, sign_y * far_y), self._count)
        return push_x, push_y, True

    def _off_links(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """How far each thing is pushed aside by links of others that run through its box."""
        a, b = self._links[:, 0], self._links[:, 1]
        ax, ay = x[a][:, None], y[a][:, None]
        along_x, along_y = (x[b] - x[a])[:, None], (y[b] - y[a])[:, None]
        square = along_x * along_x + along_y * along_y + 1e-9
        length = np.sqrt(square)
        off_x, off_y = x[None, :] - ax, (y + self._boxes.drop)[None, :] - ay
        part = (off_x * along_x + off_y * along_y) / square
        across_x, across_y = -along_y / length, along_x / length
        off = off_x * across_x + off_y * across_y
        # The whole label need not be clear of a link, the mark and most of the label should be.
        reach = (
            self._boxes.width[None, :] * np.abs(across_x)
            + self._boxes.height[None, :] * np.abs(across_y)
        ) * 0.42 + 2
        link, thing = np.nonzero((np.abs(off) < reach) & (part > 0.02) & (part < 0.98) & ~self._own)
        far, room = off[link, thing], reach[link, thing]
        shift = np.where(far >= 0, room - np.abs(far), np.abs(far) - room) * _LINK_PUSH
        return (
            totals(thing, shift * across_x[link, 0], self._count),
            totals(thing, shift * across_y[link, 0], self._count),
        )
