"""RDF as text, the same bytes on every machine: sorted N-Quads, grouped Turtle, RDF 1.2.

Each function yields pieces of one text, so that a case of a million quads is never held twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sousveil.graph.rdf import QUAD, quad_table, streamed
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
    FROM quad WHERE graph = '{graph}' GROUP BY subject, predicate
)
SELECT concat(
    turtle_iri(subject), ' ', array_to_string(list_sort(list(text)), ' ;' || chr(10) || '    '),
    ' .', chr(10)
) FROM said GROUP BY subject ORDER BY subject
"""

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
    yield from streamed(quad_table(tables, vocabulary, profile), _sorted_lines("quad"))


def nquads12(
    tables: ClaimTables, vocabulary: Vocabulary, profile: Profile, stamp: str | None = None
) -> Iterator[str]:
    """Yield all graphs as N-Quads of RDF 1.2: each claim also reifies the triple that it claims.

    `rdf:reifies` with a triple term asserts nothing, so a claim that is not accepted stays just
    that. Values with a bound and states such as `withheld` have no triple.
    """
    yield _head(stamp)
    reified = f"(FROM quad UNION ALL {_REIFIES.format(rdf=_RDF)})"
    yield from streamed(quad_table(tables, vocabulary, profile), _sorted_lines(reified))


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
    yield from streamed(connection, _TURTLE.format(graph=_GRAPHS[graph], type=_TYPE))


def _sorted_lines(table: str) -> str:
    """One text per subject, its lines in order; whoever sorts these has sorted all lines.

    No subject is the beginning of another one, since it ends with `>`; so the order of subjects is
    that of their lines, and sorting in groups takes half the time.
    """
    return (
        f"SELECT array_to_string(list_sort(list({QUAD} || chr(10))), '') FROM {table} "  # noqa: S608
        "GROUP BY subject ORDER BY subject"
    )


def _head(stamp: str | None) -> str:
    return f"# {stamp}\n" if stamp else ""
