"""Claims that a case made once and makes no longer, or makes otherwise, and who decided so.

An edit of a source file leaves no trace in the outputs. Here it does: a claim of then is compared
with the claims of now, source by source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sousveil.model.decision_kinds import CORRECT, RETRACT_SOURCE
from sousveil.model.records import Claim, Decision, Evidence, Kind, Stance
from sousveil.readers.case_folder import CaseRows

_SAID = ("attributed_to", "on_behalf_of", "said_in")


class Change(StrEnum):
    """What became of a claim, or of a piece of its evidence."""

    VANISHED = "vanished"
    CHANGED = "changed"
    EVIDENCE_LOST = "evidence lost"
    EVIDENCE_CHANGED = "evidence changed"


@dataclass(frozen=True, kw_only=True)
class ChangedClaim:
    """One change: where the claim stood then (`file`, `line`), what it is now (None: nothing).

    `lost` names what fell away on the way: bound, via, inferred, during ...; `covered` is the place
    of the decision that accounts for the change, None where nobody decided it.
    """

    change: Change
    claim: Claim
    now: Claim | None
    source: str
    stance: str
    file: str
    line: int
    lost: tuple[str, ...]
    covered: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All changes by place, and how many claims are new."""

    changes: tuple[ChangedClaim, ...]
    new: int


def compare(then: CaseRows, now: CaseRows) -> Comparison:
    """Compare a case with what it was. Both must have the same base and language.

    A claim is known by its id, evidence by its source. A passage, a quotation or a note that
    changed is no change of what is claimed.
    """
    old, new = {c.id: c for c in then.claims}, {c.id: c for c in now.claims}
    fresh = {i: c for i, c in new.items() if i not in old}
    now_by_claim = _by_claim(now.evidence)
    says_now = _by_source({i: new[i] for i in new}, now.evidence)
    found: list[ChangedClaim] = []
    taken: set[tuple[str, str]] = set()
    for claim_id, evidence in sorted(_by_claim(then.evidence).items()):
        claim = old.get(claim_id)
        if claim is None:  # disputed or withdrawn only, by a source that nobody else bears out
            continue
        waiting = list(now_by_claim.get(claim_id, []))
        for each, kept in _matched(evidence, waiting):
            if kept is not None:
                lost = _evidence_lost(each, kept)
                if lost:
                    found.append(_changed(Change.EVIDENCE_CHANGED, claim, claim, each, lost, now))
                continue
            rivals = [
                c
                for c in says_now[each.source, claim.subject, claim.predicate]
                if c.id in fresh and each.stance == Stance.SUPPORTS
            ]
            free = [c for c in rivals if (each.source, c.id) not in taken]
            ranked = sorted((-_likeness(claim, c), c.id, c) for c in free)
            successor = ranked[0][2] if ranked else None
            if successor is not None:
                taken.add((each.source, successor.id))
            stays = claim_id in new
            if each.stance != Stance.SUPPORTS and not stays:
                continue  # what spoke against a claim goes with it
            change = Change.EVIDENCE_LOST if stays else Change.VANISHED
            if successor is not None:
                change = Change.CHANGED
            lost = _claim_lost(claim, successor) if successor else ()
            if successor is not None:
                its = [e for e in now_by_claim[successor.id] if e.source == each.source]
                lost += min((_evidence_lost(each, e) for e in its), key=len, default=())
            found.append(_changed(change, claim, successor, each, lost, now))
    ordered = sorted(found, key=lambda f: (f.file, f.line, f.change, f.claim.id, f.source))
    return Comparison(changes=tuple(_once(ordered)), new=len(fresh))


def _once(changes: Iterable[ChangedClaim]) -> Iterable[ChangedClaim]:
    """A source that says a thing at two places lost it once."""
    seen: set[tuple[str, str, str, str | None]] = set()
    for each in changes:
        key = (each.change, each.claim.id, each.source, each.now.id if each.now else None)
        if key not in seen:
            seen.add(key)
            yield each


def _by_claim(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        found[each.claim].append(each)
    return {
        claim: sorted(group, key=lambda e: (e.file, e.line, e.hash))
        for claim, group in found.items()
    }


def _by_source(
    claims: Mapping[str, Claim], evidence: Iterable[Evidence]
) -> defaultdict[tuple[str, str, str], list[Claim]]:
    found: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for each in evidence:
        claim = claims.get(each.claim)
        if claim is None or each.stance != Stance.SUPPORTS:
            continue
        group = found[each.source, claim.subject, claim.predicate]
        if claim not in group:
            group.append(claim)
    return found


def _matched(
    old: list[Evidence], waiting: list[Evidence]
) -> list[tuple[Evidence, Evidence | None]]:
    """Pair each piece of evidence with what it is now, the likest first; each is used once."""
    found: list[tuple[Evidence, Evidence | None]] = []
    for same_place in (True, False):
        for each in old:
            if any(each is one for one, _ in found):
                continue
            choices = [
                e
                for e in waiting
                if (e.source, e.stance) == (each.source, each.stance)
                and (not same_place or (not _evidence_lost(each, e) and e.passage == each.passage))
            ]
            if choices:
                best = min(choices, key=lambda e: (len(_evidence_lost(each, e)), e.file, e.line))
                waiting.remove(best)
                found.append((each, best))
            elif not same_place:
                found.append((each, None))
    return found


def _evidence_lost(old: Evidence, new: Evidence) -> tuple[str, ...]:
    """Return what changed in how a source knows it, in words of the case format."""
    lost: list[str] = []
    if old.via != new.via:
        lost.append("via lost" if old.via and not new.via else "another via")
    if old.inferred != new.inferred:
        lost.append("'inferred' lost" if old.inferred else "'inferred' added")
    if any(getattr(old, name) != getattr(new, name) for name in _SAID):
        gone = not any(getattr(new, name) for name in _SAID)
        lost.append("speaker lost" if gone else "another speaker")
    elif old.mode != new.mode:
        lost.append("another kind of source")
    if (old.withheld_by, old.reason) != (new.withheld_by, new.reason):
        lost.append("another withholder or reason")
    return tuple(lost)


def _claim_lost(old: Claim, new: Claim) -> tuple[str, ...]:
    lost: list[str] = []
    if (old.kind, new.kind) == (Kind.NUMBER, Kind.NUMBER) and old.bound != new.bound:
        lost.append("bound lost" if old.bound and not new.bound else "another bound")
    if old.during != new.during:
        lost.append("'during' lost" if old.during and not new.during else "another 'during'")
    return tuple(lost)


def _likeness(old: Claim, new: Claim) -> int:
    same = (old.kind, old.object, old.lexical) == (new.kind, new.object, new.lexical)
    return 2 * same + (old.during == new.during)


def _changed(
    change: Change,
    claim: Claim,
    successor: Claim | None,
    evidence: Evidence,
    lost: tuple[str, ...],
    now: CaseRows,
) -> ChangedClaim:
    return ChangedClaim(
        change=change,
        claim=claim,
        now=successor,
        source=evidence.source,
        stance=evidence.stance,
        file=evidence.file,
        line=evidence.line,
        lost=lost,
        covered=_covered(claim, evidence, now),
    )


def _covered(claim: Claim, evidence: Evidence, now: CaseRows) -> str | None:
    """Return the place of the decision that accounts for lost or changed evidence, or None.

    A `correct` covers its `was` where the same source says its `now`; a retraction covers what
    the source said, and what others had from it.
    """
    decided: list[Decision] = []
    for decision in now.decisions:
        if decision.decision == RETRACT_SOURCE:
            if decision.about in (evidence.source, *evidence.via):
                decided.append(decision)
        elif (
            decision.decision == CORRECT
            and claim.id in decision.over
            and any(e.claim == decision.claim and e.source == evidence.source for e in now.evidence)
        ):
            decided.append(decision)
    last = max(decided, key=lambda d: d.sequence, default=None)
    return f"{last.file}:{last.line}" if last else None
