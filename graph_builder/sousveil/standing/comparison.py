"""How claims about one thing compare: conflict, difference, relay drift."""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables

_PLACED = """
CREATE OR REPLACE TABLE placed AS
SELECT
    c.*,
    coalesce(s.canonical, c.subject) AS subject_cluster,
    coalesce(o.canonical, c.object) AS object_cluster,
    coalesce(r.functional, false) AS functional,
    EXISTS (FROM counted e WHERE e.claim = c.id AND e.stance = 'supports') AS supported
FROM claim c
LEFT JOIN cluster s ON s.entity = c.subject
LEFT JOIN cluster o ON o.entity = c.object
LEFT JOIN relation r ON r.iri = c.predicate
"""

# Each ordered pair of live claims on one relation of one thing at one time, with how a's value
# lies to b's: equal, narrower, wider, overlapping, disjoint or incomparable.
_PAIRS = """
CREATE OR REPLACE TABLE pair AS
WITH relayed AS (
    SELECT DISTINCT p.subject_cluster, p.predicate
    FROM placed p JOIN counted e ON e.claim = p.id AND len(e.via) > 0
)
SELECT
    a.id AS a,
    b.id AS b,
    a.functional,
    CASE
        WHEN a.kind IN ('unknown', 'withheld') OR b.kind IN ('unknown', 'withheld')
            THEN 'incomparable'
        WHEN a.kind = 'none' AND b.kind = 'none' THEN 'equal'
        WHEN a.kind = 'none' OR b.kind = 'none' THEN 'disjoint'
        WHEN a.kind <> b.kind THEN 'incomparable'
        WHEN a.kind = 'text' THEN if(a.lexical = b.lexical, 'equal', 'incomparable')
        WHEN a.kind IN ('number', 'date') THEN
            CASE
                WHEN a.low IS NOT DISTINCT FROM b.low AND a.high IS NOT DISTINCT FROM b.high
                    THEN 'equal'
                WHEN a.high < b.low OR b.high < a.low THEN 'disjoint'
                WHEN coalesce(a.low, '-inf') >= coalesce(b.low, '-inf')
                    AND coalesce(a.high, 'inf') <= coalesce(b.high, 'inf') THEN 'narrower'
                WHEN coalesce(b.low, '-inf') >= coalesce(a.low, '-inf')
                    AND coalesce(b.high, 'inf') <= coalesce(a.high, 'inf') THEN 'wider'
                ELSE 'overlapping'
            END
        WHEN a.object_cluster = b.object_cluster THEN 'equal'
        WHEN EXISTS (FROM broader t WHERE t.narrower = a.object AND t.broader = b.object)
            THEN 'narrower'
        WHEN EXISTS (FROM broader t WHERE t.narrower = b.object AND t.broader = a.object)
            THEN 'wider'
        ELSE 'disjoint'
    END AS lies
FROM placed a
JOIN placed b
    ON a.subject_cluster = b.subject_cluster AND a.predicate = b.predicate AND a.id <> b.id
WHERE a.supported AND b.supported
    AND (a.during_high IS NULL OR b.during_low IS NULL OR a.during_high >= b.during_low)
    AND (b.during_high IS NULL OR a.during_low IS NULL OR b.during_high >= a.during_low)
    AND (a.functional
        OR EXISTS (FROM relayed r
            WHERE r.subject_cluster = a.subject_cluster AND r.predicate = a.predicate))
"""

# The named origin of relayed evidence is the farthest source of its `via` that speaks for itself
# on the same relation of the same thing.
_DRIFT = """
CREATE OR REPLACE TABLE drift AS
WITH speaks AS (
    SELECT e.source, p.subject_cluster, p.predicate, p.id AS claim
    FROM placed p JOIN counted e ON e.claim = p.id AND e.stance = 'supports'
    GROUP BY ALL
),
relayed AS (
    SELECT e.hash, e.claim, p.subject_cluster, p.predicate, p.functional,
        unnest(e.via) AS named, generate_subscripts(e.via, 1) AS step
    FROM counted e JOIN placed p ON p.id = e.claim
    WHERE e.stance = 'supports'
),
heard AS (
    SELECT r.hash, r.claim, r.functional, r.named AS origin, s.claim AS said,
        r.step = max(r.step) OVER (PARTITION BY r.hash) AS farthest
    FROM relayed r JOIN speaks s
        ON s.source = r.named AND s.subject_cluster = r.subject_cluster
        AND s.predicate = r.predicate
),
compared AS (
    SELECT h.*, if(h.said = h.claim, 'equal', p.lies) AS lies
    FROM heard h LEFT JOIN pair p ON p.a = h.claim AND p.b = h.said
    WHERE h.farthest
)
SELECT hash, claim, origin, min(said) FILTER (lies IN ('narrower', 'disjoint')) AS said
FROM compared
GROUP BY hash, claim, origin
HAVING bool_or(lies = 'narrower' OR (functional AND lies = 'disjoint'))
    AND NOT bool_or(lies IN ('equal', 'wider'))
"""

_DRIFTED = """
CREATE OR REPLACE TABLE drifted AS
SELECT e.claim
FROM counted e LEFT JOIN drift d USING (hash)
WHERE e.stance = 'supports'
GROUP BY e.claim
HAVING count(*) = count(d.hash)
"""

_CONFLICT = """
CREATE OR REPLACE TABLE conflict AS
SELECT a, b FROM pair
WHERE functional AND lies = 'disjoint' AND a NOT IN (FROM drifted) AND b NOT IN (FROM drifted)
"""

_DIFFERENCE = """
CREATE OR REPLACE TABLE difference AS
SELECT a, b FROM pair
WHERE functional AND lies IN ('narrower', 'wider', 'overlapping') AND a < b
"""


def make_comparisons(tables: ClaimTables) -> None:
    """Create the tables that compare live claims, cluster by cluster.

    placed: claims with their clusters, and whether counted evidence supports them.
    pair: how the values of two claims on one relation lie to each other.
    drift (hash, claim, origin, said): relayed evidence that says something narrower than, or
        disjoint from, what its own named origin says; drifted: claims with no other support.
    conflict: pairs of disjoint values of a functional relation; a drifted claim contests nobody.
    difference: pairs of overlapping but unequal values.
    """
    place_claims(tables)
    for statement in (_PAIRS, _DRIFT, _DRIFTED, _CONFLICT, _DIFFERENCE):
        tables.connection.execute(statement)


def place_claims(tables: ClaimTables) -> None:
    """Create table `placed`: claims with their clusters, and whether anything supports them."""
    tables.connection.execute(_PLACED)
