"""The days of claims: from which to which day what they say holds or happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.model.records import Kind
from sousveil.model.values import date_words

_DATE = "date"
"""The relation that tells when an event took place."""

Days = tuple[str | None, str | None]
Bounds = Sequence[float | None]
"""The first and the last day as ordinals."""


@dataclass(frozen=True, kw_only=True)
class ClaimDays:
    """Days per claim (its validity, or its value if that is a date) and per event."""

    of_claim: dict[str, Days]
    of_event: dict[str, Days]
    event_words: dict[str, str]

    def of(self, claim: str, subject: str) -> Days:
        """Return the first and the last day of a claim (id); its event's where it has none."""
        return self.of_claim.get(claim) or self.of_event.get(subject) or (None, None)

    def words(self, claim: ClaimView) -> str:
        """Return when a claim holds, in words; empty where no date is known."""
        if claim.during:
            return claim.during
        if claim.kind == Kind.DATE:
            return claim.value
        return self.event_words.get(claim.subject, "")


def claim_days(words: CaseWords, only: Collection[str] | None = None) -> ClaimDays:
    """Return the days of all claims of a case, or of some (ids) and of their events."""
    among, given = "", []
    if only is not None:
        among = (
            "AND subject IN (SELECT subject FROM claim WHERE id IN (SELECT unnest(?::VARCHAR[])))"
        )
        given = [sorted(only)]
    in_words = cache(date_words)
    dates = {r.iri for r in words.vocabulary.relations.values() if r.label == _DATE}
    of_claim: dict[str, Days] = {}
    bounds: dict[str, list[Bounds]] = {}
    told: dict[str, list[tuple[bool, str, str]]] = {}
    for id_, subject, predicate, kind, edtf, accepted, value, during in words.tables.query(
        f"""
        SELECT id, subject, predicate, kind, lexical, accepted, [low, high],
            [during_low, during_high]
        FROM claim JOIN standing ON claim = id
        WHERE life = 'active' AND (kind = 'date' OR during IS NOT NULL) {among}
        """,  # noqa: S608
        given,
    ):
        known = during if during != [None, None] else value if kind == Kind.DATE else [None, None]
        if known != [None, None]:
            of_claim[id_] = (_day(known[0]), _day(known[1]))
        if kind == Kind.DATE and predicate in dates:
            bounds.setdefault(subject, []).append(value)
            told.setdefault(subject, []).append((not accepted, in_words(edtf), id_))
    return ClaimDays(
        of_claim=of_claim,
        of_event={subject: _around(found) for subject, found in bounds.items()},
        event_words={
            subject: " / ".join(value for _, value, _ in sorted(values))
            for subject, values in told.items()
        },
    )


def _around(found: list[Bounds]) -> Days:
    """The widest span: where sources differ, none of them is cut off."""
    lows = [low for low, _ in found if low is not None]
    highs = [high for _, high in found if high is not None]
    low = min(lows) if len(lows) == len(found) and lows else None
    high = max(highs) if len(highs) == len(found) and highs else None
    return _day(low), _day(high)


@cache
def _day(ordinal: float | None) -> str | None:
    if ordinal is None or not 1 <= ordinal <= date.max.toordinal():
        return None
    return date.fromordinal(int(ordinal)).isoformat()
