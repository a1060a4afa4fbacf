"""The days of claims: from which to which day what they say holds or happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.model.records import Kind

_DATE = "date"
"""The relation that tells when an event took place."""

Days = tuple[str | None, str | None]


@dataclass(frozen=True, kw_only=True)
class ClaimDays:
    """Days per claim (its validity, or its value if that is a date) and per event."""

    of_claim: dict[str, Days]
    of_event: dict[str, Days]
    event_words: dict[str, str]

    def days(self, claim: ClaimView) -> Days:
        """Return the first and the last day of a claim; its event's where it has none itself."""
        return self.of_claim.get(claim.id) or self.of_event.get(claim.subject) or (None, None)

    def words(self, claim: ClaimView) -> str:
        """Return when a claim holds, in words; empty where no date is known."""
        if claim.during:
            return claim.during
        if claim.kind == Kind.DATE:
            return claim.value
        return self.event_words.get(claim.subject, "")


def claim_days(words: CaseWords, claims: Iterable[ClaimView]) -> ClaimDays:
    """Return the days of all claims of a case."""
    of_claim: dict[str, Days] = {}
    bounds: dict[str, list[tuple[float | None, float | None]]] = {}
    for id_, subject, kind, low, high, from_, until in words.tables.query(
        "SELECT id, subject, kind, low, high, during_low, during_high FROM claim "
        "WHERE kind = 'date' OR during IS NOT NULL"
    ):
        if from_ is not None or until is not None:
            of_claim[id_] = (_day(from_), _day(until))
        elif kind == Kind.DATE and (low is not None or high is not None):
            of_claim[id_] = (_day(low), _day(high))
            bounds.setdefault(subject, []).append((low, high))
    told: dict[str, list[str]] = {}
    dated: dict[str, Days] = {}
    for claim in claims:
        if claim.kind == Kind.DATE and claim.relation == _DATE:
            told.setdefault(claim.subject, []).append(claim.value)
            dated[claim.subject] = _around(bounds.get(claim.subject, []))
    return ClaimDays(
        of_claim=of_claim,
        of_event=dated,
        event_words={subject: " / ".join(values) for subject, values in told.items()},
    )


def _around(found: list[tuple[float | None, float | None]]) -> Days:
    """The widest span: where sources differ, none of them is cut off."""
    lows = [low for low, _ in found if low is not None]
    highs = [high for _, high in found if high is not None]
    low = min(lows) if len(lows) == len(found) and lows else None
    high = max(highs) if len(highs) == len(found) and highs else None
    return _day(low), _day(high)


def _day(ordinal: float | None) -> str | None:
    if ordinal is None or not 1 <= ordinal <= date.max.toordinal():
        return None
    return date.fromordinal(int(ordinal)).isoformat()
