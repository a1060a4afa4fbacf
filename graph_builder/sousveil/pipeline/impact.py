"""What falls with a source: the case is computed without it, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sousveil.ask.answer_effects import AnswerEffect, answer_effect
from sousveil.ask.answers import Answer, ask
from sousveil.ask.effects import claim_effects, derived_links, link_effects
from sousveil.ask.impact import Impact, NotAsked, story_effects
from sousveil.ask.parameters import bind
from sousveil.ask.questions import Question, load_question, load_questions
from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.ledger.copies import drop_copy
from sousveil.ledger.lookup import find_source
from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case
from sousveil.standing.withdrawal import tables_without
from sousveil.stores.protocol import Bound, Store

MOST_ASKED = 400
"""Questions are asked at most so many times; what is left out is counted and told."""


def impact_of(
    case: Case,
    source: str,
    *,
    questions: Sequence[str] | None = None,
    profile: Profile = Profile.PUBLIC,
    most: int = MOST_ASKED,
    progress: Callable[[str], None] = lambda _: None,
) -> Impact:
    """Return what changes in a case if a source is withdrawn.

    Args:
        source: its key, title, file or IRI.
        questions: names of the questions to ask again; None: all of them.
        most: how many times questions are asked at most.
        progress: told which question is asked.

    A question that needs a parameter is asked of all things for which its rows stand on claims
    that change, and of its example. Raises UsageError for an unknown source or question.
    """
    iri = find_source(case.tables, source)
    for name in questions or ():
        load_question(name, case.question_folders)  # an unknown one is told before the work
    words = case.words(profile)
    progress("computing without it")
    withdrawn = tables_without(case.tables, case.vocabulary, iri)
    without = Case.of_tables(case.folder, withdrawn.tables, case.vocabulary)
    without.as_of, without.left_out = case.as_of, case.left_out
    try:
        after = without.words(profile)
        was = words.claims(retracted=True)
        counted = {claim.id: claim for claim in was if claim.standing != "retracted"}
        claims = claim_effects(was, after.claims(retracted=True))
        links = link_effects(derived_links(words), derived_links(after))
        changed = {each.was.id for each in claims}
        asker = _Asker(case, without, profile, changed, most, progress)
        answers = asker.effects(questions) if claims else []
        return Impact(
            source=iri,
            label=words.labels[iri],
            title=_title(case, iri),
            case_title=case.tables.header.title,
            as_of=case.as_of.words(),
            evidence=withdrawn.own,
            relayed=_by_label(words, withdrawn.relayed),
            based_on_it=_based_on(case, words, iri),
            claims=tuple(claims),
            unchanged=len(counted) - len(claims),
            links=tuple(links),
            answers=tuple(answers),
            asked=asker.asked,
            not_asked=tuple(asker.not_asked),
            stories=story_effects(case.stories.values(), counted, claims, words.labels),
        )
    finally:
        drop_copy(case.tables, withdrawn.tables)


def _title(case: Case, iri: str) -> str:
    ((title,),) = case.tables.query("SELECT title FROM source WHERE iri = ?", [iri])
    return str(title)


def _by_label(words: CaseWords, counts: dict[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for iri, number in counts.items():
        found[words.labels[iri]] = found.get(words.labels[iri], 0) + number
    return dict(sorted(found.items()))


def _based_on(case: Case, words: CaseWords, iri: str) -> tuple[str, ...]:
    rows = case.tables.query(
        "SELECT iri FROM source WHERE list_contains(based_on, ?) ORDER BY key", [iri]
    )
    return tuple(words.labels[other] for (other,) in rows)


class _Asker:
    """Asks questions of the case as it is and as it would be."""

    def __init__(
        self,
        case: Case,
        without: Case,
        profile: Profile,
        changed: Collection[str],
        most: int,
        progress: Callable[[str], None],
    ) -> None:
        self.case = case
        self.without = without
        self.profile = profile
        self.changed = changed
        self.most = most
        self.progress = progress
        self.asked = 0
        self.not_asked: list[NotAsked] = []

    def effects(self, names: Sequence[str] | None) -> list[AnswerEffect]:
        """Return the answers that change, in the order of the questions."""
        named = load_questions(self.case.question_folders)
        wanted = [q for q in named if names is None or q.name in names]
        if not wanted:
            return []
        found = []
        with (
            self.case.store(profile=self.profile) as then,
            self.without.store(profile=self.profile) as now,
        ):
            for question in wanted:
                self.progress(question.name)
                ways = list(self._ways(question, then, now))
                taken = ways[: self.most - self.asked]
                self.asked += len(taken)
                if left := len(ways) - len(taken):
                    self._leave_out(question, f"beyond the {self.most} askings", left)
                for given in taken:
                    before = self._answer(self.case, question, given, then)
                    after = self._answer(self.without, question, given, now)
                    if before is not None and (effect := answer_effect(before, after)).changed:
                        found.append(effect)
        return found

    def _leave_out(self, question: Question, why: str, combinations: int | None = None) -> None:
        self.not_asked.append(NotAsked(question=question.name, combinations=combinations, why=why))

    def _answer(
        self, case: Case, question: Question, given: dict[str, str], store: Store
    ) -> Answer | None:
        try:
            return ask(question, given, case.words(self.profile), store)
        except UsageError:  # what a parameter names is not there any more
            return None

    def _ways(self, question: Question, then: Store, now: Store) -> Iterator[dict[str, str]]:
        """Yield the parameters to ask a question with."""
        needed = [p for p in question.parameters if p.required]
        if not needed:
            yield {}
            return
        example = {p.name: p.example for p in needed}
        free = [p for p in needed if p.type in ("entity", "term")]
        seen: set[tuple[str, ...]] = set()
        words = self.case.words(self.profile)
        try:
            bound = bind(question, example, words).bound
        except UsageError:
            bound = None
        if bound is not None:
            seen.add(tuple(str(bound[p.name]) for p in free))
            yield example
        elif len(free) < len(needed):  # an example is no reason to ask about a day
            days = ", ".join(f"--{p.name}" for p in needed if p not in free)
            self._leave_out(question, f"what its example names is not in this case, nor any {days}")
            return
        found: set[tuple[str, ...]] = set()
        for store in (then, now):
            # A parameter that is not bound stays free, and tells what the row is about.
            for row in store.rows(question.text(store.dialect), self._unbound(question, bound)):
                claims = {str(row[c]).rsplit("/", 1)[-1] for c in question.claims if row.get(c)}
                if claims & set(self.changed) and all(row.get(p.name) for p in free):
                    found.add(tuple(str(row[p.name]) for p in free))
        if bound is None and not found:
            self._leave_out(
                question, "what its example names is not in this case, and no row changes"
            )
        for values in sorted(found - seen):
            yield {**example, **{p.name: v for p, v in zip(free, values, strict=True)}}

    @staticmethod
    def _unbound(question: Question, bound: Mapping[str, Bound] | None) -> dict[str, Bound]:
        """Return bindings that leave every thing and term free."""
        found: dict[str, Bound] = dict(bound or {})
        for each in question.parameters:
            if each.required and each.type in ("entity", "term"):
                found[each.name] = None
            elif bound is None:
                ends = ("_first", "_last") if each.type == "date" else ("",)
                found |= {f"{each.name}{end}": None for end in ends}
        return found
