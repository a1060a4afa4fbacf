"""A case as of a day: what had happened, what was reported, what was recorded here by then.

The claim tables are filtered and everything is computed anew from what is left, so that every
store, page and answer sees the same. Three times are kept apart:

happened   events that may have taken place in that time, and claims that held in it
reported   evidence of sources that were published by then
recorded   evidence, decisions and judgements that were taken in here by then

Each is an EDTF date or interval. A date D means up to the end of D for what was reported and
recorded, and D itself for what happened; an interval means within it. What bears no date, or none
precise enough to be sure, is left out of reported and recorded, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sousveil.errors import UsageError
from sousveil.ledger.copies import copied_tables, drop_orphans
from sousveil.ledger.profile import make_profiles
from sousveil.ledger.tables import ClaimTables
from sousveil.model.edtf_days import Days, NotEdtf, edtf_days
from sousveil.model.values import date_words
from sousveil.standing.compute import compute_standing
from sousveil.vocabulary.terms import Vocabulary

AT = ("date", "as of", "period", "spent during", "announced on", "approved on", "proposed on")
BEGINS = ("in force from", "created on", "launched on", "live from", "access from", "signed on")
ENDS = ("in force until", "ended", "cancelled on", "access until")
"""The relations that say when a thing took place, began to be, and ceased to be."""
DATED = ("Event", "Count")
"""Types whose things have a day: without one it is not known whether they fit."""


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The three times; EDTF, None for all time. Raises UsageError for what is no date."""

    happened: str | None = None
    reported: str | None = None
    recorded: str | None = None

    def __post_init__(self) -> None:
        for name, value in self.given():
            try:
                edtf_days(value)
            except NotEdtf as error:
                raise UsageError(
                    f"--{name}: {error}; write a date such as 2021-06-17 or 2021, or an interval "
                    "such as 2020/2021"
                ) from error

    def __bool__(self) -> bool:
        return any(True for _ in self.given())

    def given(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each time that is set."""
        for each in fields(self):
            value = getattr(self, each.name)
            if value is not None:
                yield each.name, value

    def words(self) -> dict[str, str]:
        """Return the times that are set, as a reader wants them."""
        return {name: date_words(value) for name, value in self.given()}


def tables_as_of(
    tables: ClaimTables, vocabulary: Vocabulary, as_of: AsOf
) -> tuple[ClaimTables, tuple[str, ...]]:
    """Return the tables as of a time, with all that follows from them, and what was left out.

    They live in the same DuckDB instance as `tables`, which must stay open as long.
    """
    seen = copied_tables(tables)
    told: list[str] = []
    if as_of.reported is not None:
        told += _reported(seen, as_of.reported)
    if as_of.recorded is not None:
        told += _recorded(seen, as_of.recorded)
    drop_orphans(seen)
    if as_of.happened is not None:
        told += _happened(seen, vocabulary, as_of.happened)
        drop_orphans(seen)
    compute_standing(seen, vocabulary)
    make_profiles(seen)
    return seen, tuple(told)


def _by_then(wanted: str, days: Days) -> bool:
    """Tell whether something is surely by the end of a date, or surely within an interval."""
    low, high = edtf_days(wanted)
    first, last = days
    begins = low is None or "/" not in wanted or (first is not None and first >= low)
    ends = high is None or (last is not None and last <= high)
    return begins and ends


def _days(edtf: str | None) -> Days:
    try:
        return (None, None) if edtf is None else edtf_days(edtf)
    except NotEdtf:
        return None, None


def _sure(wanted: str, edtf: str | None) -> bool:
    return edtf is not None and _by_then(wanted, _days(edtf))


def _maybe(wanted: str, edtf: str | None) -> bool:
    """Tell whether a date that is not surely by then may be: it overlaps, or is not known."""
    low, high = edtf_days(wanted)
    first, last = _days(edtf)
    before = high is None or first is None or first <= high
    after = low is None or "/" not in wanted or last is None or last >= low
    return before and after


def _reported(tables: ClaimTables, wanted: str) -> list[str]:
    rows = tables.query(
        """
        SELECT iri, coalesce(title, key), published, iri IN (SELECT source FROM evidence)
        FROM source ORDER BY key
        """
    )
    out = [(iri, title, day, used) for iri, title, day, used in rows if not _sure(wanted, day)]
    gone = [iri for iri, *_ in out]
    for table in ("evidence", "gap"):
        tables.connection.execute(
            f"DELETE FROM {table} WHERE source IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608
            [gone],
        )
    unsure = [title for _, title, day, used in out if used and _maybe(wanted, day)]
    if not unsure:
        return []
    return [
        f"left out, because the day they were published is not known well enough: "
        f"{'; '.join(unsure)}"
    ]


def _recorded(tables: ClaimTables, wanted: str) -> list[str]:
    days = [day for (day,) in tables.query("SELECT DISTINCT recorded FROM evidence")]
    kept = [day for day in days if _sure(wanted, day)]
    ((unsure,),) = tables.query("SELECT count(*) FROM evidence WHERE recorded IS NULL")
    tables.connection.execute(
        "DELETE FROM evidence WHERE recorded IS NULL "
        "OR recorded NOT IN (SELECT unnest(?::VARCHAR[]))",
        [kept],
    )
    read = [
        iri for iri, day in tables.query("SELECT iri, recorded FROM source") if _sure(wanted, day)
    ]
    tables.connection.execute(
        "DELETE FROM gap WHERE source NOT IN (SELECT unnest(?::VARCHAR[]))", [read]
    )
    for table in ("decision", "judgement"):
        decided = tables.query(f"SELECT sequence, decided FROM {table}")  # noqa: S608
        gone = [number for number, day in decided if not _sure(wanted, day)]
        tables.connection.execute(
            f"DELETE FROM {table} WHERE sequence IN (SELECT unnest(?::BIGINT[]))",  # noqa: S608
            [gone],
        )
    if not unsure:
        return []
    return [f"left out: {unsure} pieces of evidence without the day they were recorded"]


_TIMES = """
SELECT c.subject, c.predicate, c.low, c.high FROM claim c
WHERE c.kind = 'date' AND c.predicate IN (SELECT unnest(?::VARCHAR[]))
"""


def _happened(tables: ClaimTables, vocabulary: Vocabulary, wanted: str) -> list[str]:
    low, high = edtf_days(wanted)
    iris = {
        vocabulary.relations[label].iri: label
        for label in (*AT, *BEGINS, *ENDS)
        if label in vocabulary.relations
    }
    spans = _spans(tables.query(_TIMES, [sorted(iris)]), iris)
    outside = [s for s, days in spans.items() if not any(_overlap((low, high), d) for d in days)]
    dated = [n for n in vocabulary.classes if vocabulary.is_a(n, DATED)]
    undated = [
        (iri, label)
        for iri, label in tables.query(
            "SELECT DISTINCT e.iri, e.label FROM entity e JOIN claim c ON c.subject = e.iri "
            "WHERE e.type IN (SELECT unnest(?::VARCHAR[])) ORDER BY e.label, e.iri",
            [dated],
        )
        if iri not in spans
    ]
    tables.connection.execute(
        """
        DELETE FROM claim WHERE subject IN (SELECT unnest(?::VARCHAR[]))
            OR (during_high IS NOT NULL AND during_high < ?)
            OR (during_low IS NOT NULL AND during_low > ?)
        """,
        [
            [*outside, *(iri for iri, _ in undated)],
            float("-inf") if low is None else low,
            float("inf") if high is None else high,
        ],
    )
    if not undated:
        return []
    return [f"left out, because their day is not known: {'; '.join(n for _, n in undated)}"]


def _spans(
    rows: list[tuple[str, str, float | None, float | None]], labels: dict[str, str]
) -> dict[str, list[Days]]:
    """Return for each thing the times at which it may have been."""
    found: dict[str, list[Days]] = {}
    lasting: dict[str, Days] = {}
    for subject, predicate, first, last in rows:
        label = labels[predicate]
        if label in AT:
            found.setdefault(subject, []).append((first, last))
            continue
        begin, end = lasting.get(subject, (None, None))
        if label in BEGINS:
            begin = first if begin is None or first is None else min(begin, first)
        else:
            end = last if end is None or last is None else max(end, last)
        lasting[subject] = (begin, end)
    for subject, days in lasting.items():
        found.setdefault(subject, []).append(days)
    return found


def _overlap(one: Days, other: Days) -> bool:
    return (one[1] is None or other[0] is None or other[0] <= one[1]) and (
        one[0] is None or other[1] is None or other[1] >= one[0]
    )
