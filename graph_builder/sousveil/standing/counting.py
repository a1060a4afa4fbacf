"""Which evidence counts: not what is retracted or withdrawn, nor what rests on that alone."""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables
from sousveil.model.decision_kinds import RETRACT_SOURCE

_START = """
CREATE OR REPLACE TABLE counting AS
WITH retracted AS (
    SELECT about AS source, arg_max(because, sequence) AS because,
        arg_max("by", sequence) AS "by"
    FROM decision WHERE decision = ? GROUP BY about
),
withdrawn AS (
    SELECT e.claim, s.corrects AS source, min(s.title) AS title
    FROM evidence e JOIN source s ON s.iri = e.source
    WHERE e.stance = 'withdraws' AND s.corrects IS NOT NULL
        AND s.iri NOT IN (SELECT source FROM retracted)
    GROUP BY e.claim, s.corrects
)
SELECT
    e.hash,
    CASE
        WHEN own.source IS NOT NULL
            THEN concat('its source was retracted by an editor: ', own.because)
        WHEN relayed.because IS NOT NULL
            THEN concat('it relays a source that an editor retracted: ', relayed.because)
        WHEN e.stance <> 'withdraws' AND taken.source IS NOT NULL
            THEN concat('its publisher withdrew it: ', taken.title)
        WHEN e.stance <> 'withdraws' AND behind.title IS NOT NULL
            THEN concat('the source it relays withdrew it: ', behind.title)
    END AS discounted,
    coalesce(own."by", relayed."by") AS discounted_by
FROM evidence e
LEFT JOIN retracted own ON own.source = e.source
LEFT JOIN LATERAL (
    SELECT min(r.because) AS because, min(r."by") AS "by"
    FROM retracted r WHERE list_contains(e.via, r.source)) relayed ON true
LEFT JOIN withdrawn taken ON taken.claim = e.claim AND taken.source = e.source
LEFT JOIN LATERAL (
    SELECT min(w.title) AS title
    FROM withdrawn w WHERE w.claim = e.claim AND list_contains(e.via, w.source)) behind ON true
"""

_SPREAD = """
UPDATE counting SET discounted = 'what it relays no longer counts'
WHERE discounted IS NULL AND hash IN (
    SELECT e.hash
    FROM evidence e
    JOIN evidence behind
        ON behind.claim = e.claim AND behind.stance = e.stance
        AND list_contains(e.via, behind.source)
    JOIN counting c ON c.hash = behind.hash
    GROUP BY e.hash, behind.source
    HAVING count(*) = count(c.discounted)
)
"""


def make_counting(tables: ClaimTables) -> None:
    """Create table `counting`: per evidence hash why it does not count, or null, and who decided.

    A source retracted by decision takes all evidence via it along; a publisher's correction takes
    its own evidence for the withdrawn claim, and what relays that.
    """
    tables.connection.execute(_START, [RETRACT_SOURCE])
    while True:
        before = tables.query("SELECT count(discounted) FROM counting")
        tables.connection.execute(_SPREAD)
        if tables.query("SELECT count(discounted) FROM counting") == before:
            break
    see_counted(tables)


def see_counted(tables: ClaimTables) -> None:
    """Create view `counted`: the evidence that counts."""
    tables.connection.execute(
        """
        CREATE OR REPLACE VIEW counted AS
        SELECT e.* FROM evidence e JOIN counting c USING (hash) WHERE c.discounted IS NULL
        """
    )
