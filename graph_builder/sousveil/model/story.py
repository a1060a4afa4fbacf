"""A story: one published view of a case, as its file says it."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.model.release import Embargo

NOT_YET_ASKED = "not yet asked"
NO_RESPONSE = "did not respond by deadline"
OUTCOMES = ("replied", "declined", NO_RESPONSE, "could not be reached", NOT_YET_ASKED)
"""How a party's right of reply ended; what a source says of it is a claim, not this."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """What became of asking a party; `party` is an IRI, days are as typed."""

    party: str
    outcome: str
    asked: str | None
    channel: str | None
    deadline: str | None
    reply: str | None
    line: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a guided walk: its text, the things in focus (IRIs) and claims (ids)."""

    text: str
    things: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """A selection of things with the words that go with it.

    `things` are IRIs in reading order; of `around` the neighbours are taken in as well, and
    `without` is left out. `captions` holds a few words per thing. `embargo` is the story's
    own; None where that of its case holds.
    """

    key: str
    title: str
    finding: str
    language: str | None
    things: tuple[str, ...]
    around: tuple[str, ...]
    without: tuple[str, ...]
    captions: tuple[tuple[str, str], ...]
    alt: str | None
    as_of: str
    version: str
    correction: str | None
    credits: tuple[str, ...]
    parties: tuple[Party, ...]
    embargo: Embargo | None
    steps: tuple[Step, ...]
    file: str
    line: int

    def texts(self) -> list[tuple[str, str | None]]:
        """Return every free text of the story, each with the name of its field."""
        return [
            ("key", self.key),
            ("title", self.title),
            ("finding", self.finding),
            ("alt", self.alt),
            ("correction", self.correction),
            *(("credits", credit) for credit in self.credits),
            *(("captions", caption) for _, caption in self.captions),
            *(("parties", text) for p in self.parties for text in (p.channel, p.reply)),
            *(("steps", step.text) for step in self.steps),
        ]
