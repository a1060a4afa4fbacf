"""What changed in a case between two states of it, as they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sousveil.ask.effects import (
    GRAVE,
    ClaimEffect,
    DerivedLink,
    Effect,
    LinkEffect,
    claim_effects,
    link_effects,
)
from sousveil.graph.claim_words import ClaimView
from sousveil.graph.read_back import CaseRead
from sousveil.vocabulary.terms import Vocabulary

HOW = (
    "both states are compared as they were written: claims by what they say, evidence by its "
    "source and place; a claim that is gone is one with another value where the same source now "
    "says otherwise of the same thing, or where a decision corrects it"
)


@dataclass(frozen=True, kw_only=True)
class StoryState:
    """A story in one state of a case; of a build only its page is known, and no claims of it."""

    key: str
    title: str
    version: str | None
    fingerprint: str
    claims: frozenset[str]
    page: bool


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """A case in one state: where it is from, what it held, and its stories by key."""

    name: str
    read: CaseRead
    stories: Mapping[str, StoryState]


@dataclass(frozen=True, kw_only=True)
class ThingChange:
    """An entity or a source that came, went, or is called or typed otherwise."""

    change: str
    iri: str
    was: str | None
    now: str | None


@dataclass(frozen=True, kw_only=True)
class StoryChange:
    """A story that came, went or changed; `fallen` are claims of its steps not to be printed."""

    change: str
    key: str
    title: str
    was: str | None
    now: str | None
    fallen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed from one state to another.

    Args:
        remarks: what a reader must know before anything else, such as another profile.
        claims: claims of then that changed, the gravest first; `added` are those that came.
        decided: why an editor decided so, by the id of the claim of then.
        corrected: the ids of the claims of then whose other value a decision `correct` gives.
    """

    old: str
    new: str
    case_title: str
    profile: str
    remarks: tuple[str, ...]
    claims: tuple[ClaimEffect, ...]
    added: tuple[ClaimView, ...]
    unchanged: int
    decided: dict[str, str]
    corrected: frozenset[str]
    links: tuple[LinkEffect, ...]
    entities: tuple[ThingChange, ...]
    sources: tuple[ThingChange, ...]
    stories: tuple[StoryChange, ...]

    def counts(self) -> dict[str, int]:
        """Return how many claims changed in which way, the gravest first, new ones last."""
        found = Counter(each.effect for each in self.claims)
        found[Effect.NEW] = len(self.added)
        return {str(effect): found[effect] for effect in Effect if found[effect]}

    def __bool__(self) -> bool:
        return bool(
            self.claims or self.added or self.links or self.entities or self.sources or self.stories
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the changes as plain data for JSON."""
        return {
            "old": self.old,
            "new": self.new,
            "case": self.case_title,
            "profile": self.profile,
            "how": HOW,
            "remarks": list(self.remarks),
            "counts": self.counts(),
            "unchanged": self.unchanged,
            "claims": [
                {**each.as_dict(), "decided": self.decided.get(each.was.id)} for each in self.claims
            ],
            "added": [claim.as_dict() for claim in self.added],
            "derivedLinks": [each.as_dict() for each in self.links],
            "entities": [vars(each) for each in self.entities],
            "sources": [vars(each) for each in self.sources],
            "stories": [{**vars(each), "fallen": list(each.fallen)} for each in self.stories],
        }


def changes_between(old: CaseState, new: CaseState, vocabulary: Vocabulary) -> Changes:
    """Return what changed between two states of one case."""
    then, now = old.read, new.read
    before = sorted(then.claims.values(), key=lambda c: (c.subject, c.relation, c.id))
    effects = [
        each
        for each in claim_effects(before, now.claims.values())
        if each.effect is not Effect.OTHER_ORIGINS or not _same_origins(each, then, now)
    ]
    fresh = [
        claim
        for claim in now.claims.values()
        if claim.standing != "retracted"
        and (claim.id not in then.claims or then.claims[claim.id].standing == "retracted")
    ]
    effects, added = _paired(effects, fresh, now)
    counted = sum(1 for claim in before if claim.standing != "retracted")
    fallen = {e.was.id: e.was.sentence for e in effects if e.effect in (*GRAVE, Effect.VALUE)}
    return Changes(
        old=old.name,
        new=new.name,
        case_title=now.title,
        profile=now.profile,
        remarks=_remarks(old, new),
        claims=tuple(effects),
        added=tuple(sorted(added, key=lambda c: (c.subject, c.relation, c.value, c.id))),
        unchanged=counted - len(effects),
        decided=_decided(effects, now),
        corrected=_corrected(effects, now),
        links=tuple(link_effects(_links(then, vocabulary), _links(now, vocabulary))),
        entities=_things(then, now, sources=False),
        sources=_things(then, now, sources=True),
        stories=_stories(old, new, fallen),
    )


def _same_origins(each: ClaimEffect, then: CaseRead, now: CaseRead) -> bool:
    """Tell whether the origins are the same things, and only called otherwise."""
    return then.origins[each.was.id] == now.origins[each.was.id]


def _remarks(old: CaseState, new: CaseState) -> tuple[str, ...]:
    found = []
    if old.read.profile != new.read.profile:
        found.append(
            f"'{old.name}' is of the profile {old.read.profile}, '{new.name}' of "
            f"{new.read.profile}: names and notes may differ for that reason alone"
        )
    if old.read.title != new.read.title:
        found.append(f"the case was called '{old.read.title}'")
    return tuple(found)


def _paired(
    effects: Iterable[ClaimEffect], fresh: list[ClaimView], now: CaseRead
) -> tuple[list[ClaimEffect], list[ClaimView]]:
    """Join a claim that is gone with the new one that took its place."""
    corrections = _corrections(now)
    waiting = {claim.id: claim for claim in fresh}
    found = []
    for each in effects:
        successor = None
        if each.effect is Effect.GONE and each.now is None:
            rivals = [claim for claim in waiting.values() if _replaces(each.was, claim)]
            rivals.sort(key=lambda claim: (claim.during != each.was.during, claim.id))
            by_decision = waiting.get(corrections.get(each.was.id, ""))
            successor = by_decision or (rivals[0] if rivals else None)
        if successor is not None:
            del waiting[successor.id]
            found.append(replace(each, effect=Effect.VALUE, now=successor))
        else:
            found.append(each)
    order = list(Effect)
    ordered = sorted(found, key=lambda e: (order.index(e.effect), e.was.subject, e.was.id))
    return ordered, list(waiting.values())


def _corrections(read: CaseRead) -> dict[str, str]:
    """Return the claims that decisions correct, each with the one that stands in its place."""
    found = [each for each in read.decisions if each.decision == "correct"]
    return {id_: each.claim for each in found if each.claim for id_ in each.over}


def _corrected(effects: Iterable[ClaimEffect], now: CaseRead) -> frozenset[str]:
    corrections = _corrections(now)
    return frozenset(e.was.id for e in effects if e.now and corrections.get(e.was.id) == e.now.id)


def _replaces(was: ClaimView, now: ClaimView) -> bool:
    return (was.subject, was.predicate) == (now.subject, now.predicate) and bool(
        _supporters(was) & _supporters(now)
    )


def _supporters(claim: ClaimView) -> set[str]:
    return {e.source for e in claim.evidence if e.stance == "supports" and not e.discounted}


def _decided(effects: Iterable[ClaimEffect], now: CaseRead) -> dict[str, str]:
    """Return why an editor decided so: of the last decision on the claim or on its source."""
    found = {}
    for each in effects:
        sources = {e.source for e in each.was.evidence}
        for decision in now.decisions:
            named = each.was.id in (decision.claim, *decision.over)
            if named or (decision.decision == "retract source" and decision.about in sources):
                found[each.was.id] = (
                    f"{decision.decision}, {decision.decided}: {decision.because.strip()}"
                )
    return found


def _links(read: CaseRead, vocabulary: Vocabulary) -> dict[str, DerivedLink]:
    relations = {relation.iri: relation for relation in vocabulary.relations.values()}
    found = {}
    for link in read.links.values():
        known = relations.get(link.predicate)
        verb = known.verbs.reads if known else link.predicate.rsplit("#", 1)[-1]
        ends = [read.labels.get(iri, iri) for iri in (link.subject, link.object)]
        found[link.id] = DerivedLink(
            id=link.id,
            subject=link.subject,
            object=link.object,
            sentence=f"{ends[0]} {verb} {ends[1]}",
            standing=link.standing,
            origins=link.origins,
            claims=link.claims,
        )
    return found


def _things(then: CaseRead, now: CaseRead, *, sources: bool) -> tuple[ThingChange, ...]:
    found = []
    for iri in sorted({*then.types, *now.types}):
        if (iri in then.sources or iri in now.sources) is not sources:
            continue
        was, is_ = _thing(then, iri), _thing(now, iri)
        if _told(then, iri) != _told(now, iri):
            change = "new" if was is None else "gone" if is_ is None else "changed"
            found.append(ThingChange(change=change, iri=iri, was=was, now=is_))
    return tuple(found)


def _told(read: CaseRead, iri: str) -> tuple[str | None, str | None]:
    return read.titles.get(iri), read.types.get(iri)


def _thing(read: CaseRead, iri: str) -> str | None:
    if iri not in read.types:
        return None
    about = "" if read.labels[iri] == read.titles[iri] else f", {read.labels[iri]}"
    return f"{read.titles[iri]} ({read.types[iri]}{about})"


def _stories(old: CaseState, new: CaseState, fallen: Mapping[str, str]) -> tuple[StoryChange, ...]:
    found = []
    for key in sorted({*old.stories, *new.stories}):
        was, now = old.stories.get(key), new.stories.get(key)
        known = was or now
        assert known is not None
        lost = tuple(fallen[i] for i in sorted(was.claims & fallen.keys())) if was else ()
        same = was and now and (was.page != now.page or was.fingerprint == now.fingerprint)
        if same and not lost:
            continue
        change = "new" if was is None else "gone" if now is None else "changed"
        if same:
            change = "as it was, but its claims are not"
        elif was and now and was.page:
            change = "its page changed"
        found.append(
            StoryChange(
                change=change,
                key=key,
                title=known.title,
                was=was.version if was else None,
                now=now.version if now else None,
                fallen=lost,
            )
        )
    return tuple(found)
