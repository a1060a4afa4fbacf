"""Which pages of the explorer a change of some claims alters."""

from __future__ import annotations

from collections.abc import Collection

from sousveil.ledger.tables import ClaimTables
from sousveil.view.case_scene import SHORT_ID

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
