"""Made-up networks of the beat, of any size, the same every time.

A network is (things, links): a thing is (label, kind), a link (from, to, verb, evidence). There are
1.24 links to a thing, as 62 to 50: each thing is linked to one before it, so that departments and
companies gather most, and the rest of the links join any two.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

PLACES = [
    "Riverton",
    "Oakhollow",
    "Lakemont",
    "Millbrook",
    "Fortbarlow",
    "Santomas",
    "Eastgate",
    "Westfield",
    "Northport",
    "Ashby",
    "Kingsley",
    "Harrow",
    "Delmar",
    "Pinecrest",
    "Redstone",
    "Fairview",
    "Glendale",
    "Brookside",
    "Stonegate",
    "Clearwater",
]
FAMILIES = [
    "Alvarez",
    "Haddad",
    "Orlov",
    "Castillo",
    "Moreau",
    "Whitfield",
    "Quinn",
    "Okafor",
    "Abrams",
    "Tran",
    "Rossi",
    "Iyer",
    "Novak",
    "Park",
    "Rahman",
    "Brandt",
    "Silva",
    "Osei",
    "Larsen",
    "Petrov",
    "Marchetti",
    "Nguyen",
    "Dubois",
    "Kowalski",
    "Ibrahim",
    "Tanaka",
]
WORDS = [
    "approved",
    "request",
    "doorbell",
    "footage",
    "within",
    "half",
    "mile",
    "march",
    "route",
    "officers",
    "company",
    "gave",
    "cameras",
    "codes",
    "department",
    "asked",
    "residents",
    "video",
    "night",
    "protest",
    "release",
    "record",
    "copy",
    "shows",
    "e-mail",
    "sent",
    "program",
    "ambassador",
    "payment",
    "refused",
    "answer",
    "spokesperson",
    "wrote",
    "review",
    "policy",
    "hours",
    "area",
    "redacted",
    "contract",
    "signed",
    "council",
    "meeting",
    "minutes",
    "page",
    "number",
    "users",
    "neighborhood",
    "search",
    "warrant",
    "device",
]
KINDS = ("Company", "PoliceAgency", "Post", "AmbassadorProgram", "Protest", "FootageRequest")
VERBS = ("gave devices to", "asked", "covers", "works for", "is part of", "reported on")


class Thing(NamedTuple):
    """A thing of the network."""

    label: str
    kind: str


class Link(NamedTuple):
    """A link of the network, with its one piece of evidence."""

    start: int
    end: int
    verb: str
    prose: str
    source: str
    date: str


def _number(*parts: object) -> int:
    text = " ".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:6], "big")


def _label(number: int, kind: str) -> str:
    place = PLACES[_number("place", number) % len(PLACES)]
    family = FAMILIES[_number("family", number) % len(FAMILIES)]
    return {
        "Company": f"{family} {('Safety', 'Vision', 'Systems')[number % 3]}",
        "PoliceAgency": f"{place} Police Dept.",
        "Post": f"{('Sgt.', 'Lt.', 'Chief')[number % 3]} {family} {number}",
        "AmbassadorProgram": f"{place} Ambassador Program",
        "Protest": f"{place} march, {('May', 'June', 'July')[number % 3]} 2020",
        "FootageRequest": f"Footage request #{4100 + number}",
    }[kind]


def _prose(number: int) -> str:
    """Exactly 200 characters."""
    words: list[str] = []
    while len(" ".join(words)) < 200:
        words.append(WORDS[_number("word", number, len(words)) % len(WORDS)])
    return " ".join(words)[:199].rstrip().ljust(199, "s") + "."


def made_network(count: int) -> tuple[list[Thing], list[Link]]:
    """Return a network of `count` things and 1.24 times as many links."""
    hubs = max(3, count // 12)
    kinds = [KINDS[n % 2] if n < hubs else KINDS[2 + _number("kind", n) % 4] for n in range(count)]
    things = [Thing(_label(n, kind), kind) for n, kind in enumerate(kinds)]
    pairs = []
    for n in range(1, count):
        limit = min(n, hubs) if _number("hub", n) % 10 < 8 else n
        pairs.append((n, _number("to", n) % limit))
    while len(pairs) < round(count * 1.24):
        n = len(pairs)
        a, b = _number("a", n) % count, _number("b", n) % hubs
        if a != b:
            pairs.append((a, b))
        else:
            pairs.append((a, (b + 1) % count))
    links = [
        Link(
            a,
            b,
            VERBS[_number("verb", n) % len(VERBS)],
            _prose(n),
            f"Public records release PR-{2019 + n % 4}-{n:04}, p. {n % 9 + 1}",
            f"20{19 + n % 4}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        )
        for n, (a, b) in enumerate(pairs)
    ]
    return things, links
