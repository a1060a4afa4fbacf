"""One format of a case as bytes."""

from __future__ import annotations

from collections.abc import Callable

from sousveil.errors import UsageError
from sousveil.graph.cypher_script import cypher_script
from sousveil.graph.serialise import GraphName, nquads, turtle
from sousveil.ledger.profile import STAMP, Profile, withheld_names
from sousveil.pipeline.build import gate
from sousveil.pipeline.case import Case
from sousveil.view.pyvis_page import pyvis_page
from sousveil.vocabulary.words import did_you_mean


def _turtle(case: Case, profile: Profile, graph: GraphName, stamp: str | None) -> bytes:
    return turtle(case.quads(profile), case.tables.header.base, graph, stamp)


def _nquads(case: Case, profile: Profile, _: GraphName, stamp: str | None) -> bytes:
    return nquads(case.quads(profile), stamp)


def _cypher(case: Case, profile: Profile, _: GraphName, stamp: str | None) -> bytes:
    return cypher_script(case.property_graph(profile), case.vocabulary, stamp).encode("utf-8")


def _pyvis(case: Case, profile: Profile, _: GraphName, stamp: str | None) -> bytes:
    del stamp
    return pyvis_page(case.words(profile), profile).encode("utf-8")


FORMATS: dict[str, Callable[[Case, Profile, GraphName, str | None], bytes]] = {
    "turtle": _turtle,
    "nquads": _nquads,
    "cypher": _cypher,
    "pyvis": _pyvis,
}


ALIASES = {"ttl": "turtle", "nq": "nquads"}
"""The endings of the files, which stand for their formats."""


def check_format(name: str, graph: str) -> None:
    """Raise UsageError for an unknown format or graph; needs no case."""
    if ALIASES.get(name, name) not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"; there are: {', '.join(FORMATS)}"
        raise UsageError(f"no format '{name}'{hint}")
    if graph not in set(GraphName):
        raise UsageError(f"no graph '{graph}'; there are: {', '.join(GraphName)}")


def export_bytes(case: Case, name: str, profile: Profile, graph: str = "claims") -> bytes:
    """Return a case in one format, gated.

    Raises UsageError for an unknown format or graph, NameWouldLeave when a withheld name would be
    in a public output.
    """
    check_format(name, graph)
    name = ALIASES.get(name, name)
    stamp = STAMP if profile is Profile.DESK else None
    data = FORMATS[name](case, profile, GraphName(graph), stamp)
    if profile is Profile.PUBLIC:
        gate({name: data}, withheld_names(case.tables))
    return data
