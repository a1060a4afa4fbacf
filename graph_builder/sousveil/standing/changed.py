"""The derived tables of a case of which little changed, from those of its former tables.

What follows for a claim follows from its own evidence and from the claims on the same relation of
the same thing; its origins also from who spoke in a statement. So only these are computed anew, by
the same statements as for a whole case, on tables that hold nothing else. Entities, sources,
decisions and judgements must be the same as before.
"""

from __future__ import annotations

from collections.abc import Collection

from sousveil.ledger.copies import drop_copy
from sousveil.ledger.saved_tables import CLAIM_OF
from sousveil.ledger.tables import ClaimTables, expect_few_rows
from sousveil.resolve.clusters import make_clusters
from sousveil.standing.acceptance import make_standing
from sousveil.standing.comparison import make_comparisons, place_claims
from sousveil.standing.compute import load_relations
from sousveil.standing.counting import make_counting, see_counted
from sousveil.standing.derived import make_derived_links
from sousveil.standing.origins import SPEAKER, follow_origins, make_speakers
from sousveil.vocabulary.terms import Vocabulary

_PART = "part"
"""The database that holds what is computed anew."""
_WHOLE = ("source", "decision", "cluster", "relation", "broader")
"""What the claims that are affected are computed with; it is the same as before."""
_OF_AFFECTED = {name: f"{column} IN (FROM affected)" for name, column in CLAIM_OF.items()}
_ANEW = {
    "counting": "hash IN (SELECT hash FROM {former}.main.evidence WHERE claim IN (FROM affected))",
    **{name: _OF_AFFECTED[name] for name in ("drift", "conflict", "difference", "standing")},
    "statement_origin": "statement IN ({spoken})",
}
"""What is computed anew for some claims, and which of the former rows go for it."""
_KEPT = (*_ANEW, "origin", "derived_link")

_AFFECTED = """
CREATE OR REPLACE TEMP TABLE affected AS
WITH place AS (
    SELECT c.id, coalesce(k.canonical, c.subject) AS thing, c.predicate
    FROM (SELECT id, subject, predicate FROM claim
        UNION ALL SELECT id, subject, predicate FROM {former}.main.claim) c
    LEFT JOIN cluster k ON k.entity = c.subject
)
SELECT DISTINCT id FROM place SEMI JOIN (
    SELECT thing, predicate FROM place WHERE id IN (SELECT unnest(?::VARCHAR[]))
) touched USING (thing, predicate)
"""
_SPOKEN = f"""
SELECT subject FROM {{db}}.main.claim
WHERE predicate = '{SPEAKER}' AND id IN (FROM affected)
"""  # noqa: S608
_OTHERWISE = """
CREATE OR REPLACE TEMP TABLE otherwise AS
WITH spoken AS (
    SELECT statement FROM (
        (FROM statement_origin EXCEPT FROM {former}.main.statement_origin)
        UNION ALL (FROM {former}.main.statement_origin EXCEPT FROM statement_origin))
)
SELECT DISTINCT claim FROM evidence
WHERE said_in IN (FROM spoken) AND claim NOT IN (FROM affected)
"""
_OF_OTHERWISE = "claim IN (FROM otherwise)"
_LINKS = "SELECT id FROM {db}.main.claim WHERE kind = 'entity' AND id IN (FROM affected)"
_ORIGINS_OF_LINKS = """
SELECT c.id, s.basis, o.origin
FROM {db}.main.claim c JOIN {db}.main.standing s ON s.claim = c.id
JOIN {db}.main.origin o ON o.claim = c.id
WHERE s.accepted AND c.kind = 'entity' AND c.id IN (FROM affected)
"""


def compute_changed_standing(
    tables: ClaimTables, former: str, vocabulary: Vocabulary, touched: Collection[str]
) -> tuple[set[str], list[str]]:
    """Create every table that follows from the claim tables, as `compute_standing` does.

    `former` is the database of the former tables in the same instance, `touched` are the ids of
    all claims, former and new, for which a changed source has or had evidence. Returns the ids of
    all claims for which anything may be otherwise now, and what `compute_standing` returns.
    """
    run = tables.connection.execute
    load_relations(tables, vocabulary)
    contradictions = make_clusters(tables)
    run(_AFFECTED.format(former=former), [sorted(touched)])
    for name in _KEPT:
        run(f"CREATE OR REPLACE TABLE {name} AS FROM {former}.main.{name}")
    part = _part(tables)
    try:
        make_counting(part)
        make_comparisons(part)
        make_standing(part)
        make_speakers(part)
        _take(tables, former)
        _follow(tables, part, former)
    finally:
        drop_copy(tables, part)
    see_counted(tables)
    _link(tables, former, vocabulary)
    return tables.column("FROM affected"), contradictions


def _part(tables: ClaimTables) -> ClaimTables:
    """The claims that are affected, with their evidence, and what stays the same."""
    run = tables.connection.execute
    run(f"ATTACH ':memory:' AS {_PART}")
    rows = dict.fromkeys(_WHOLE, "true") | {n: _OF_AFFECTED[n] for n in ("claim", "evidence")}
    for name, condition in rows.items():
        run(f"CREATE TABLE {_PART}.main.{name} AS FROM {name} WHERE {condition}")
    connection = tables.connection.cursor()
    connection.execute(f"USE {_PART}")
    expect_few_rows(connection)
    return ClaimTables(tables.header, connection)


def _take(tables: ClaimTables, former: str) -> None:
    """Put what was computed anew in the place of the former rows."""
    ((now,),) = tables.query("SELECT current_database()")
    spoken = " UNION ".join(_SPOKEN.format(db=db) for db in (f'"{now}"', former))
    for name, gone in _ANEW.items():
        condition = gone.format(former=former, spoken=spoken)
        tables.connection.execute(f"DELETE FROM {name} WHERE {condition}")  # noqa: S608
        tables.connection.execute(f"INSERT INTO {name} FROM {_PART}.main.{name}")


def _follow(tables: ClaimTables, part: ClaimTables, former: str) -> None:
    """Follow the origins anew: of affected claims, and where it is another who spoke."""
    run = tables.connection.execute
    run(_OTHERWISE.format(former=former))
    for name, condition in (
        ("evidence", _OF_OTHERWISE),
        ("counting", f"hash IN (SELECT hash FROM evidence WHERE {_OF_OTHERWISE})"),  # noqa: S608
    ):
        run(f"INSERT INTO {_PART}.main.{name} FROM {name} WHERE {condition}")
    run("INSERT INTO affected FROM otherwise")
    run(f"CREATE OR REPLACE TABLE {_PART}.main.statement_origin AS FROM statement_origin")
    follow_origins(part)
    run(f"DELETE FROM origin WHERE {_OF_AFFECTED['origin']}")  # noqa: S608
    run(f"INSERT INTO origin FROM {_PART}.main.origin")


def _link(tables: ClaimTables, former: str, vocabulary: Vocabulary) -> None:
    """Make the derived links anew where a link that they may stand on is another one."""
    ((now,),) = tables.query("SELECT current_database()")
    databases = f'"{now}"', former
    if not any(tables.query(f"{_LINKS.format(db=db)} LIMIT 1") for db in databases):
        return
    new, old = (set(tables.query(_ORIGINS_OF_LINKS.format(db=db))) for db in databases)
    if new != old:
        place_claims(tables)
        make_derived_links(tables, vocabulary)
