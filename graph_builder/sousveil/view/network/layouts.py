"""Large layouts by the network that they are of, so that none is made twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

Layout = Sequence[Sequence[int]]
"""Three lists: the positions across and down of each thing, and the things in Z-order."""


class Layouts:
    """Gives layouts: those that are known already, and others when they are wanted.

    `used` has all that were given, by what they are of.
    """

    def __init__(self, known: Mapping[str, Layout] = MappingProxyType({})) -> None:
        self._known = known
        self.used: dict[str, Layout] = {}

    def of(self, count: int, links: Sequence[tuple[int, int]]) -> Layout:
        """Return the layout of so many things; `links` are pairs of their numbers."""
        pairs = sorted({(min(pair), max(pair)) for pair in links})
        key = hashlib.sha256(repr((count, pairs)).encode()).hexdigest()
        found = self._known.get(key, ())
        if [len(numbers) for numbers in found] != [count] * 3:
            # A tenth of a second to load, which a network that stays as it is need not pay.
            from sousveil.view.network.large import large_layout, z_order

            x, y = large_layout(count, pairs)
            found = (x, y, z_order(x, y))
        self.used[key] = found
        return found
