"""Build all that is derived from a case, gate it, and put it in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from sousveil.errors import SousveilError, UsageError
from sousveil.graph.cypher_script import cypher_script
from sousveil.graph.rdf import free_quads
from sousveil.graph.serialise import nquads, turtle
from sousveil.ledger.private_text import NameSearch
from sousveil.ledger.profile import Profile, withheld_names
from sousveil.pipeline.answered import asked_questions
from sousveil.pipeline.case import Case
from sousveil.pipeline.former_build import keep_build
from sousveil.pipeline.former_files import FormerFiles
from sousveil.pipeline.last_state import SPARE, make_built
from sousveil.pipeline.release import data_stamp, embargo_mark, story_marks
from sousveil.pipeline.unchanged import State
from sousveil.pipeline.writing import built_profile, encoded, replaced_folder
from sousveil.view import vis_library
from sousveil.view.explorer.site import explorer_pages
from sousveil.view.network.layouts import Layouts
from sousveil.view.report import report_json, report_markdown

Told = Callable[[str], None]


class NameWouldLeave(SousveilError):
    """The finished bytes hold a name that may not leave; nothing was written."""


def artefacts(
    case: Case,
    profile: Profile,
    told: Told | None = None,
    former: FormerFiles | None = None,
    layouts: Layouts | None = None,
) -> Iterator[tuple[str, Iterable[str | bytes | memoryview]]]:
    """Yield each file of a build: its name, and the pieces of its text or of its bytes (UTF-8).

    The pieces must be taken before the next file is asked for. What `former` has is taken from it,
    and so is a layout that `layouts` knows.
    """
    tell = told or (lambda _: None)
    stamp = data_stamp(case, profile)
    tables, vocabulary = case.tables, case.vocabulary
    tell("RDF")
    yield (
        "graph.nq",
        (former and former.nquads()) or nquads(tables, vocabulary, profile, stamp),
    )
    yield (
        "graph.ttl",
        (former and former.turtle()) or turtle(tables, vocabulary, profile, stamp=stamp),
    )
    tell("questions")
    stand = former is not None and former.questions_stand()
    questions = None if stand else list(asked_questions(case, profile))
    free_quads(case.tables, profile)
    tell("property graph")
    yield (
        "graph.cypher",
        (former and former.cypher())
        or cypher_script(case.property_graph(profile), vocabulary, stamp),
    )
    words = case.words(profile)
    tell("pages")
    for name, page in explorer_pages(
        words,
        case.stories.values(),
        questions,
        mark=embargo_mark(case.tables.header),
        story_marks=story_marks(case, words),
        stands=former.stands if former else lambda _iri, _file: False,
        layouts=layouts,
    ):
        yield name, [page]
    tell("report")
    found = former.overview() if former else case.overview(profile)
    yield "report.md", [report_markdown(found, stamp)]
    yield "report.json", [report_json(words, found, stamp)]
    if profile is Profile.DESK:
        yield ".gitignore", ["*\n"]  # wherever in a repository it stands


def build_files(case: Case, profile: Profile, told: Told | None = None) -> dict[str, bytes]:
    """Return the files of a build by name, gated: no withheld name is in a public one."""
    files = {
        name: b"".join(encoded(piece) for piece in pieces)
        for name, pieces in artefacts(case, profile, told)
    }
    if profile is Profile.PUBLIC:
        gate(files, withheld_names(case.tables))
    return dict(sorted(files.items()))


def gate(files: dict[str, bytes], names: list[str]) -> None:
    """Refuse files in which a withheld name occurs, in the name of the file or in its bytes.

    Raises NameWouldLeave.
    """
    search = NameSearch(names)
    _refuse([name for name, data in files.items() if _leaks(search, name, data)])


def _leaks(search: NameSearch, name: str, data: bytes) -> bool:
    """The graph library inside a page is not searched: it is the same in every build."""
    text = data.decode("utf-8")
    begin, end = f"<script>{vis_library.BEGIN}", f"{vis_library.END}</script>"
    if begin in text:
        before, _, rest = text.partition(begin)
        text = before + rest.partition(end)[2]
    return search.found_in(text) or search.found_in(name)


def _refuse(leaking: list[str]) -> None:
    if leaking:
        raise NameWouldLeave(
            f"a withheld name stands in {', '.join(sorted(leaking))}; nothing was written. "
            "`sousveil check` tells where it comes from"
        )


def _is_public(folder: Path) -> bool:
    return built_profile(folder) == Profile.PUBLIC


def _other(folder: Path) -> Path:
    """A folder, or the next one with a number, that holds no public build."""
    numbered = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(each for each in chain([folder], numbered) if not _is_public(each))


def build(
    case: Case,
    folder: Path,
    profile: Profile,
    told: Told | None = None,
    state: State | None = None,
    former: FormerFiles | None = None,
) -> list[str]:
    """Build a case into a folder, whole or not at all; returns the names of the files.

    The gate reads the finished files before they are put in place. With `state`, that of the case,
    the next build takes over what did not change; `former` has what this one takes over. Raises
    NameWouldLeave, UsageError where the desk's build would stand in the place of a public one, and
    what `sousveil.pipeline.writing.replaced_folder` raises.
    """
    if profile is Profile.DESK and _is_public(folder):  # whoever publishes it would publish these
        raise UsageError(
            f"'{folder}' holds a public build, and the desk's has withheld names and notes: "
            f"name another folder, such as -o {_other(case.folder / profile)}"
        )
    tell = told or (lambda _: None)
    known = former.build.layouts if former else {}
    layouts = Layouts(known)
    name, spare = state.name if state else None, None
    if state is not None:
        with suppress(OSError):  # a case that cannot be written is built elsewhere, keeps nothing
            make_built(case.folder)
        if profile is Profile.PUBLIC:  # the pages of the desk's hold withheld names
            spare = case.folder / SPARE
    with replaced_folder(folder, name, spare, most_stays=former is not None) as out:
        for file, pieces in artefacts(case, profile, told, former, layouts):
            out.write(file, pieces)
        if former:
            out.take(former.folder, former.standing)
        tell("gate")
        if profile is Profile.PUBLIC and (names := withheld_names(case.tables)):
            search = NameSearch(names)
            _refuse([n for n in out.names if _leaks(search, n, (out.folder / n).read_bytes())])
    if state is not None:
        tell("tables for the next build")
        stamps, save = (former.stamps, former.save_tables) if former else ({}, None)
        used = layouts.used or known  # a first page that stays has the layout that it had
        keep_build(case, folder, out.names, state, used, stamps, save)
    return sorted(out.names)
