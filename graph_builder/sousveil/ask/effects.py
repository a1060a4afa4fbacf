"""What became of a claim, a derived link or a row of an answer between two states of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView


class Effect(StrEnum):
    """The first that is true of it, gravest first."""

    GONE = "gone"
    NOT_ACCEPTED = "no longer accepted"
    ACCEPTED = "now accepted"
    STANDING = "another standing"
    VALUE = "another value"
    FEWER_ORIGINS = "fewer origins"
    OTHER_ORIGINS = "other origins"
    LESS_EVIDENCE = "less evidence"
    OTHER_EVIDENCE = "other evidence"
    MORE_ORIGINS = "more origins"
    MORE_EVIDENCE = "more evidence"
    NEW = "new"


GRAVE = (Effect.GONE, Effect.NOT_ACCEPTED)
"""What must not be printed any more as it was."""


@dataclass(frozen=True, kw_only=True)
class ClaimEffect:
    """A claim then and now; `now` is None where it is not there any more.

    With the effect VALUE `now` is the claim that took its place.
    """

    effect: Effect
    was: ClaimView
    now: ClaimView | None

    def as_dict(self) -> dict[str, Any]:
        """Return the effect as plain data for JSON."""
        return {
            "effect": self.effect,
            "claim": self.was.as_dict(),
            "now": self.now.as_dict() if self.now else None,
        }


@dataclass(frozen=True, kw_only=True)
class DerivedLink:
    """A derived link in words: one hop for a chain of claims."""

    id: str
    subject: str
    object: str
    sentence: str
    standing: str
    origins: int
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LinkEffect:
    """A derived link then and now; None where it was not, or is not any more.

    `still` tells that the same two things are joined by another chain all the same.
    """

    effect: Effect
    was: DerivedLink | None
    now: DerivedLink | None
    still: bool

    @property
    def link(self) -> DerivedLink:
        """The link as it was, or as it is where it is new."""
        found = self.was or self.now
        assert found is not None
        return found

    def as_dict(self) -> dict[str, Any]:
        """Return the effect as plain data for JSON."""
        return {
            "effect": self.effect,
            "link": self.link.id,
            "subject": self.link.subject,
            "object": self.link.object,
            "sentence": self.link.sentence,
            "claims": list(self.link.claims),
            "standing": self.was.standing if self.was else None,
            "standingNow": self.now.standing if self.now else None,
            "stillJoined": self.still,
        }


def claim_effects(before: Iterable[ClaimView], after: Iterable[ClaimView]) -> list[ClaimEffect]:
    """Return what changed of the claims that counted before: the gravest first, then by subject.

    Both have retracted claims too.
    """
    now = {claim.id: claim for claim in after}
    found = []
    for claim in before:
        if claim.standing == "retracted":
            continue
        other = now.get(claim.id)
        effect = _effect(claim, other)
        if effect is not None:
            found.append(ClaimEffect(effect=effect, was=claim, now=other))
    order = list(Effect)
    return sorted(found, key=lambda e: (order.index(e.effect), e.was.subject, e.was.id))


def _effect(was: ClaimView, now: ClaimView | None) -> Effect | None:
    if now is None or now.standing == "retracted":
        return Effect.GONE
    if was.accepted != now.accepted:
        return Effect.ACCEPTED if now.accepted else Effect.NOT_ACCEPTED
    if (was.standing, was.flags) != (now.standing, now.flags):
        return Effect.STANDING
    if len(now.origins) < len(was.origins):
        return Effect.FEWER_ORIGINS
    if now.origins != was.origins:
        more = len(now.origins) > len(was.origins)
        return Effect.MORE_ORIGINS if more else Effect.OTHER_ORIGINS
    then = {e.id for e in was.evidence if not e.discounted}
    since = {e.id for e in now.evidence if not e.discounted}
    if then - since:
        return Effect.OTHER_EVIDENCE if since - then else Effect.LESS_EVIDENCE
    return Effect.MORE_EVIDENCE if since - then else None


def derived_links(words: CaseWords) -> dict[str, DerivedLink]:
    """Return the derived links of a case in words, by id."""
    found = {}
    for row in words.tables.dicts("SELECT * FROM derived_link ORDER BY id"):
        verb = words.vocabulary.relation_at(row["predicate"]).verbs.reads
        ends = (words.labels[row["subject"]], words.labels[row["object"]])
        found[row["id"]] = DerivedLink(
            id=row["id"],
            subject=row["subject"],
            object=row["object"],
            sentence=f"{ends[0]} {verb} {ends[1]}",
            standing=row["standing"],
            origins=row["origins"],
            claims=tuple(row["claims"]),
        )
    return found


def link_effects(
    before: Mapping[str, DerivedLink], after: Mapping[str, DerivedLink]
) -> list[LinkEffect]:
    """Return what changed of the derived links: the gravest first, then by sentence."""
    joined = {(link.sentence, link.subject, link.object) for link in after.values()}
    found = []
    for id_ in {**before, **after}:
        was, now = before.get(id_), after.get(id_)
        effect = None
        if was is None:
            effect = Effect.NEW
        elif now is None:
            effect = Effect.GONE
        elif was.standing != now.standing:
            effect = Effect.STANDING
        elif now.origins < was.origins:
            effect = Effect.FEWER_ORIGINS
        if effect is None:
            continue
        still = was is not None and (was.sentence, was.subject, was.object) in joined
        found.append(LinkEffect(effect=effect, was=was, now=now, still=still))
    order = list(Effect)
    return sorted(found, key=lambda e: (order.index(e.effect), e.link.sentence, e.link.id))
