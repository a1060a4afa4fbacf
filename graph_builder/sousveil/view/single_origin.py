"""The claims of a case that rest on one origin, as the overview has them."""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sousveil.view.json_lines import json_line

Single = tuple[str, str, str]
"""A claim that rests on one origin: its sentence, its id, and the origin."""


@dataclass(frozen=True, kw_only=True)
class SingleOrigin:
    """The claims that rest on one origin, sorted: a line of JSON for each, and their origins.

    The lines are kept as a report has them, since a large case has ten thousands of them, of which
    a change alters few.
    """

    lines: tuple[str, ...]
    origins: Mapping[str, int]

    @classmethod
    def of(cls, claims: Iterable[Single]) -> SingleOrigin:
        """Return those of a case."""
        found = sorted(claims)
        return cls(
            lines=tuple(map(_line, found)), origins=Counter(origin for _, _, origin in found)
        )

    def changed(self, gone: Iterable[Single], come: Iterable[Single]) -> SingleOrigin:
        """Return what is left with others there. Raises ValueError where one that goes is none."""
        lines, origins = list(self.lines), Counter(self.origins)
        for one in gone:
            place = bisect_left(lines, one, key=_single)
            if lines[place : place + 1] != [_line(one)]:
                raise ValueError("the former overview is not that of the former tables")
            del lines[place]
            origins[one[2]] -= 1
        for one in come:
            insort(lines, _line(one), key=_single)
            origins[one[2]] += 1
        return SingleOrigin(lines=tuple(lines), origins=+origins)

    def by_origin(self) -> tuple[str, ...]:
        """Return how many claims rest on each origin, those with most first."""
        numbers = sorted(self.origins.items(), key=lambda item: (-item[1], item[0]))
        return tuple(f"{origin}: {number}" for origin, number in numbers)


def former_single_origin(lines: Iterable[str], by_origin: Iterable[str]) -> SingleOrigin:
    """Return what a report said: its lines, and what `by_origin` was. Raises ValueError."""
    numbers = (line.rpartition(": ") for line in by_origin)
    return SingleOrigin(
        lines=tuple(lines), origins={origin: int(number) for origin, _, number in numbers}
    )


def _line(one: Single) -> str:
    sentence, claim, origin = one
    return json_line({"claim": claim, "sentence": sentence, "origin": origin})


def _single(line: str) -> Single:
    data = json.loads(line)
    return data["sentence"], data["claim"], data["origin"]
