"""The overview of a case: claims by standing, drift, differences, conflicts, gaps and more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sousveil.graph.case_words import CaseWords
from sousveil.view.single_origin import Single, SingleOrigin


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading of the overview: its lines, and what an empty one says."""

    title: str
    explains: str
    lines: tuple[str, ...]
    count: int | None = None

    @property
    def number(self) -> int:
        """How many things the section is about; by default its lines."""
        return len(self.lines) if self.count is None else self.count


BY_ORIGIN = "Single-origin claims"
"""The title of the section that counts the claims that rest on one origin."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The overview of a case in one profile."""

    title: str
    digest: str
    counts: Mapping[str, int]
    standings: Mapping[str, int]
    sections: tuple[Section, ...]
    single: SingleOrigin


@dataclass(frozen=True, kw_only=True)
class FormerOverview:
    """What the overview of a former state of the case said, by title and sorted.

    `claims` are the ids of those that may be told otherwise now.
    """

    words: CaseWords
    claims: Collection[str]
    lines: Mapping[str, tuple[str, ...]]
    single: SingleOrigin


def overview(words: CaseWords, former: FormerOverview | None = None) -> Overview:
    """Return the overview of a case; lines of claims that are told as before are taken over.

    Raises ValueError where the former overview lacks a line that it must have.
    """
    tables = words.tables
    counts = {
        name: int(tables.query(f'SELECT count(*) FROM "{name}"')[0][0])  # noqa: S608
        for name in ("entity", "source", "claim", "evidence", "derived_link")
    }
    tally = tables.query(
        "SELECT standing, accepted, kind IN ('entity', 'term'), count(*) "
        "FROM standing JOIN claim ON id = claim GROUP BY ALL"
    )
    standings: Counter[str] = Counter()
    for standing, _, _, number in tally:
        standings[standing] += number
    counts["accepted"] = sum(number for _, accepted, _, number in tally if accepted)
    # The page draws these; the other claims stand beside their thing.
    links = [(acc, n) for standing, acc, edge, n in tally if edge and standing != "retracted"]
    counts["links"] = sum(number for _, number in links)
    counts["accepted_links"] = sum(number for accepted, number in links if accepted)
    now = _Told(words, former.claims if former else None)
    was = _Told(former.words, former.claims) if former else None

    def lines(title: str, make: Callable[[_Told], list[str]]) -> tuple[str, ...]:
        kept = former.lines[title] if former else ()
        gone: list[str] = make(was) if was else []
        return _changed(kept, gone, make(now))

    single = (
        former.single.changed(was.single(), now.single())
        if former and was
        else SingleOrigin.of(now.single())
    )
    return Overview(
        title=tables.header.title,
        digest=tables.digest(),
        counts=counts,
        standings=dict(sorted(standings.items())),
        sections=_sections(words, lines, single),
        single=single,
    )


def _changed(kept: Iterable[str], gone: Iterable[str], come: Iterable[str]) -> tuple[str, ...]:
    """Return what is left, sorted. Raises ValueError where something was not there that goes."""
    found = Counter(kept)
    found.subtract(gone)
    if any(number < 0 for number in found.values()):
        raise ValueError("the former overview is not that of the former tables")
    found.update(come)
    return tuple(sorted(found.elements()))


def _sections(
    words: CaseWords,
    lines: Callable[[str, Callable[[_Told], list[str]]], tuple[str, ...]],
    single: SingleOrigin,
) -> tuple[Section, ...]:
    def told(title: str, explains: str, make: Callable[[_Told], list[str]]) -> Section:
        return Section(title=title, explains=explains, lines=lines(title, make))

    return (
        told(
            "Drift",
            "A relayed value that its own named origin does not bear out; never accepted.",
            _Told.drift,
        ),
        told(
            "Conflicts",
            "Values that cannot hold together; all are kept.",
            lambda claims: claims.pairs("conflict"),
        ),
        told(
            "Differences",
            "Values that overlap without being equal.",
            lambda claims: claims.pairs("difference"),
        ),
        told(
            "Disputed and denied",
            "Claims that a source or a party contradicts.",
            _Told.disputed,
        ),
        told(
            "Retracted",
            "Claims that no counted evidence supports any more.",
            _Told.retracted,
        ),
        Section(
            title="Gaps",
            explains="What a source does not say though its event should have it.",
            lines=tuple(
                f"{words.labels[g.subject]}: '{g.relation}' is not stated by {g.source_label}"
                for g in words.gaps()
            ),
        ),
        told(
            "Withheld and not known",
            "Withheld is not the same as not known, and neither is none.",
            _Told.withheld,
        ),
        Section(
            title=BY_ORIGIN,
            explains="Claims that rest on one origin, by origin.",
            lines=single.by_origin(),
            count=len(single.lines),
        ),
        Section(
            title="Unread sources",
            explains="Known through others only; reading them would settle most of the above.",
            lines=_unread(words),
        ),
    )


class _Told:
    """What the overview tells of claims: of all, or of some (ids)."""

    def __init__(self, words: CaseWords, ids: Collection[str] | None) -> None:
        self.words = words
        self.ids = ids
        self.claims = words.claims(retracted=True, only=ids, later=True)
        self.active = [claim for claim in self.claims if claim.standing != "retracted"]

    def single(self) -> list[Single]:
        return [(c.sentence, c.id, c.origins[0]) for c in self.active if len(c.origins) == 1]

    def drift(self) -> list[str]:
        drifted = self.words.tables.column("SELECT claim FROM drift")
        self.words.read_ahead([claim.id for claim in self.active if claim.id in drifted])
        return [
            f"{c.subject_label}, {c.relation}: {remark.removeprefix('drifted: ')}"
            for c in self.active
            if c.id in drifted
            for remark in c.remarks
            if remark.startswith("drifted")
        ]

    def disputed(self) -> list[str]:
        states = ("disputed", "denied")
        return [f"{c.sentence} ({c.standing})" for c in self.active if c.standing in states]

    def retracted(self) -> list[str]:
        gone = [claim for claim in self.claims if claim.standing == "retracted"]
        self.words.read_ahead([claim.id for claim in gone])
        return [
            f"{c.sentence}: {'; '.join(sorted({e.discounted or '' for e in c.evidence}))}"
            for c in gone
        ]

    def withheld(self) -> list[str]:
        return [
            f"{c.subject_label}: '{c.relation}' is {c.value}"
            for c in self.active
            if c.kind in ("withheld", "unknown")
        ]

    def pairs(self, table: str) -> list[str]:
        """One line per pair of claims, one of them among these: both values, and who says so."""
        ids = "(SELECT unnest($1::VARCHAR[]))"
        among = "" if self.ids is None else f"WHERE a IN {ids} OR b IN {ids}"
        pairs = self.words.tables.query(
            f"SELECT DISTINCT least(a, b), greatest(a, b) FROM {table} {among} ORDER BY ALL",  # noqa: S608
            [] if self.ids is None else [sorted(self.ids)],
        )
        paired = {claim for pair in pairs for claim in pair}
        views = {claim.id: claim for claim in self.active if claim.id in paired}
        if others := paired - views.keys():
            views |= {claim.id: claim for claim in self.words.claims(only=others, later=True)}
        said = self.words.supporters(paired)
        found = []
        for one, other in pairs:
            a, b = sorted((views[one], views[other]), key=lambda c: (not c.accepted, c.value, c.id))
            told = [f"{c.value} ({'; '.join(sorted(set(said[c.id])))})" for c in (a, b)]
            found.append(f"{a.subject_label}, {a.relation}: {'; '.join(told)}")
        return found


def _unread(words: CaseWords) -> tuple[str, ...]:
    rows = words.tables.query(
        """
        SELECT iri, title, known_through, (
            SELECT count(*) FROM counted e WHERE list_contains(e.via, s.iri)) AS relayed
        FROM source s WHERE recorded IS NULL ORDER BY relayed DESC, iri
        """
    )
    return tuple(
        f"{title}{'' if words.labels[iri] == title else f' ({words.labels[iri]})'}: known through "
        f"{'; '.join(words.labels[k] for k in known)}. Pieces of evidence that relay it: {relayed}"
        for iri, title, known, relayed in rows
    )
