"""The claim tables as RDF 1.1: a default graph of claims, and the graphs accepted and derived.

Default graph: case, entities, sources, claims (rdf:subject, rdf:predicate and exactly one of
rdf:object, sv:boundedValue, sv:valueState), evidence, gaps, decisions, judgements. Named graph
`accepted`: one direct triple per accepted claim with an entity, a term or an exact literal. Named
graph `derived`: superclass types, derived links and judged sameness. No blank nodes: every node
has an IRI, so isomorphism is equality of sets.

The quads are made by SQL, never one object each: a case may have a million of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pyoxigraph as ox

from sousveil.graph.changed_part import Part
from sousveil.graph.quad_rows import Quads
from sousveil.graph.rdf_ledger import derived_quads, editor_quads, evidence_quads
from sousveil.graph.rdf_selects import case_quads, claim_quads, thing_quads
from sousveil.graph.rdf_terms import MACROS
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables, expect_few_rows
from sousveil.vocabulary.terms import Vocabulary

QUAD = "concat_ws(' ', subject, predicate, object, nullif(graph, ''), '.')"
"""A row of a table of quads as a line of N-Quads."""

_ROWS = 20_000


def quad_table(
    tables: ClaimTables, vocabulary: Vocabulary, profile: Profile, part: Part | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection with the table `quad` (graph, subject, predicate, object) of a profile.

    It is made when it is first wanted. The columns hold terms of N-Triples; the default graph is an
    empty text. No quad stands in it twice. With a part, the table has all quads of its claims, of
    what they are about and of its links, and those of gaps and concepts.
    """

    def prepare(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(MACROS)
        header = tables.header
        for variable, value in (("case_base", header.base), ("case_language", header.language)):
            connection.execute(f"SET VARIABLE {variable} = (SELECT ?)", [value])
        _make_types(connection, vocabulary)
        if part is not None:
            _see_part(connection, profile, part)
            expect_few_rows(connection)
        connection.execute(
            "CREATE TEMP TABLE quad "
            "(graph VARCHAR, subject VARCHAR, predicate VARCHAR, object VARCHAR)"
        )
        for said in _quads(tables, profile, part):
            connection.execute(f"INSERT INTO quad {said.select()}", said.parameters)

    return tables.side(_side(profile) if part is None else f"{_side(profile)}, part", prepare)


def free_quads(tables: ClaimTables, profile: Profile) -> None:
    """Free the table of quads, which is a third of what a big case needs; it is made again."""
    tables.close_side(_side(profile))


def _side(profile: Profile) -> str:
    return f"quads of {profile}"


def quads(tables: ClaimTables, vocabulary: Vocabulary, profile: Profile) -> Iterator[ox.Quad]:
    """Yield every quad of a case in one profile, in no particular order."""
    connection = quad_table(tables, vocabulary, profile)
    for text in streamed(connection, f"SELECT {QUAD} || chr(10) FROM quad"):  # noqa: S608
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)


def streamed(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[str | None] = ()
) -> Iterator[str]:
    """Yield the texts of a query's only column, many joined at a time."""
    for rows in fetched(connection, sql, parameters):
        yield "".join(text for (text,) in rows)


def fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[str | None] = ()
) -> Iterator[list[tuple[str, ...]]]:
    """Yield the rows of a query, many at a time.

    They must be taken before the connection is asked for anything else.
    """
    connection.execute(sql, parameters or None)
    while rows := connection.fetchmany(_ROWS):
        yield rows


def _quads(tables: ClaimTables, profile: Profile, part: Part | None) -> Iterator[Quads]:
    yield from thing_quads(profile)
    yield from claim_quads()
    yield from evidence_quads(profile)
    yield from derived_quads()
    if part is None:
        yield from case_quads(tables.header, profile)
        yield from editor_quads(profile)


def _see_part(connection: duckdb.DuckDBPyConnection, profile: Profile, part: Part) -> None:
    """Let the names of tables stand for their rows that belong to a part, on one connection.

    They are copied: each is read by a dozen queries.
    """
    for name, texts in (
        ("part_claim", part.claims), ("part_link", part.links), ("part_thing", part.things),
    ):  # fmt: skip
        connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT unnest(?::VARCHAR[]) AS id", [sorted(texts)]
        )
    ((database,),) = connection.execute("SELECT current_database()").fetchall()
    about = f'SELECT id FROM "{database}".main.claim WHERE subject IN (FROM part_thing)'  # noqa: S608
    connection.execute(f"INSERT INTO part_claim {about}")
    owned = {
        "claim": "id IN (FROM part_claim)",
        "standing": "claim IN (FROM part_claim)",
        "origin": "claim IN (FROM part_claim)",
        f"evidence_{profile}": "claim IN (FROM part_claim)",
        "counting": f"hash IN (SELECT hash FROM evidence_{profile})",  # noqa: S608
        "derived_link": "id IN (FROM part_link) OR subject IN (FROM part_thing)",
        "cluster": "entity IN (FROM part_thing)",
        f"name_{profile}": "entity IN (FROM part_thing)",
    }
    things = ("entity", "source", f"entity_{profile}", f"source_{profile}")
    owned |= dict.fromkeys(things, "iri IN (FROM part_thing)")
    for name, condition in owned.items():
        whole = f'"{database}".main."{name}"'
        connection.execute(f"CREATE TEMP TABLE {name} AS FROM {whole} WHERE {condition}")


def _make_types(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> None:
    """Tables of the ontology: class_iri (name, iri), class_above (name, iri), term_label."""
    classes = list(vocabulary.classes.values())
    above = [
        (c.name, vocabulary.classes[name].iri)
        for c in classes
        for name in vocabulary.ancestors(c.name)[1:]
    ]
    labels = [(t.iri, t.label) for t in vocabulary.terms.values()]
    for table, columns, rows in (
        ("class_iri", ("name", "iri"), [(c.name, c.iri) for c in classes]),
        ("class_above", ("name", "iri"), above),
        ("term_label", ("iri", "label"), labels),
    ):
        typed = ", ".join(f"{column} VARCHAR" for column in columns)
        connection.execute(f"CREATE TEMP TABLE {table} ({typed})")
        values = ", ".join("unnest(?::VARCHAR[])" for _ in columns)
        connection.execute(
            f"INSERT INTO {table} SELECT {values}",
            [list(c) for c in zip(*rows, strict=True)],
        )
