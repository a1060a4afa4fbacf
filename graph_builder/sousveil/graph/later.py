"""What is told of claims, read when somebody wants it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any


class Later:
    """What is told of claims by rows of other tables: read for some, else for all at once.

    It costs more than the claims themselves, and most of what is made of a big case has no use for
    it.
    """

    def __init__(
        self, read: Callable[[Collection[str] | None], Mapping[str, tuple[Any, ...]]]
    ) -> None:
        self._read = read
        self._found: dict[str, tuple[Any, ...]] = {}
        self._whole = False

    def __call__(self, claim: str) -> tuple[Any, ...]:
        """Return what is told of a claim."""
        if claim not in self._found:
            self.read_all()
        return self._found.get(claim, ())

    def read_all(self) -> None:
        """Read what is told of all claims."""
        if not self._whole:
            self._found = dict(self._read(None))
            self._whole = True

    def read(self, claims: Collection[str]) -> None:
        """Read what is told of some claims."""
        left = [] if self._whole else sorted(set(claims) - self._found.keys())
        if left:
            self._found |= {**dict.fromkeys(left, ()), **self._read(left)}
