"""Neo4j by Bolt: the property graph of a case, loaded idempotently, answered in Cypher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Self

import neo4j

from sousveil.errors import UsageError
from sousveil.graph.constraints import quoted, uniqueness_constraints
from sousveil.graph.property_elements import Node, PropertyGraph, Relationship, root_label
from sousveil.stores.bolt import BoltConnection, Parameter, as_query, runner
from sousveil.stores.cypher_text import refuse_load_csv
from sousveil.stores.kinds import PropertyGraphStore
from sousveil.stores.protocol import Bound, Found, Limits, Progress, Row
from sousveil.vocabulary.terms import Vocabulary

BATCH = 10_000
ONE_TRANSACTION = 200_000
"""Up to this many rows a load is one transaction: readers see the old graph or the new one."""

_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")

Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]


class Neo4jStore(PropertyGraphStore):
    """A Neo4j server; only nodes of the loaded case are ever changed or deleted."""

    name = "Neo4j"

    def __init__(self, uri: str, user: str, password: str, database: str | None = None) -> None:
        self.uri = uri
        if not uri.startswith(_SCHEMES):
            raise UsageError(
                f"'{uri}' is not an address of a Neo4j server; write bolt://host:7687 or "
                "neo4j+s://host"
            )
        try:
            self.bolt = BoltConnection(
                uri, (user, password), f"Neo4j at {uri}", database, terminates=True
            )
        except (ValueError, neo4j.exceptions.ConfigurationError) as error:
            raise UsageError(f"'{uri}' is not an address of a Neo4j server: {error}") from error

    def __enter__(self) -> Self:
        with self.bolt.outside():
            self.bolt.driver.verify_connectivity()
        return self

    def close(self) -> None:
        """Close the connection; the server keeps what it holds."""
        self.bolt.close()

    def rows(self, text: str, parameters: Mapping[str, Bound]) -> list[Row]:
        """Answer a named question in a read transaction."""
        refuse_load_csv(text)
        with self.bolt.outside():
            return list(self.bolt.found(text, parameters, Limits()).rows)

    def read(self, text: str, parameters: Mapping[str, Parameter], limits: Limits) -> Found:
        """Answer somebody's own query in a read transaction; the server refuses to write in it."""
        refuse_load_csv(text)
        with self.bolt.outside(), self.bolt.own_query(text, limits):
            return self.bolt.found(text, parameters, limits)

    def loaded_digest(self, case: str) -> str | None:
        """Return the digest of the case's tables that the server holds, None when it has none."""
        found = self.rows("MATCH (c:Case {iri: $case}) RETURN c.digest AS digest", {"case": case})
        return str(found[0]["digest"]) if found else None

    def loaded_shape(self, case: str) -> tuple[int | None, str | None]:
        """Return the shape (graph.property_nodes) and the ontology by which a case was loaded.

        None where the server has no such case, or has it from before these were written down.
        """
        found = self.rows(
            "MATCH (c:Case {iri: $case}) RETURN c.shape AS shape, c.ontology AS ontology",
            {"case": case},
        )
        if not found:
            return None, None
        shape, ontology = found[0]["shape"], found[0]["ontology"]
        return shape if isinstance(shape, int) else None, str(ontology) if ontology else None

    def load(
        self, graph: PropertyGraph, vocabulary: Vocabulary, progress: Progress | None = None
    ) -> None:
        """Make the server's graph of this case equal to `graph`; a second load changes nothing.

        Constraints of the ontology are created first. Raises OutsideError when the server is away,
        refuses the password or refuses the write.
        """
        told = progress or (lambda *_: None)
        with (
            self.bolt.outside(),
            self.bolt.driver.session(database=self.bolt.database) as session,
        ):
            for statement in uniqueness_constraints(vocabulary):
                session.run(as_query(statement)).consume()
            if len(graph.nodes) + len(graph.relationships) <= ONE_TRANSACTION:
                with session.begin_transaction() as transaction:
                    _write(graph, runner(transaction.run), told)
                    transaction.commit()
            else:
                _write(graph, runner(session.run), told)


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _write(graph: PropertyGraph, run: Run, progress: Progress) -> None:
    _delete_stale_nodes(graph, run)
    _delete_stale_relationships(graph, run)
    for labels, group in groupby(graph.nodes, key=lambda n: n.labels):
        _merge_nodes(labels, list(group), run, progress)
    roots = {node.iri: root_label(node.labels) for node in graph.nodes}

    def shape(each: Relationship) -> tuple[str, str, str]:
        return each.type, roots[each.start], roots[each.end]

    for ends, rows in groupby(sorted(graph.relationships, key=shape), key=shape):
        _merge_relationships(*ends, list(rows), run, progress)


def _delete_stale_nodes(graph: PropertyGraph, run: Run) -> None:
    """Delete this case's nodes that are gone, or that have other labels now."""
    wanted = {node.iri: set(node.labels) for node in graph.nodes}
    existing = run(
        "MATCH (n {case: $case}) RETURN n.iri AS iri, labels(n) AS labels", {"case": graph.case}
    )
    stale = [row["iri"] for row in existing if wanted.get(row["iri"]) != set(row["labels"])]
    for chunk in _chunks(stale):
        run(
            "MATCH (n {case: $case}) WHERE n.iri IN $stale DETACH DELETE n",
            {"case": graph.case, "stale": list(chunk)},
        )


def _delete_stale_relationships(graph: PropertyGraph, run: Run) -> None:
    wanted = {(r.type, r.start, r.end, r.key) for r in graph.relationships}
    existing = run(
        "MATCH (a {case: $case})-[r]->(b) RETURN elementId(r) AS id, type(r) AS type, "
        "a.iri AS start, b.iri AS end, r.key AS key",
        {"case": graph.case},
    )
    seen: set[tuple[str, str, str, str]] = set()
    stale = []
    for row in existing:
        found = (row["type"], row["start"], row["end"], row["key"])
        if found not in wanted or found in seen:
            stale.append(row["id"])
        seen.add(found)
    for chunk in _chunks(stale):
        run("MATCH ()-[r]->() WHERE elementId(r) IN $stale DELETE r", {"stale": list(chunk)})


def _merge_nodes(labels: tuple[str, ...], nodes: list[Node], run: Run, progress: Progress) -> None:
    added = "".join(f":{quoted(name)}" for name in labels)
    text = (
        f"UNWIND $rows AS row MERGE (n:{quoted(root_label(labels))} {{iri: row.iri}}) "
        f"SET n = row, n{added}"
    )
    for chunk in _chunks(nodes):
        run(text, {"rows": [node.properties for node in chunk]})
        progress("nodes", len(chunk))


def _merge_relationships(
    type_: str, first: str, last: str, rows: list[Relationship], run: Run, progress: Progress
) -> None:
    text = (
        f"UNWIND $rows AS row MATCH (a:{quoted(first)} {{iri: row.start}}) "
        f"MATCH (b:{quoted(last)} {{iri: row.end}}) "
        f"MERGE (a)-[r:{quoted(type_)} {{key: row.properties.key}}]->(b) SET r = row.properties"
    )
    for chunk in _chunks(rows):
        data = [{"start": r.start, "end": r.end, "properties": r.all_properties} for r in chunk]
        run(text, {"rows": data})
        progress("relationships", len(chunk))
