"""Tracing: the best documented paths between things, with the evidence of every hop in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sousveil.ask.answer_words import evidence_words
from sousveil.ask.path_finders import PathFinder, TablePaths
from sousveil.ask.paths import Path
from sousveil.ask.trace_graph import HOP, Wanted, hub_cost
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.vocabulary.words import counted, did_you_mean

PATHS = 3
HOPS = 4
STANDINGS = ("documented", "reported", "alleged", "conflicting", "disputed", "denied")


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One step of a path: the things it joins and all claims between them, strongest first."""

    start: str
    end: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, kw_only=True)
class TracedPath:
    """A path in words; `hubs` says which things on the way many others are joined to as well."""

    things: tuple[str, ...]
    hops: tuple[Hop, ...]
    cost: int
    hubs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What joins two things: paths, or what is nearest where there is none."""

    start: str
    end: str
    labels: dict[str, str]
    paths: tuple[TracedPath, ...]
    hops: int
    claims_used: str
    nearest: str | None
    as_of: dict[str, str]
    left_out: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the trace as plain data."""
        return {
            "from": self.start,
            "to": self.end,
            "labels": self.labels,
            "maxHops": self.hops,
            "claims": self.claims_used,
            "asOf": self.as_of,
            "leftOut": list(self.left_out),
            "nearest": self.nearest,
            "paths": [
                {
                    "things": list(path.things),
                    "cost": path.cost,
                    "hubs": list(path.hubs),
                    "hops": [
                        {"from": h.start, "to": h.end, "claims": [c.as_dict() for c in h.claims]}
                        for h in path.hops
                    ],
                }
                for path in self.paths
            ],
        }


def wanted_claims(
    words: CaseWords,
    *,
    only: Sequence[str] = (),
    relations: Sequence[str] = (),
    directed: bool = False,
    avoid: Sequence[str] = (),
) -> Wanted:
    """Return which claims a path may use. Raises UsageError for an unknown word.

    Args:
        only: standings (STANDINGS); none: what is accepted.
        relations: labels of relations; none: all.
        avoid: IRIs.
    """
    for word in only:
        if word not in STANDINGS:
            hint = did_you_mean(word, STANDINGS) or f"; there are: {', '.join(STANDINGS)}"
            raise UsageError(f"--only: no standing '{word}'{hint}")
    labels = []
    for word in relations:
        relation = words.vocabulary.relation_called(word)
        if relation is None:
            hint = did_you_mean(word, words.vocabulary.relations)
            raise UsageError(f"--relations: no relation '{word}'{hint}")
        labels.append(relation.label)
    return Wanted(
        standings=frozenset(only),
        relations=frozenset(labels),
        directed=directed,
        avoid=frozenset(avoid),
    )


def trace(
    words: CaseWords,
    start: str,
    end: str,
    wanted: Wanted | None = None,
    *,
    most: int = PATHS,
    hops: int = HOPS,
    via: Sequence[str] = (),
    as_of: dict[str, str] | None = None,
    left_out: tuple[str, ...] = (),
    finder: PathFinder | None = None,
) -> Trace:
    """Return the best paths from one thing to another (IRIs), with the evidence of each hop.

    Args:
        finder: what finds the paths; by default the case's own tables.
    """
    chosen = wanted or Wanted()
    finds = finder or TablePaths(words)
    found = finds.paths(chosen, start, end, most=most, hops=hops, via=via)
    paths = in_words(found, words)
    nearest = None if paths else _nearest(finds, chosen, words, start, end, hops, via)
    seen = {thing for path in paths for thing in path.things} | {start, end}
    return Trace(
        start=start,
        end=end,
        labels={thing: words.labels[thing] for thing in sorted(seen)},
        paths=paths,
        hops=hops,
        claims_used=_claims_used(chosen),
        nearest=nearest,
        as_of=as_of or {},
        left_out=left_out,
    )


def in_words(paths: Sequence[Path], words: CaseWords) -> tuple[TracedPath, ...]:
    """Return paths with their claims in words."""
    ids = {edge.id for path in paths for hop in path.hops for edge in hop}
    views = {view.id: view for view in words.claims(only=ids)}
    return tuple(
        TracedPath(
            things=path.things,
            hops=tuple(
                Hop(start=a, end=b, claims=tuple(views[edge.id] for edge in hop))
                for a, b, hop in zip(path.things, path.things[1:], path.hops, strict=False)
            ),
            cost=path.cost,
            hubs=tuple(
                f"{words.labels[thing]} is joined to {degree} things: passing "
                f"through it explains little (+{hub_cost(degree) / HOP:g} hops)"
                for thing, degree in zip(path.things[1:-1], path.degrees, strict=True)
                if hub_cost(degree)
            ),
        )
        for path in paths
    )


def _claims_used(wanted: Wanted) -> str:
    words = ", ".join(sorted(wanted.standings)) if wanted.standings else "accepted"
    if wanted.relations:
        words += f"; relations: {', '.join(sorted(wanted.relations))}"
    return words


def _nearest(
    finder: PathFinder,
    wanted: Wanted,
    words: CaseWords,
    start: str,
    end: str,
    hops: int,
    via: Sequence[str],
) -> str:
    """Say what comes nearest to a path that is not there: a longer one, or one less accepted."""
    for thing in (start, end):
        if not finder.degree(wanted, thing):
            others = finder.degree(replace(wanted, standings=frozenset(STANDINGS)), thing)
            more = "; claims of other standings do, see --only" if others else ""
            return f"no such claim joins {words.labels[thing]} to anything{more}"
    longer = finder.paths(wanted, start, end, most=1, hops=hops * 2, via=via)
    if longer:
        names = " - ".join(words.labels[thing] for thing in longer[0].things)
        return f"a path of {longer[0].length} hops: {names}"
    for looser, what in _loosened(wanted):
        found = finder.paths(looser, start, end, most=1, hops=hops, via=via)
        if found:
            names = " - ".join(words.labels[thing] for thing in found[0].things)
            return f"a path {what}: {names}"
    reached = finder.reached(wanted, start, end, hops)
    if not reached:
        return f"from {words.labels[start]} such claims lead to nothing"
    far = ", ".join(words.labels[thing] for thing in reached[:3])
    many = counted(len(reached), "thing")
    return f"from {words.labels[start]} such claims lead to {many}, among them {far}"


def _loosened(wanted: Wanted) -> Iterator[tuple[Wanted, str]]:
    """Yield what is wanted without one of its conditions, and what its paths are then like."""
    if wanted.directed:
        yield replace(wanted, directed=False), "against the direction of a claim"
    if wanted.standings != frozenset(STANDINGS):
        other = "of other standings" if wanted.standings else "that are not accepted"
        yield replace(wanted, standings=frozenset(STANDINGS)), f"with claims {other}"
    if wanted.relations:
        yield replace(wanted, relations=frozenset()), "over other relations"
    if wanted.avoid:
        yield replace(wanted, avoid=frozenset()), "through what is to be avoided"


def trace_text(found: Trace) -> str:
    """Return a trace for a terminal."""
    start, end = found.labels[found.start], found.labels[found.end]
    hops = counted(found.hops, "hop")
    lines = [f"from {start} to {end}, {found.claims_used} claims, at most {hops}"]
    lines += [f"as of: {name} {time}" for name, time in found.as_of.items()]
    if not found.paths:
        lines += ["", f"no path within {hops} of {found.claims_used} claims"]
        lines.append(f"nearest: {found.nearest}")
    for number, path in enumerate(found.paths, start=1):
        lines += ["", f"{number}. {' - '.join(found.labels[t] for t in path.things)}"]
        lines.append(f"   {counted(len(path.hops), 'hop')}, cost {path.cost / HOP:g}")
        for hop in path.hops:
            for claim in hop.claims:
                lines += [f"   {line}" for line in claim_lines(claim)]
        lines += [f"   ! {text}" for text in path.hubs]
    lines += ["", *found.left_out] if found.left_out else []
    return "\n".join(lines) + "\n"


def claim_lines(claim: ClaimView) -> list[str]:
    """Return a claim as a sentence, its standing, its evidence and what speaks against it."""
    origins = f"{counted(len(claim.origins), 'origin')}: {'; '.join(claim.origins)}"
    return [
        claim.sentence,
        f"  {', '.join(claim.standings)}; {origins}",
        *(f"  - {evidence_words(each)}" for each in claim.evidence),
        *(f"  ! {remark}" for remark in claim.remarks),
    ]
