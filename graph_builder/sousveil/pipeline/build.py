"""Build all that is derived from a case, gate it, and put it in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sousveil.ask.questions import load_question, question_names
from sousveil.errors import SousveilError
from sousveil.graph.cypher_script import cypher_script
from sousveil.graph.serialise import nquads, turtle
from sousveil.ledger.private_text import NameSearch
from sousveil.ledger.profile import STAMP, Profile, withheld_names
from sousveil.pipeline.case import Case
from sousveil.pipeline.writing import replace_folder
from sousveil.view.explorer.site import explorer_pages
from sousveil.view.pyvis_page import VIS_LIBRARY_MARKS
from sousveil.view.report import report_markdown

Told = Callable[[str], None]


class NameWouldLeave(SousveilError):
    """The finished bytes hold a name that may not leave; nothing was written."""


def build_files(case: Case, profile: Profile, told: Told | None = None) -> dict[str, bytes]:
    """Return the files of a build by name, gated: no withheld name is in a public one."""
    tell = told or (lambda _: None)
    stamp = STAMP if profile is Profile.DESK else None
    tell("RDF")
    quads = list(case.quads(profile))
    files = {
        "graph.nq": nquads(quads, stamp),
        "graph.ttl": turtle(quads, case.tables.header.base, stamp=stamp),
    }
    tell("property graph")
    graph = case.property_graph(profile)
    files["graph.cypher"] = cypher_script(graph, case.vocabulary, stamp).encode("utf-8")
    tell("pages")
    questions = [load_question(name) for name in question_names()]
    for name, page in explorer_pages(case.words(profile), case.stories.values(), questions):
        files[name] = page.encode("utf-8")
    tell("report")
    files["report.md"] = report_markdown(case.words(profile), stamp).encode("utf-8")
    tell("gate")
    if profile is Profile.PUBLIC:
        gate(files, withheld_names(case.tables))
    return dict(sorted(files.items()))


def gate(files: dict[str, bytes], names: list[str]) -> None:
    """Refuse files in which a withheld name occurs, in the name of the file or in its bytes.

    The graph library inside a page is left out of the search: it is the same in every build.
    Raises NameWouldLeave.
    """
    search = NameSearch(names)
    found = []
    for name, data in files.items():
        text = data.decode("utf-8")
        begin, end = VIS_LIBRARY_MARKS
        if begin in text:
            before, _, rest = text.partition(begin)
            text = before + rest.partition(end)[2]
        if search.found_in(text) or search.found_in(name):
            found.append(name)
    if found:
        raise NameWouldLeave(
            f"a withheld name stands in {', '.join(sorted(found))}; nothing was written. "
            "`sousveil check` tells where it comes from"
        )


def build(case: Case, folder: Path, profile: Profile, told: Told | None = None) -> list[str]:
    """Build a case into a folder, whole or not at all; returns the names of the files."""
    files = build_files(case, profile, told)
    replace_folder(folder, files)
    return list(files)
