"""One format of a case as bytes, or as the files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sousveil.errors import UsageError
from sousveil.graph.serialise import GraphName
from sousveil.ledger.profile import Profile, withheld_names
from sousveil.pipeline.build import gate
from sousveil.pipeline.case import Case
from sousveil.pipeline.release import data_stamp
from sousveil.pipeline.writing import replace_folder
from sousveil.vocabulary.words import did_you_mean


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of a case is exported; `stamp` is set in the desk's profile and under embargo."""

    case: Case
    profile: Profile
    graph: GraphName

    @property
    def stamp(self) -> str | None:
        """The mark that outputs bear."""
        return data_stamp(self.case, self.profile)


Written = Iterable[str] | bytes
Files = Iterable[tuple[str, str]]


def _turtle(wanted: Wanted) -> Written:
    from sousveil.graph.serialise import turtle

    case = wanted.case
    return turtle(case.tables, case.vocabulary, wanted.profile, wanted.graph, wanted.stamp)


def _nquads(wanted: Wanted) -> Written:
    from sousveil.graph.serialise import nquads

    return nquads(wanted.case.tables, wanted.case.vocabulary, wanted.profile, wanted.stamp)


def _rdf12(wanted: Wanted) -> Written:
    from sousveil.graph.serialise import nquads12

    return nquads12(wanted.case.tables, wanted.case.vocabulary, wanted.profile, wanted.stamp)


def _jsonld(wanted: Wanted) -> Written:
    from sousveil.graph.jsonld import jsonld

    return jsonld(wanted.case.quads(wanted.profile), wanted.stamp)


def _graphml(wanted: Wanted) -> Written:
    from sousveil.graph.network_files import flat_graph, graphml

    return graphml(flat_graph(wanted.case.to_networkx(wanted.profile), wanted.stamp))


def _gexf(wanted: Wanted) -> Written:
    from sousveil.graph.network_files import flat_graph, gexf

    return gexf(flat_graph(wanted.case.to_networkx(wanted.profile), wanted.stamp))


def _cypher(wanted: Wanted) -> Written:
    from sousveil.graph.cypher_script import cypher_script

    graph = wanted.case.property_graph(wanted.profile)
    return cypher_script(graph, wanted.case.vocabulary, wanted.stamp)


def _ftm(wanted: Wanted) -> Written:
    from sousveil.graph.followthemoney import followthemoney

    return followthemoney(wanted.case.words(wanted.profile))


def _pyvis(wanted: Wanted) -> Written:
    from sousveil.view.pyvis_page import pyvis_page

    return [pyvis_page(wanted.case.words(wanted.profile), wanted.stamp)]


def _csv(wanted: Wanted) -> Files:
    from sousveil.graph.table_files import csv_files

    yield from csv_files(wanted.case.tables, wanted.profile)
    if wanted.stamp:
        yield "NOT-FOR-PUBLICATION.txt", f"{wanted.stamp}\n"


FORMATS: dict[str, Callable[[Wanted], Written]] = {
    "turtle": _turtle,
    "nquads": _nquads,
    "rdf12": _rdf12,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "cypher": _cypher,
    "ftm": _ftm,
    "pyvis": _pyvis,
}

FOLDER_FORMATS: dict[str, Callable[[Wanted], Files]] = {"csv": _csv}
"""Formats of several files, which need a folder."""

ALIASES = {"ttl": "turtle", "nq": "nquads", "json-ld": "jsonld"}
"""Other names: the endings of the files, and how some write them."""


def format_named(name: str, graph: str | None) -> str:
    """Return the name of a format.

    Raises UsageError for an unknown format or graph, and for a graph with a format that has no
    graphs to choose from.
    """
    known = [*FORMATS, *FOLDER_FORMATS]
    found = ALIASES.get(name, name)
    if found not in known:
        hint = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
        raise UsageError(f"no format '{name}'{hint}")
    if graph is not None and graph not in set(GraphName):
        raise UsageError(f"no graph '{graph}'; there are: {', '.join(GraphName)}")
    if graph is not None and found != "turtle":
        raise UsageError(f"--graph goes with turtle only: leave it out for {found}")
    return found


def export_bytes(case: Case, name: str, profile: Profile, graph: str | None = None) -> bytes:
    """Return a case in one format of one file, gated.

    `graph` is that of Turtle, by default the claims. Raises UsageError for an unknown format or
    graph, a graph of another format, and a format of several files; NameWouldLeave when a withheld
    name would be in a public output.
    """
    name = format_named(name, graph)
    if name in FOLDER_FORMATS:
        raise UsageError(f"{name} is several files: name a folder with -o")
    written = FORMATS[name](
        Wanted(case=case, profile=profile, graph=GraphName(graph or GraphName.CLAIMS))
    )
    data = written if isinstance(written, bytes) else "".join(written).encode("utf-8")
    if profile is Profile.PUBLIC:
        gate({name: data}, withheld_names(case.tables))
    return data


def export_folder(case: Case, name: str, profile: Profile, folder: Path) -> list[str]:
    """Write a case in a format of several files as a folder, gated; returns the files' names.

    Raises what `export_bytes` and `replace_folder` raise.
    """
    name = format_named(name, None)
    wanted = Wanted(case=case, profile=profile, graph=GraphName.CLAIMS)
    files = {file: text.encode("utf-8") for file, text in FOLDER_FORMATS[name](wanted)}
    if profile is Profile.PUBLIC:
        gate(files, withheld_names(case.tables))
    replace_folder(folder, files)
    return list(files)
