"""What a layout is given, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A network without its meaning.

    `links` are pairs of indices into `labels`; parallel links and loops may be among them.
    `ranks` holds each thing's place in the story (0 is first), or None where it has none.
    `ringed` tells which things have a ring around them; none where it is empty.
    """

    labels: tuple[str, ...]
    links: tuple[tuple[int, int], ...]
    ranks: tuple[int | None, ...]
    ringed: tuple[bool, ...] = ()

    @property
    def degrees(self) -> list[int]:
        """How many links meet at each thing."""
        found = [0] * len(self.labels)
        for a, b in self.links:
            found[a] += 1
            if a != b:
                found[b] += 1
        return found


@dataclass(frozen=True, kw_only=True)
class Label:
    """Where a label stands: its box from `left`, `top` to `right`, `bottom`, and its lines.

    `anchor` is `start`, `middle` or `end`. `shown` is false where it would not be clear of others.
    """

    lines: tuple[str, ...]
    left: float
    top: float
    right: float
    bottom: float
    anchor: str
    bold: bool
    shown: bool = True


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What makes a picture hard to read, counted."""

    crossings: int
    links_through_things: int
    labels_not_clear: int
    link_under_label: int
    """Length of links that run beneath labels, in units of the picture."""


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A finished layout in units of the picture (pixels at scale 1).

    `bends` holds each link's curvature: how far its middle lies to the left of the straight line,
    as a part of its length.
    """

    width: int
    height: int
    font: float
    x: tuple[int, ...]
    y: tuple[int, ...]
    radii: tuple[int, ...]
    labels: tuple[Label, ...]
    bends: tuple[float, ...]
    quality: Quality


def control(ax: float, ay: float, bx: float, by: float, bend: float) -> tuple[float, float]:
    """Return the control point of a bent link's quadratic curve."""
    return (ax + bx) / 2 - (by - ay) * bend * 2, (ay + by) / 2 + (bx - ax) * bend * 2
