"""SHACL: what the shapes of the ontology refuse in a graph, found by pyrudof.

The graph is validated together with the ontology, because subclasses and terms stand there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from sousveil.errors import OutsideError
from sousveil.vocabulary.loading import ontology_store


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One result: the node, the property (if one is concerned), the value as N-Triples, and why.

    `component` is the local name of the constraint component: Class, Datatype, MinCount ...
    """

    focus: str
    path: str | None
    component: str
    value: str | None


def violations(
    statements: Iterable[ox.Triple], ontology: ox.Store | None = None
) -> list[Violation]:
    """Return what the shapes refuse in a graph, sorted; an empty list where it conforms.

    Raises OutsideError where pyrudof, which comes with the extra `shacl`, is missing.
    """
    try:
        import pyrudof
    except ImportError as error:
        raise OutsideError(
            "SHACL needs the library pyrudof; install it with `pip install 'sousveil[shacl]'` "
            "(in a clone: `uv sync --extra shacl`)"
        ) from error
    shapes = {quad.triple for quad in ontology or ontology_store()}
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    strict = pyrudof.ReaderMode.Strict
    session.read_data(_ntriples({*statements, *shapes}), pyrudof.RDFFormat.NTriples, None, strict)
    session.read_shacl(_ntriples(shapes), pyrudof.ShaclFormat.NTriples, None, strict)
    found = {
        Violation(
            focus=str(entry.focus_node),
            path=str(entry.path) if entry.path else None,
            component=component_name(str(entry.constraint_component)),
            value=str(entry.value) if entry.value is not None else None,
        )
        for entry in session.validate_shacl().violations
    }
    return sorted(found, key=lambda v: (v.focus, v.path or "", v.component, v.value or ""))


def component_name(iri: str) -> str:
    """Return the short name of a constraint component: `sh:ClassConstraintComponent` is Class."""
    return iri.rpartition("#")[2].removesuffix("ConstraintComponent")


def _ntriples(statements: Iterable[ox.Triple]) -> str:
    found = ox.serialize(statements, format=ox.RdfFormat.N_TRIPLES)
    assert found is not None
    return found.decode("utf-8")
