"""EDTF values as intervals of days, for comparison only.

Follows the Extended Date/Time Format (ISO 8601-2, EDTF levels 0 to 2) for the forms that the case
format writes: a date, `D~`, `D1/D2` with either side open (`..`), `[..D]`. A side that is open or
unknown is None: no bound is invented.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_LAST = date.max.toordinal()

Days = tuple[float | None, float | None]


class NotEdtf(ValueError):
    """The text is not a date in one of these forms of EDTF, or not a possible one."""


def edtf_days(text: str) -> Days:
    """Return the first and last day (ordinals of datetime.date) that an EDTF value covers.

    An approximate date covers one unit of its own precision more on either side.
    Raises NotEdtf for anything else.
    """
    if text.startswith("[..") and text.endswith("]"):
        return None, _closed(text[3:-1])[1]
    if text.count("/") == 1:
        first, last = text.split("/")
        low = None if first == ".." else _closed(first)[0]
        high = None if last == ".." else _closed(last)[1]
        if low is None and high is None:
            raise NotEdtf(f"'{text}' is open on both sides: not a possible date")
        if low is not None and high is not None and low > high:
            raise NotEdtf(f"'{text}' ends before it begins")
        return low, high
    return _closed(text)


def day_before(text: str) -> str:
    """Return the ISO day before a date of any precision: `2021` gives `2020-12-31`."""
    low = _closed(text)[0]
    if low is None or low < 2:
        raise NotEdtf(f"'{text}' has no day before it")
    return date.fromordinal(int(low) - 1).isoformat()


def day_text(ordinal: float | None) -> str | None:
    """Return the ISO day of an ordinal, or None."""
    return None if ordinal is None else date.fromordinal(int(ordinal)).isoformat()


def _closed(text: str) -> Days:
    approximate = text.endswith("~")
    found = _DATE.match(text.removesuffix("~") if approximate else text)
    if not found:
        raise NotEdtf(f"'{text}' is not a date in EDTF")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or year == 0:
        raise NotEdtf(f"'{text}' is not a possible year")
    try:
        if month is None:
            span = (date(year, 1, 1), date(year, 12, 31))
        elif day is None:
            span = (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        else:
            span = (date(year, month, day), date(year, month, day))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise NotEdtf(f"'{text}' is not a possible date") from error
    pad = 0
    if approximate:
        pad = (span[1] - span[0]).days + 1
    # The calendar of the comparison ends on both sides, at the years 1 and 9999.
    low, high = max(1, span[0].toordinal() - pad), min(_LAST, span[1].toordinal() + pad)
    return float(low), float(high)
