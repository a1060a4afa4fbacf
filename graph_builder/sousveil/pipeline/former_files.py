"""The files of a former build, as far as a new one takes them over: with edits, or as they are.

What must be made anew is told by the claims that differ (`sousveil.graph.changed_part`). Whatever
is not as the former tables have it is made anew too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from sousveil.graph.case_words import CaseWords
from sousveil.graph.changed_part import changed_part
from sousveil.graph.cypher_changes import edited_script
from sousveil.graph.former_file import FormerFileUnfit, Piece
from sousveil.graph.rdf_changes import Blocks, changed_blocks, edited
from sousveil.graph.rdf_terms import turtle_prefixes
from sousveil.ledger.profile import Profile
from sousveil.ledger.saved_tables import save_changed_tables
from sousveil.pipeline.answered import are_asked
from sousveil.pipeline.case import Case
from sousveil.pipeline.changed_case import FORMER, ChangedCase, changed_case
from sousveil.pipeline.former_build import FormerBuild, former_build, save_whole
from sousveil.pipeline.last_state import file_stamp
from sousveil.pipeline.unchanged import State
from sousveil.pipeline.writing import hashes_of
from sousveil.view.explorer.changed_pages import bare_picture_stands, things_to_draw_anew
from sousveil.view.explorer.question_page import is_of_questions
from sousveil.view.overview import Overview
from sousveil.view.report import former_overview
from sousveil.vocabulary.words import counted

if TYPE_CHECKING:
    from sousveil.readers.case_folder import Progress

_UNFIT = (FormerFileUnfit, OSError, ValueError, duckdb.Error)
"""What may come of former files and tables that were damaged; all is then made anew."""


def open_to_build(
    folder: Path,
    captures: tuple[Path, ...],
    profile: Profile,
    out: Path,
    state: State,
    progress: Progress | None = None,
) -> tuple[Case, FormerFiles | None]:
    """Open a case to build it, with what the former build in `out` has for the new one.

    Raises ProblemsFound when its files have errors.
    """
    with contextlib.suppress(*_UNFIT):
        former = former_build(folder, out, state)
        changed = changed_case(folder, captures, former.tables, progress) if former else None
        if former and changed:
            try:
                return changed.case, FormerFiles(former, changed, profile)
            except _UNFIT:
                changed.case.close()
    return Case.open(folder, captures, progress), None


class FormerFiles:
    """Gives the files of a changed case's build that its former build has, nearly or wholly.

    `standing` has the checksum of each file that was found to be the same, in `folder`.
    """

    def __init__(self, build: FormerBuild, changed: ChangedCase, profile: Profile) -> None:
        self.build = build
        self.changed = changed
        self.case = changed.case
        self.profile = profile
        self.folder = build.out
        self.standing: dict[str, str] = {}
        self._hashes = hashes_of(self.folder)
        self._part = changed_part(changed.case.tables, FORMER, changed.affected)

    @property
    def remark(self) -> str:
        """What was taken over, for whoever built."""
        pages = len(self.standing)
        return f"{counted(pages, 'page')} {'stays' if pages == 1 else 'stay'} as before"

    @property
    def stamps(self) -> dict[str, list[int]]:
        """The size and the time of each file that was found to be the same."""
        return {file: self.build.stamps[file] for file in self.standing}

    def nquads(self) -> Iterator[Piece] | None:
        """Return the N-Quads in pieces, or None where the former file does not do."""
        with contextlib.suppress(*_UNFIT):
            return edited(self.folder / "graph.nq", self._rdf[0], {})
        return None

    def turtle(self) -> Iterator[Piece] | None:
        """Return the Turtle in pieces, or None where the former file does not do."""
        prefixes = dict(turtle_prefixes(self.case.tables.header.base))
        with contextlib.suppress(*_UNFIT):
            return edited(self.folder / "graph.ttl", self._rdf[1], prefixes)
        return None

    def cypher(self) -> Iterator[Piece] | None:
        """Return the Cypher script in pieces, or None where the former file does not do."""
        with contextlib.suppress(*_UNFIT):
            script, words = self.folder / "graph.cypher", self.case.words(self.profile)
            return edited_script(script, words, self._former_words, self._part)
        return None

    def overview(self) -> Overview:
        """Return the overview of the case, with what that of the former one tells alike."""
        with contextlib.suppress(*_UNFIT, KeyError, TypeError):
            report = (self.folder / "report.json").read_text(encoding="utf-8")
            former = former_overview(report, self._former_words, self._part.claims)
            return self.case.overview(self.profile, former)
        return self.case.overview(self.profile)

    def stands(self, iri: str, file: str) -> bool:
        """Tell whether the page of a thing or a source is what it was; it is then taken over.

        Without an IRI it is the first page.
        """
        if iri in self._drawn_anew if iri else not self._first_page_stands():
            return False
        return self._takes(file)

    def questions_stand(self) -> bool:
        """Tell whether the pages of questions tell nothing of the case, now as before.

        They are then taken over.
        """
        if are_asked(self.case.tables) or are_asked(self.changed.former):
            return False
        files = [file for file in self._hashes if is_of_questions(file)]
        return self._untouched.issuperset(files) and all(map(self._takes, files))

    def _takes(self, file: str) -> bool:
        if file not in self._untouched:
            return False
        self.standing[file] = self._hashes[file]
        return True

    def save_tables(self, file: Path) -> int:
        """Write the tables of the case to a file; return the bytes that they take as a whole.

        The former file is copied and changed, until what was taken out of it is half of it.
        """
        build, part = self.build, self._part
        if build.tables.file.stat().st_size > 2 * build.whole:
            return save_whole(self.case, file)
        tables = self.case.tables
        save_changed_tables(tables, build.tables.file, file, claims=part.claims, links=part.links)
        return build.whole

    @cached_property
    def _untouched(self) -> set[str]:
        """The files that are as the build left them."""
        found = set()
        for file, stamp in self.build.stamps.items():
            with contextlib.suppress(OSError):
                if file in self._hashes and file_stamp(f"{self.folder}/{file}") == stamp:
                    found.add(file)
        return found

    @cached_property
    def _former_words(self) -> CaseWords:
        words = self.case.words(self.profile)
        return CaseWords(self.changed.former, words.vocabulary, self.profile, alike=words)

    @cached_property
    def _rdf(self) -> tuple[Blocks, Blocks]:
        return changed_blocks(
            self.case.tables, self.changed.former, self.case.vocabulary, self.profile, self._part
        )

    def _first_page_stands(self) -> bool:
        return bare_picture_stands(self.case.tables, FORMER, self._part.claims)

    @cached_property
    def _drawn_anew(self) -> set[str]:
        return things_to_draw_anew(self.case.tables, FORMER, self._part.claims)
