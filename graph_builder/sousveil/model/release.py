"""What must be there before anything goes out: no embargo left, and every party asked.

An embargo is a day, which begins at midnight on the clock of the machine that asks, or a time with
its offset from UTC (ISO 8601: 2026-12-01T06:00+01:00), which is the same moment everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

NO_EMBARGO = "none"
RIGHT_OF_REPLY = "right of reply"
GATES = (RIGHT_OF_REPLY,)
"""The gates that a decision may override; an embargo is taken back where it is written."""

EMBARGO_FORM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
)
EMBARGO_FORMS = "none, a day: 2026-12-01, or a time with its offset: 2026-12-01T06:00+01:00"


class NoEmbargo(ValueError):
    """The text is none of the forms of an embargo."""


@dataclass(frozen=True, kw_only=True)
class Embargo:
    """Until when something is held back, as typed (None: it is not), and where that stands."""

    until: str | None
    file: str
    line: int | None

    def holds(self, now: datetime) -> bool:
        """Tell whether it holds at a moment, which must know its offset from UTC."""
        return self.until is not None and now < embargo_end(self.until)


@dataclass(frozen=True, kw_only=True)
class GateOverride:
    """An editor's decision to publish a story although a gate is shut; `party` is an IRI."""

    gate: str
    story: str
    party: str
    because: str
    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Gates:
    """The embargo of a case, and what editors decided about its gates."""

    embargo: Embargo | None = None
    overrides: tuple[GateOverride, ...] = ()

    def overridden(self, story: str, party: str) -> bool:
        """Tell whether a story may go out without the reply of a party."""
        return any(each.story == story and each.party == party for each in self.overrides)


def embargo_end(text: str) -> datetime:
    """Return the moment at which an embargo ends; raises NoEmbargo for another form."""
    if not EMBARGO_FORM.fullmatch(text):
        raise NoEmbargo(f"'{text}' is no embargo; write {EMBARGO_FORMS}")
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.astimezone()
    except (ValueError, OverflowError) as error:
        raise NoEmbargo(f"'{text}' is not a possible time") from error
