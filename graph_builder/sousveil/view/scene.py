"""What a page of the viewer shows: things, statements with their evidence, and the words around it.

A scene knows nothing of cases or files: it is made from a case, a story, a networkx graph or a
pyvis network, and drawn as SVG, as an embed, or on a canvas.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sousveil.graph.claim_words import EvidenceView


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of thing with its look; `symbol` is one of `sousveil.view.symbols.PATHS`."""

    name: str
    label: str
    color: str
    symbol: str


@dataclass(frozen=True, kw_only=True)
class Node:
    """A thing. `anchor` names it in addresses and is unique in its scene.

    `kind` is an index into the scene's kinds; `rank` its place in the story, if it has one;
    `marked` tells that something about it is withheld, not known or not stated; `href` leads to
    its own page.
    """

    anchor: str
    label: str
    kind: int
    also: tuple[str, ...] = ()
    caption: str = ""
    rank: int | None = None
    marked: bool = False
    href: str | None = None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence with its evidence: a link where `end` is a node, else a fact about `start`.

    `first` and `last` are days (2020-07-16) between which it holds or happened; either may be
    missing where the other is known, and both where no date is known. `origins` is None where
    origins were not computed. `standing` holds the standing and the flags, `life` what else
    must be told.
    """

    anchor: str
    start: int
    end: int | None
    sentence: str
    verb: str
    accepted: bool
    standing: tuple[str, ...] = ()
    when: str = ""
    first: str | None = None
    last: str | None = None
    origins: tuple[str, ...] | None = None
    remarks: tuple[str, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One step of a guided walk: its text, and what is in focus, by index."""

    text: str
    nodes: tuple[int, ...]
    statements: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """All that a page shows. Statements are links that are accepted, then other links, then facts.

    `language` is that of the texts; `interface` that of the buttons: en, de or es.
    `origin` names the case where neither the title nor a version does.
    """

    title: str
    language: str
    interface: str
    kinds: tuple[Kind, ...]
    nodes: tuple[Node, ...]
    statements: tuple[Statement, ...]
    finding: str = ""
    alt: str = ""
    origin: str = ""
    as_of: str = ""
    version: str = ""
    correction: str = ""
    credits: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    steps: tuple[StepView, ...] = ()
    stamp: str = ""
    source_pages: dict[str, str] = field(default_factory=dict)

    @property
    def links(self) -> list[Statement]:
        """The statements that join two things, accepted ones first."""
        return [s for s in self.statements if s.end is not None]


def in_order(statements: list[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of a scene: links, then facts; of each the accepted first."""
    return tuple(sorted(statements, key=lambda s: (s.end is None, not s.accepted)))
