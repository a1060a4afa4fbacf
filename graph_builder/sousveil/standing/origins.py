"""Independent origins: who first said it, counted once however often it was repeated."""

from __future__ import annotations

from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.namespaces import SV

SPEAKER = SV + "speaker"
"""The relation that tells who made a statement."""

# A statement leads to its speaker, unless who spoke is contested: then it is its own origin.
_SPEAKERS = """
CREATE OR REPLACE TABLE statement_origin AS
SELECT p.subject AS statement,
    if(count(*) = 1 AND bool_and(s.contest = 'uncontested'), min(p.object_cluster), p.subject)
        AS origin
FROM placed p JOIN standing s ON s.claim = p.id
WHERE p.predicate = ? AND s.life = 'active' AND p.kind = 'entity'
GROUP BY p.subject
"""

# One step per row: `end` is an origin found, `follow` a source still to be followed.
_ORIGINS = """
CREATE OR REPLACE TABLE origin AS
WITH RECURSIVE spoken AS (
    SELECT e.hash, e.claim, e.source, e.stance,
        CASE
            WHEN e.said_in IS NOT NULL THEN coalesce(o.origin, e.said_in)
            ELSE coalesce(e.on_behalf_of, e.attributed_to)
        END AS speaker,
        e.via[-1] AS last_via
    FROM counted e LEFT JOIN statement_origin o ON o.statement = e.said_in
),
step(hash, claim, state, node) AS (
    SELECT hash, claim,
        CASE WHEN speaker IS NULL AND last_via IS NOT NULL THEN 'follow' ELSE 'end' END,
        coalesce(speaker, last_via, source)
    FROM spoken WHERE stance = 'supports'
    UNION
    SELECT t.hash, t.claim,
        CASE
            WHEN n.hash IS NOT NULL THEN
                CASE WHEN n.speaker IS NULL AND n.last_via IS NOT NULL THEN 'follow' ELSE 'end' END
            WHEN len(s.based_on) > 0 THEN 'based'
            ELSE 'end'
        END,
        CASE
            WHEN n.hash IS NOT NULL THEN coalesce(n.speaker, n.last_via, n.source)
            ELSE coalesce(b.node, t.node)
        END
    FROM step t
    LEFT JOIN spoken n
        ON t.state = 'follow' AND n.claim = t.claim AND n.source = t.node AND n.stance = 'supports'
    LEFT JOIN source s ON s.iri = t.node
    LEFT JOIN (SELECT iri, unnest(based_on) AS node FROM source) b
        ON n.hash IS NULL AND b.iri = t.node
    WHERE t.state IN ('follow', 'based')
)
SELECT DISTINCT e.hash, e.claim, coalesce(k.canonical, s.node, e.source) AS origin
FROM counted e
LEFT JOIN step s ON s.hash = e.hash AND s.state = 'end'
LEFT JOIN cluster k ON k.entity = s.node
WHERE e.stance = 'supports'
"""


def make_origins(tables: ClaimTables) -> None:
    """Create the tables `statement_origin` and `origin`."""
    make_speakers(tables)
    follow_origins(tables)


def make_speakers(tables: ClaimTables) -> None:
    """Create table `statement_origin`: to whom a statement leads."""
    tables.connection.execute(_SPEAKERS, [SPEAKER])


def follow_origins(tables: ClaimTables) -> None:
    """Create table `origin` (hash, claim, origin) for counted supporting evidence.

    The origin of evidence is the speaker it is attributed to, or on whose behalf; else the last
    `via` is followed into that source's own evidence for the same claim, else into its header's
    `based on`, to the end; else the source itself.
    """
    tables.connection.execute(_ORIGINS)
