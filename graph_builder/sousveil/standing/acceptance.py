"""The standing of each claim: computed, never typed."""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables
from sousveil.model.decision_kinds import CHOOSE_VALUE, LEAVE_OPEN

_STANDING = """
CREATE OR REPLACE TABLE standing AS
WITH support AS (
    SELECT claim,
        bool_or(mode = 'shows') AS shown,
        bool_or(mode = 'reports') AS reported
    FROM counted WHERE stance = 'supports' GROUP BY claim
),
dispute AS (
    SELECT claim,
        bool_or(attributed_to IS NOT NULL OR said_in IS NOT NULL) AS denied,
        bool_or(attributed_to IS NULL AND said_in IS NULL) AS disputed
    FROM counted WHERE stance = 'disputes' GROUP BY claim
),
ruling AS (
    SELECT claim, arg_max(effect, sequence) AS effect FROM (
        SELECT sequence, claim, if(decision = $choose, 'chosen', 'open') AS effect
        FROM decision WHERE decision IN ($choose, $leave)
        UNION ALL
        SELECT sequence, unnest("over"), if(decision = $choose, 'passed over', 'open')
        FROM decision WHERE decision IN ($choose, $leave)
    ) GROUP BY claim
),
flags AS (
    SELECT
        c.id AS claim,
        CASE WHEN s.shown THEN 'documented' WHEN s.reported THEN 'reported' ELSE 'alleged' END
            AS basis,
        coalesce(d.denied, false) AS denied,
        coalesce(d.disputed, false) AS disputed,
        EXISTS (FROM conflict x WHERE x.a = c.id) AS conflicting,
        c.id IN (FROM drifted) AS drifted,
        s.claim IS NULL AS retracted,
        r.effect
    FROM claim c
    LEFT JOIN support s ON s.claim = c.id
    LEFT JOIN dispute d ON d.claim = c.id
    LEFT JOIN ruling r ON r.claim = c.id
)
SELECT
    claim, basis,
    CASE
        WHEN denied THEN 'denied' WHEN disputed THEN 'disputed'
        WHEN conflicting THEN 'conflicting' ELSE 'uncontested'
    END AS contest,
    denied, disputed, conflicting, drifted,
    if(retracted, 'retracted', 'active') AS life,
    CASE
        WHEN retracted THEN 'retracted' WHEN denied THEN 'denied' WHEN disputed THEN 'disputed'
        WHEN conflicting THEN 'conflicting' ELSE basis
    END AS standing,
    coalesce(effect IN ('chosen', 'passed over'), false) AS decided,
    NOT retracted AND (
        coalesce(effect = 'chosen', false)
        OR (coalesce(effect <> 'passed over', true)
            AND basis IN ('documented', 'reported')
            AND NOT (denied OR disputed OR conflicting OR drifted))
    ) AS accepted
FROM flags
"""


def make_standing(tables: ClaimTables) -> None:
    """Create table `standing`: basis, contest, life, the word shown, and acceptance per claim.

    The word is the first of retracted, denied, disputed, conflicting, and the basis. Accepted is
    what is documented or reported, active, uncontested and not drifted, or what an editor chose; a
    retracted claim is never accepted.
    """
    tables.connection.execute(_STANDING, {"choose": CHOOSE_VALUE, "leave": LEAVE_OPEN})
