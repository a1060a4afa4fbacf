"""A case, opened: its files read, checked and computed, with every form it can take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import networkx as nx
import pyoxigraph as ox

from sousveil.ask.answers import Answer, ask
from sousveil.ask.questions import load_question
from sousveil.errors import SousveilError
from sousveil.graph.case_words import CaseWords
from sousveil.graph.networkx_graph import networkx_graph
from sousveil.graph.property_elements import PropertyGraph
from sousveil.graph.property_graph import property_graph
from sousveil.graph.rdf import quads
from sousveil.graph.serialise import nquads
from sousveil.ledger.crosschecks import cross_check
from sousveil.ledger.profile import Profile, make_profiles
from sousveil.ledger.tables import ClaimTables, load_tables
from sousveil.model.records import Problem
from sousveil.pipeline.strays import warn_of_strays
from sousveil.readers.case_folder import CaseRows, Progress, read_case
from sousveil.standing.compute import compute_standing
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Store
from sousveil.vocabulary.loading import load_vocabulary


class ProblemsFound(SousveilError):
    """A case has errors; `problems` lists all of them, warnings too."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        errors = sum(1 for p in problems if p.severity == "error")
        super().__init__(f"{errors} problem{'s' if errors != 1 else ''} in {folder}")


def check_case(
    folder: Path, captures: tuple[Path, ...] = (), progress: Progress | None = None
) -> CaseRows:
    """Read a case folder and check it; the problems are in the rows that it returns."""
    rows = read_case(folder, load_vocabulary(), captures, progress)
    cross_check(rows)
    warn_of_strays(folder, rows.problems)
    return rows


class Case:
    """An opened case; a context manager.

    `Case.open(folder)` reads and checks the files and raises ProblemsFound when there is an error.
    """

    def __init__(self, folder: Path, rows: CaseRows) -> None:
        self.folder = folder
        self.problems = rows.problems.sorted()
        self.vocabulary = load_vocabulary()
        self.tables: ClaimTables = load_tables(rows)
        self.contradictions = compute_standing(self.tables, self.vocabulary)
        make_profiles(self.tables)
        self._words: dict[Profile, CaseWords] = {}

    @classmethod
    def open(
        cls, folder: Path | str, captures: tuple[Path, ...] = (), progress: Progress | None = None
    ) -> Self:
        """Open a case folder; raises ProblemsFound when its files have errors."""
        rows = check_case(Path(folder), captures, progress)
        if rows.problems.errors or rows.header is None:
            raise ProblemsFound(Path(folder), rows.problems.sorted())
        return cls(Path(folder), rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.tables.close()

    def words(self, profile: Profile = Profile.PUBLIC) -> CaseWords:
        """Return the case's labels and claims in words; made once per profile."""
        if profile not in self._words:
            self._words[profile] = CaseWords(self.tables, self.vocabulary, profile)
        return self._words[profile]

    def quads(self, profile: Profile = Profile.PUBLIC) -> Iterator[ox.Quad]:
        """Yield the case as RDF quads."""
        return quads(self.tables, self.vocabulary, profile)

    def nquads(self, profile: Profile = Profile.PUBLIC) -> Iterator[str]:
        """Yield the case as sorted N-Quads, in pieces."""
        return nquads(self.tables, self.vocabulary, profile)

    def property_graph(self, profile: Profile = Profile.PUBLIC) -> PropertyGraph:
        """Return the case as a property graph."""
        return property_graph(self.words(profile))

    def to_networkx(self, profile: Profile = Profile.PUBLIC) -> nx.MultiDiGraph[str]:
        """Return the case as a networkx graph with the evidence on its edges."""
        return networkx_graph(self.words(profile))

    def ask(
        self,
        question: str,
        parameters: Mapping[str, str] | None = None,
        *,
        store: Store | None = None,
        profile: Profile = Profile.PUBLIC,
        **more: Any,
    ) -> Answer:
        """Ask a named question: `case.ask("who-received-benefits", giver="Ring", body="LAPD")`.

        Without a store the case's own quads are asked, in memory.
        """
        given = {**(parameters or {}), **{k: str(v) for k, v in more.items()}}
        named = load_question(question)
        if store is not None:
            return ask(named, given, self.words(profile), store)
        with OxigraphStore() as own:
            own.load(self.quads(profile))
            return ask(named, given, self.words(profile), own)
