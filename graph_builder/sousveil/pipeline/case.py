"""A case, opened: its files read, checked and computed, with every form it can take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sousveil.errors import OutsideError, SousveilError
from sousveil.graph.case_words import CaseWords
from sousveil.ledger.profile import Profile, make_profiles
from sousveil.ledger.tables import ClaimTables, load_tables
from sousveil.model.records import Problem
from sousveil.model.release import Embargo, Gates
from sousveil.standing.as_of import AsOf, tables_as_of
from sousveil.standing.compute import compute_standing
from sousveil.stores.protocol import Dialect
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import counted

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from sousveil.ask.analysis import Analysis
    from sousveil.ask.impact import Impact
    from sousveil.graph.property_elements import PropertyGraph
    from sousveil.pipeline.case_answer import CaseAnswer
    from sousveil.readers.case_folder import CaseRows, Progress
    from sousveil.stores.protocol import Store
    from sousveil.view.overview import FormerOverview, Overview


class ProblemsFound(SousveilError):
    """A case has errors; `problems` lists all of them, warnings too."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        errors = sum(1 for p in problems if p.severity == "error")
        super().__init__(f"{counted(errors, 'problem')} in {folder}")


def check_case(
    folder: Path, captures: tuple[Path, ...] = (), progress: Progress | None = None
) -> CaseRows:
    """Read a case folder and check it; the problems are in the rows that it returns."""
    from sousveil.ledger.crosschecks import cross_check
    from sousveil.pipeline.question_names import check_questions_for_names
    from sousveil.pipeline.strays import warn_of_strays
    from sousveil.readers.case_folder import read_case

    rows = read_case(folder, load_vocabulary(), captures, progress)
    cross_check(rows)
    check_questions_for_names(folder, rows)
    warn_of_strays(folder, rows.problems)
    return rows


class Case:
    """An opened case; a context manager.

    `Case.open(folder)` reads and checks the files and raises ProblemsFound when there is an error.
    """

    def __init__(self, folder: Path, rows: CaseRows) -> None:
        self.folder = folder
        self.problems: list[Problem] = rows.problems.sorted()
        self.vocabulary = load_vocabulary()
        self.stories = {story.key: story for story in rows.stories}
        self.gates = rows.gates
        self.tables: ClaimTables = load_tables(rows)
        self.contradictions: list[str] = compute_standing(self.tables, self.vocabulary)
        make_profiles(self.tables)
        self._words: dict[Profile, CaseWords] = {}
        self._overviews: dict[Profile, Overview] = {}
        self.as_of = AsOf()
        self.left_out: tuple[str, ...] = ()

    @classmethod
    def of_tables(cls, folder: Path, tables: ClaimTables, vocabulary: Vocabulary) -> Self:
        """Return a case whose tables are there already, with all that follows from them."""
        case = cls.__new__(cls)
        case.folder, case.tables, case.vocabulary = folder, tables, vocabulary
        case.problems, case.contradictions, case.stories = [], [], {}
        until = tables.header.embargo
        case.gates = Gates(embargo=Embargo(until=until, file="case.yaml", line=None))
        case.as_of, case.left_out, case._words, case._overviews = AsOf(), (), {}, {}
        return case

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
        self.close()

    def close(self) -> None:
        """Free the tables."""
        self.tables.close()

    def words(self, profile: Profile = Profile.PUBLIC) -> CaseWords:
        """Return the case's labels and claims in words; made once per profile."""
        if profile not in self._words:
            self._words[profile] = CaseWords(self.tables, self.vocabulary, profile)
        return self._words[profile]

    def overview(
        self, profile: Profile = Profile.PUBLIC, former: FormerOverview | None = None
    ) -> Overview:
        """Return the case in numbers, with what an editor must see; made once per profile.

        `former` is that of a former state, which saves work; see sousveil.view.overview.
        """
        if profile not in self._overviews:
            from sousveil.view.overview import overview

            self._overviews[profile] = overview(self.words(profile), former)
        return self._overviews[profile]

    def quads(self, profile: Profile = Profile.PUBLIC) -> Iterator[ox.Quad]:
        """Yield the case as RDF quads."""
        from sousveil.graph.rdf import quads

        return quads(self.tables, self.vocabulary, profile)

    def nquads(self, profile: Profile = Profile.PUBLIC) -> Iterator[str]:
        """Yield the case as sorted N-Quads, in pieces."""
        from sousveil.graph.serialise import nquads

        return nquads(self.tables, self.vocabulary, profile)

    def property_graph(self, profile: Profile = Profile.PUBLIC) -> PropertyGraph:
        """Return the case as a property graph."""
        from sousveil.graph.property_graph import property_graph

        return property_graph(self.words(profile))

    def to_networkx(self, profile: Profile = Profile.PUBLIC) -> nx.MultiDiGraph[str]:
        """Return the case as a networkx graph with the evidence on its edges.

        Its attribute `stamp` says what holds it back: an embargo, or names for the desk only.
        """
        from sousveil.graph.networkx_graph import networkx_graph
        from sousveil.pipeline.release import stamp_of

        graph = networkx_graph(self.words(profile))
        if stamp := stamp_of(self.tables.header, profile):
            graph.graph["stamp"] = stamp
        return graph

    @property
    def question_folders(self) -> tuple[Path, ...]:
        """The folders with this case's own questions, beside the bundled ones."""
        own = self.folder / "queries"
        return (own,) if own.is_dir() else ()

    def seen(self, as_of: AsOf) -> Case:
        """Return the case as of a time; itself where none is set. Close this case, not that one."""
        if not as_of:
            return self
        tables, left_out = tables_as_of(self.tables, self.vocabulary, as_of)
        case = Case.of_tables(self.folder, tables, self.vocabulary)
        case.as_of, case.left_out, case.stories = as_of, left_out, self.stories
        return case

    def store(self, dialect: Dialect = Dialect.SPARQL, profile: Profile = Profile.PUBLIC) -> Store:
        """Return a store of one language that holds the case; the caller closes it.

        Raises OutsideError where the embedded Cypher engine is not installed.
        """
        store: Store
        if dialect is Dialect.SPARQL:
            from sousveil.stores.oxigraph_store import OxigraphStore

            store = OxigraphStore()
        else:
            from sousveil.stores.arcade_store import ArcadeStore

            store = ArcadeStore()
        try:
            store.load_case(self, profile)
        except BaseException:
            store.close()
            raise
        return store

    def ask(
        self,
        question: str,
        parameters: Mapping[str, str] | None = None,
        *,
        store: Store | None = None,
        profile: Profile = Profile.PUBLIC,
        happened: str | None = None,
        reported: str | None = None,
        recorded: str | None = None,
        **more: Any,
    ) -> CaseAnswer:
        """Ask a named question: `case.ask("who-received-benefits", giver="Ring", body="LAPD")`.

        Args:
            question, parameters: its name, and a text for each parameter, also as keywords.
            store: what to ask, holding the case; without one the case's own quads are asked.
            profile: for whom the answer is.
            happened, reported, recorded: as of when (EDTF); see sousveil.standing.as_of.
        """
        from sousveil.ask.answers import ask
        from sousveil.ask.questions import load_question
        from sousveil.pipeline.case_answer import CaseAnswer

        as_of = AsOf(happened=happened, reported=reported, recorded=recorded)
        if as_of and store is not None:
            raise OutsideError("a store holds the case as it is; ask `case.seen(AsOf(...))`")
        given = {**(parameters or {}), **{k: str(v) for k, v in more.items()}}
        named = load_question(question, self.question_folders)
        case = self.seen(as_of)
        words = case.words(profile)

        def asked(of: Store) -> CaseAnswer:
            as_of = case.as_of.words()
            answer = ask(named, given, words, of, as_of=as_of, left_out=case.left_out)
            return CaseAnswer.of(answer, words)

        if store is not None:
            return asked(store)
        with case.store(Dialect.SPARQL, profile) as own:
            return asked(own)

    def impact(
        self,
        source: str,
        *,
        questions: Sequence[str] | None = None,
        profile: Profile = Profile.PUBLIC,
    ) -> Impact:
        """Return what falls or changes if a source (key, title, file or IRI) is withdrawn.

        `questions` names those that are asked again; None is all. Raises UsageError for an unknown
        source or question.
        """
        from sousveil.pipeline.impact import impact_of

        return impact_of(self, source, questions=questions, profile=profile)

    def analyse(
        self,
        kind: str,
        *things: str,
        every: bool = False,
        types: Sequence[str] = ("Agent",),
        hops: int = 2,
        limit: int = 20,
        profile: Profile = Profile.PUBLIC,
        happened: str | None = None,
        reported: str | None = None,
        recorded: str | None = None,
    ) -> Analysis:
        """Compute on the graph of the case: `case.analyse("shared", "Ring", "Flock Safety")`.

        Args:
            kind: shared, brokers, components, alike or same; see sousveil.ask.analysis.
            things: names, keys or IRIs.
            every, types, hops, limit: see sousveil.ask.analysis.analyse.
            happened, reported, recorded: as of when (EDTF); see sousveil.standing.as_of.
        """
        from sousveil.ask.analysis import analyse, check_kind
        from sousveil.ledger.lookup import find_entity
        from sousveil.pipeline.release import stamp_of

        check_kind(kind, things)
        case = self.seen(AsOf(happened=happened, reported=reported, recorded=recorded))
        return analyse(
            case.words(profile),
            kind,
            [find_entity(case.tables, thing) for thing in things],
            every=every,
            types=types,
            hops=hops,
            limit=limit,
            as_of=case.as_of.words(),
            left_out=case.left_out,
            stamp=stamp_of(case.tables.header, profile),
        )
