"""RDF as text, the same bytes on every machine: sorted N-Quads, grouped Turtle, RDF 1.2.

Each function yields pieces of one text, so that a case of a million quads is never held twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

import duckdb

from sousveil.graph.rdf import fetched, quad_table, streamed
from sousveil.graph.rdf_terms import ACCEPTED, DERIVED, TURTLE_MACROS, turtle_prefixes
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.vocabulary.terms import Vocabulary


class GraphName(StrEnum):
    """Which graph Turtle holds; it can hold one only."""

    CLAIMS = "claims"
    ACCEPTED = "accepted"
    DERIVED = "derived"


_GRAPHS = {GraphName.CLAIMS: "", GraphName.ACCEPTED: ACCEPTED, GraphName.DERIVED: DERIVED}

# Grouped and sorted in groups: a window over all triples takes twice the time and memory.
_TURTLE = """
WITH said AS (
    SELECT subject, concat(
        if(predicate = '{type}', 'a', turtle_iri(predicate)), ' ',
        array_to_string(list_sort(list(turtle_term(object))), ', ')
    ) AS text
    FROM quad WHERE graph = '{graph}' AND {part} GROUP BY subject, predicate
)
SELECT concat(
    turtle_iri(subject), ' ', array_to_string(list_sort(list(text)), ' ;' || chr(10) || '    '),
    ' .', chr(10)
){more} FROM said GROUP BY subject ORDER BY subject
"""

# What lines have beyond the subject that they share: half of the text is left to sort.
_LINES = """
SELECT subject, array_to_string(list_sort(list(concat(
    ' ', predicate, ' ', object, if(graph = '', '', ' ' || graph), ' .'
))), chr(10))
FROM {table} WHERE {part} GROUP BY subject ORDER BY subject
"""

_PART, _SAMPLED = 100_000, 50
"""How many quads are sorted at a time, roughly; every so many of them is looked at to part them."""

_IN_PART = "subject >= coalesce($1, '') AND (subject < $2 OR $2 IS NULL)"

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# A claim with an exact value reifies the triple that it claims, whether or not it is accepted.
_REIFIES = """
SELECT '', s.subject, '<{rdf}reifies>', concat_ws(' ', '<<(', s.object, p.object, o.object, ')>>')
FROM quad s
JOIN quad p ON p.subject = s.subject AND p.predicate = '<{rdf}predicate>' AND p.graph = ''
JOIN quad o ON o.subject = s.subject AND o.predicate = '<{rdf}object>' AND o.graph = ''
WHERE s.predicate = '<{rdf}subject>' AND s.graph = ''
"""


def nquads(
    tables: ClaimTables, vocabulary: Vocabulary, profile: Profile, stamp: str | None = None
) -> Iterator[str]:
    """Yield all graphs as N-Quads, one line each, sorted by code point, none twice."""
    yield _head(stamp)
    yield from _sorted_lines(quad_table(tables, vocabulary, profile), "quad")


def nquads12(
    tables: ClaimTables, vocabulary: Vocabulary, profile: Profile, stamp: str | None = None
) -> Iterator[str]:
    """Yield all graphs as N-Quads of RDF 1.2: each claim also reifies the triple that it claims.

    `rdf:reifies` with a triple term asserts nothing, so a claim that is not accepted stays just
    that. Values with a bound and states such as `withheld` have no triple.
    """
    yield _head(stamp)
    reified = f"(FROM quad UNION ALL {_REIFIES.format(rdf=_RDF)})"
    yield from _sorted_lines(quad_table(tables, vocabulary, profile), reified)


def turtle(
    tables: ClaimTables,
    vocabulary: Vocabulary,
    profile: Profile,
    graph: GraphName = GraphName.CLAIMS,
    stamp: str | None = None,
) -> Iterator[str]:
    """Yield one graph as Turtle, sorted by subject; the type comes first."""
    connection = quad_table(tables, vocabulary, profile)
    connection.execute(TURTLE_MACROS)
    yield _head(stamp)
    yield "".join(f"@prefix {n}: <{i}> .\n" for n, i in turtle_prefixes(tables.header.base)) + "\n"
    sql = _TURTLE.format(graph=_GRAPHS[graph], type=_TYPE, part=_IN_PART, more="")
    for part in _ranges(connection):
        yield from streamed(connection, sql, part)


def nquads_blocks(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the sorted N-Quads of each subject of a `quad_table`, by subject."""
    sql = _LINES.format(table="quad", part="true")
    return {row[0]: _lines(*row) for rows in fetched(connection, sql) for row in rows}


def turtle_blocks(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what Turtle says of each subject of a `quad_table` in the default graph."""
    connection.execute(TURTLE_MACROS)
    sql = _TURTLE.format(graph="", type=_TYPE, part="true", more=", subject")
    return {subject: text for text, subject in connection.execute(sql).fetchall()}


def _sorted_lines(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Yield one text per subject, its lines in order; whoever sorts these has sorted all lines.

    No subject is the beginning of another one, since it ends with `>`; so the order of subjects is
    that of their lines, and sorting in groups takes half the time.
    """
    sql = _LINES.format(table=table, part=_IN_PART)
    for part in _ranges(connection):
        for rows in fetched(connection, sql, part):
            yield "".join([_lines(*row) for row in rows])


def _lines(subject: str, rests: str) -> str:
    """The lines of a subject; no term holds a line's end, which is escaped there."""
    return f"{subject}{rests.replace(chr(10), chr(10) + subject)}\n"


def _ranges(connection: duckdb.DuckDBPyConnection) -> Iterator[list[str | None]]:
    """Yield what parts the quads by subject, in order, so that each part is sorted by itself.

    Sorting all at once holds the whole text in memory twice.
    """
    bounds = connection.execute(
        "SELECT DISTINCT subject FROM (SELECT subject, row_number() OVER (ORDER BY subject) AS n "
        "FROM quad WHERE rowid % ? = 0) WHERE n % ? = 0 ORDER BY subject",
        [_SAMPLED, _PART // _SAMPLED],
    ).fetchall()
    ends = [None, *(subject for (subject,) in bounds), None]
    yield from (list(part) for part in pairwise(ends))


def _head(stamp: str | None) -> str:
    return f"# {stamp}\n" if stamp else ""
