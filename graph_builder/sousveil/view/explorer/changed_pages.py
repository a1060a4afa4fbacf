"""Which pages of the explorer a change of some claims alters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sousveil.graph.claim_words import FLAGS
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import Kind
from sousveil.view.case_scene import NOT_TOLD_KINDS, SHORT_ID

_CLAIMS = """
CREATE OR REPLACE TEMP VIEW either AS
SELECT id, subject, if(kind = 'entity', object, NULL) AS object FROM "{now}".main.claim
UNION ALL SELECT id, subject, if(kind = 'entity', object, NULL) FROM {former}.main.claim
"""
_TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
WITH given AS (SELECT unnest(?::VARCHAR[]) AS id),
changed AS (
    SELECT subject, object FROM either WHERE id IN (FROM given) OR left(id, {anchor}) IN (
        SELECT left(id, {anchor}) FROM given
        WHERE id NOT IN (SELECT id FROM "{now}".main.claim)
            OR id NOT IN (SELECT id FROM {former}.main.claim))
),
gaps AS (
    (SELECT subject, predicate, source, passage FROM "{now}".main.gap
        EXCEPT ALL SELECT subject, predicate, source, passage FROM {former}.main.gap)
    UNION ALL
    (SELECT subject, predicate, source, passage FROM {former}.main.gap
        EXCEPT ALL SELECT subject, predicate, source, passage FROM "{now}".main.gap)
)
SELECT subject AS iri FROM changed UNION SELECT object FROM changed WHERE object IS NOT NULL
UNION SELECT subject FROM gaps
"""
_PAGES = """
FROM told
UNION ALL SELECT object FROM either WHERE subject IN (FROM told) AND object IS NOT NULL
UNION ALL SELECT subject FROM either WHERE object IN (FROM told)
UNION ALL SELECT source FROM evidence_of
UNION ALL SELECT unnest(via) FROM evidence_of
"""
_TOLD_OF = f"""
SELECT c.id, c.subject, c.predicate, c.kind, c.object, c.lexical, c.during,
    c.low, c.high, c.during_low, c.during_high, s.accepted, s.standing,
    {", ".join(f"s.{flag}" for flag in FLAGS)}
FROM {{db}}.main.claim c JOIN {{db}}.main.standing s ON s.claim = c.id
WHERE s.life = 'active' AND c.id IN (SELECT unnest(?::VARCHAR[]))
"""  # noqa: S608
_ALIKE = f"""
WITH given AS (SELECT unnest(?::VARCHAR[]) AS id)
SELECT 1 FROM {{db}}.main.claim
WHERE left(id, {SHORT_ID}) IN (SELECT left(id, {SHORT_ID}) FROM given) AND id NOT IN (FROM given)
"""  # noqa: S608
_EVIDENCE = """
CREATE OR REPLACE TEMP TABLE evidence_of AS
WITH given AS (SELECT unnest(?::VARCHAR[]) AS id)
SELECT source, via FROM "{now}".main.evidence WHERE claim IN (FROM given)
UNION ALL SELECT source, via FROM {former}.main.evidence WHERE claim IN (FROM given)
"""


def things_to_draw_anew(tables: ClaimTables, former: str, claims: Collection[str]) -> set[str]:
    """Return the things and sources (IRIs) whose pages may be other ones than before.

    `former` is the database of the former tables, `claims` are the ids of those that are told
    otherwise than before. A thing's page has them, and their number and days on the pages of its
    neighbours; a source's page has what it says, whom it relays and who relays it.
    """
    ((now,),) = tables.query("SELECT current_database()")
    names = {"now": now, "former": former, "anchor": SHORT_ID}
    run = tables.connection.execute
    run(_CLAIMS.format(**names))
    run(_TOLD.format(**names), [sorted(claims)])
    run(_EVIDENCE.format(**names), [sorted(claims)])
    return tables.column(_PAGES)


def bare_picture_stands(tables: ClaimTables, former: str, claims: Collection[str]) -> bool:
    """Tell whether a first page without evidence and without facts is what it was.

    It draws links with their days, tells of which things something was not told, and how many links
    and facts there are. For `former` and `claims` see `things_to_draw_anew`.
    """
    ((now,),) = tables.query("SELECT current_database()")
    databases, given = (f'"{now}"', former), [sorted(claims)]
    new, old = (tables.query(_TOLD_OF.format(db=db), given) for db in databases)
    if Counter(map(_drawn, new)) != Counter(map(_drawn, old)):
        return False
    silent = "SELECT subject FROM {}.main.gap"
    if tables.column(silent.format(databases[0])) != tables.column(silent.format(former)):
        return False
    others = {row[0] for row in new} ^ {row[0] for row in old}
    return not tables.query(_ALIKE.format(db=databases[0]), [sorted(others)])


def _drawn(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a picture of links has of a claim."""
    _, subject, predicate, kind, _, lexical, _, low, high, *_ = row
    if kind == Kind.ENTITY:
        return row
    if kind == Kind.DATE:
        return (subject, predicate, lexical, low, high, row[11])
    return (subject, kind in NOT_TOLD_KINDS)
