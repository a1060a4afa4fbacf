"""A case as it would be without one source: its evidence and all that rests on it taken out.

What counts is decided as for a source that an editor retracted: the source's own evidence goes,
evidence that relays it, and evidence whose every relayed piece goes with it. A source that says
the same on its own, or through another source, keeps that piece. What the source disputed or
corrected is no longer disputed or corrected. `based on` in a header is not followed: such a source
speaks for itself, and its evidence stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.ledger.copies import copied_tables, drop_orphans
from sousveil.ledger.profile import make_profiles
from sousveil.ledger.tables import ClaimTables
from sousveil.model.decision_kinds import RETRACT_SOURCE
from sousveil.model.records import Decision
from sousveil.standing.compute import compute_standing
from sousveil.standing.counting import make_counting
from sousveil.vocabulary.terms import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """What went with a source.

    Args:
        tables: the case without it, with all that follows from them.
        own: how many counted pieces of evidence of the source itself went.
        relayed: how many counted pieces of each other source went, by its IRI.
    """

    tables: ClaimTables
    own: int
    relayed: dict[str, int]


def tables_without(tables: ClaimTables, vocabulary: Vocabulary, source: str) -> Withdrawn:
    """Return the tables without a source (IRI), everything computed anew.

    They live in the same DuckDB instance as `tables`, which must stay open as long.
    """
    left = copied_tables(tables)
    run = left.connection.execute
    make_counting(left)
    before = _counted(left)
    sequence = _retract(left, source)
    make_counting(left)
    stays = _counted(left)
    run("DELETE FROM decision WHERE sequence = ?", [sequence])
    run("DELETE FROM gap WHERE source = ?", [source])
    run("DELETE FROM evidence WHERE source = ? OR list_contains(via, ?)", [source, source])
    # What relayed something that is deleted would count now: it has nothing behind it any more.
    make_counting(left)
    while extra := _counted(left).keys() - stays.keys():
        run("DELETE FROM evidence WHERE hash IN (SELECT unnest(?::VARCHAR[]))", [sorted(extra)])
        make_counting(left)
    drop_orphans(left)
    compute_standing(left, vocabulary)
    make_profiles(left)
    relayed: dict[str, int] = {}
    for hash_, of in before.items():
        if hash_ not in stays:
            relayed[of] = relayed.get(of, 0) + 1
    own = relayed.pop(source, 0)
    return Withdrawn(tables=left, own=own, relayed=dict(sorted(relayed.items())))


def _counted(tables: ClaimTables) -> dict[str, str]:
    return dict(tables.query("SELECT hash, source FROM counted"))


def _retract(tables: ClaimTables, source: str) -> int:
    ((sequence,),) = tables.query("SELECT coalesce(max(sequence), 0) + 1 FROM decision")
    decision = Decision(
        sequence=sequence,
        decision=RETRACT_SOURCE,
        about=source,
        claim=None,
        over=(),
        because="",
        by="",
        second=None,
        decided="",
        file="",
        line=0,
    )
    tables.insert("decision", [decision])
    return int(sequence)
