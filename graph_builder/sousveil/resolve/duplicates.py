"""Two keys that may stand for one event: pairs that a person should judge.

A pair is told when all of this holds, and no judgement on the two is in force:

- both are of the same type, an Event or a Count;
- two of their values are the same, on two relations, and one of these is a party: an agent with
  the same part in both. A date within the same year counts as a value;
- they disagree nowhere: on each relation that both state, some of the values fit (equal, broader,
  or overlapping numbers and dates). Texts are not compared;
- no source speaks of both: who typed it has told them apart.

Two events of one type with the same text (20 characters or more) on one relation are told as well,
whatever else they differ in but for the date and the source.

Two values that more than 20 things share tell nothing, or every gift of one giver in one year
would be a pair with every other.
"""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.terms import Vocabulary

_KINDS = ("Event", "Count")
_PARTY = ("Agent",)
_SHORTEST_TEXT = 20
_MOST_SHARING = 20
_WIDEST_DATE = 3 * 366

_STATED = """
CREATE OR REPLACE TEMP TABLE stated AS
SELECT DISTINCT e.iri AS thing, e.type, c.predicate, c.kind, c.low, c.high, c.lexical,
    coalesce(k.canonical, c.object) AS object,
    coalesce(v.type IN (FROM party_type), false) AS party
FROM entity e
JOIN event_type t ON t.name = e.type
JOIN claim c ON c.subject = e.iri
JOIN counted s ON s.claim = c.id AND s.stance = 'supports'
LEFT JOIN cluster k ON k.entity = c.object
LEFT JOIN entity v ON v.iri = c.object
WHERE c.kind IN ('entity', 'term', 'number', 'date', 'text')
"""

_TRAITS = """
CREATE OR REPLACE TEMP TABLE trait AS
SELECT thing, type, predicate, object AS value, party FROM stated WHERE object IS NOT NULL
UNION
SELECT thing, type, predicate, unnest(range(
    CAST(floor(low / 365.2425) AS BIGINT), CAST(floor(high / 365.2425) AS BIGINT) + 1
))::VARCHAR, false
FROM stated WHERE kind = 'date' AND high - low <= ?
"""

# Blocking on two values at once keeps a hub, a giver of ten thousand gifts, from pairing them all.
_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
WITH duo AS (
    SELECT a.thing, a.type, a.predicate AS p, a.value AS v, b.predicate AS q, b.value AS w
    FROM trait a JOIN trait b ON b.thing = a.thing AND b.predicate <> a.predicate
    WHERE a.party
),
telling AS (
    SELECT type, p, v, q, w FROM duo GROUP BY ALL HAVING count(*) BETWEEN 2 AND ?
),
kept AS (SELECT duo.* FROM duo JOIN telling USING (type, p, v, q, w)),
worded AS (
    SELECT thing, type, predicate, lexical FROM stated WHERE kind = 'text' AND len(lexical) >= ?
),
same_words AS (
    SELECT type, predicate, lexical FROM worded GROUP BY ALL HAVING count(*) BETWEEN 2 AND ?
)
SELECT a.thing AS a, b.thing AS b, min(a.p) AS p, arg_min(a.v, a.p || ' ' || a.v) AS v,
    false AS by_words
FROM kept a JOIN kept b USING (type, p, v, q, w) WHERE a.thing < b.thing
GROUP BY a.thing, b.thing
UNION ALL
SELECT a.thing, b.thing, min(predicate), NULL, true
FROM worded a JOIN worded b USING (type, predicate, lexical)
JOIN same_words USING (type, predicate, lexical) WHERE a.thing < b.thing
GROUP BY a.thing, b.thing
"""

_TOLD = """
WITH fits AS (
    SELECT l.a, l.b, x.predicate, x.kind, bool_or(
        CASE
            WHEN x.kind <> y.kind THEN x.object IS NULL OR y.object IS NULL
            WHEN x.object IS NOT NULL THEN x.object = y.object
                OR EXISTS (FROM broader t WHERE t.narrower = x.object AND t.broader = y.object)
                OR EXISTS (FROM broader t WHERE t.narrower = y.object AND t.broader = x.object)
            ELSE coalesce(x.high >= y.low, true) AND coalesce(y.high >= x.low, true)
        END
    ) AS fit
    FROM alike l
    JOIN stated x ON x.thing = l.a
    JOIN stated y ON y.thing = l.b AND y.predicate = x.predicate
    WHERE x.kind <> 'text' AND y.kind <> 'text'
    GROUP BY ALL
),
spoken AS (
    SELECT DISTINCT c.subject AS thing, e.source
    FROM claim c JOIN counted e ON e.claim = c.id WHERE e.stance = 'supports'
),
found AS (
    SELECT a, b, p, v, by_words FROM alike l
    WHERE NOT EXISTS (
        FROM fits f WHERE f.a = l.a AND f.b = l.b AND NOT f.fit
            AND (NOT l.by_words OR f.kind = 'date')
    )
    AND NOT EXISTS (
        FROM spoken x JOIN spoken y USING (source) WHERE x.thing = l.a AND y.thing = l.b
    )
    AND NOT EXISTS (
        FROM judgement j
        WHERE (j."left" = l.a AND j."right" = l.b) OR (j."left" = l.b AND j."right" = l.a)
    )
    AND NOT EXISTS (
        FROM cluster x JOIN cluster y USING (canonical) WHERE x.entity = l.a AND y.entity = l.b
    )
)
SELECT a, b, arg_min(p, by_words), arg_min(v, by_words), bool_and(by_words)
FROM found GROUP BY a, b ORDER BY a, b
"""


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """Two entities that may be one, and what they share: a value, or the same text (`value` null).

    `predicate` is the relation on which they share it.
    """

    left: str
    right: str
    predicate: str
    value: str | None


def probable_duplicates(tables: ClaimTables, vocabulary: Vocabulary) -> list[Duplicate]:
    """Return the pairs, each once, in the order of their IRIs.

    Reads the claim tables and the tables `cluster`, `counted` and `broader` that are computed from
    them.
    """
    for table, wanted in (("event_type", _KINDS), ("party_type", _PARTY)):
        tables.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (name VARCHAR)")
        names = [name for name in vocabulary.classes if vocabulary.is_a(name, wanted)]
        tables.insert_columns(table, ["VARCHAR"], [names])
    run = tables.connection.execute
    run(_STATED)
    run(_TRAITS, [_WIDEST_DATE])
    run(_ALIKE, [_MOST_SHARING, _SHORTEST_TEXT, _MOST_SHARING])
    return [
        Duplicate(left=a, right=b, predicate=p, value=None if by_words else v)
        for a, b, p, v, by_words in tables.query(_TOLD)
    ]
