"""The named questions of a case, asked for its pages.

A parameter that must be said is told the question's own example; where that is nothing of this
case, the thing of the wanted class of which the case says most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from sousveil.errors import UsageError
from sousveil.graph.case_words import CaseWords
from sousveil.ledger.lookup import find_entity
from sousveil.ledger.profile import Profile
from sousveil.ledger.tables import ClaimTables
from sousveil.pipeline.case import Case
from sousveil.stores.protocol import Dialect
from sousveil.view.explorer.question_page import AskedQuestion

if TYPE_CHECKING:
    from sousveil.ask.questions import Parameter

MOST_CLAIMS = 6_000
"""Answers to all questions stand on the pages of a case of so many claims, and no larger one.

To ask them costs 2 to 4 CPU seconds at this size and grows with the case. The bound is a number and
no time, so that a case has the same pages on every machine.
"""


def are_asked(tables: ClaimTables) -> bool:
    """Tell whether the answers stand on the pages of a case."""
    ((number,),) = tables.query("SELECT count(*) FROM standing WHERE life = 'active'")
    return bool(number <= MOST_CLAIMS)


def asked_questions(case: Case, profile: Profile) -> Iterator[AskedQuestion]:
    """Yield every question, the bundled ones and the case's own, with its answer."""
    from sousveil.ask.questions import load_questions

    words = case.words(profile)
    questions = load_questions(case.question_folders)
    if not are_asked(case.tables):
        for question in questions:
            given = {p.name: p.example for p in question.parameters if p.required}
            yield AskedQuestion(question=question, given=given, answer=None)
        return
    from sousveil.ask.answers import ask  # not loaded where nothing is asked

    claims = words.claims(later=True)
    told = Counter(claim.subject for claim in claims)
    told.update(c.object for c in claims if c.object is not None and c.object in words.types)
    with case.store(Dialect.SPARQL, profile) as store:
        for question in questions:
            required = [p for p in question.parameters if p.required]
            values = [(p, _value(p, words, told)) for p in required]
            missing = tuple(p for p, value in values if value is None)
            known = {p.name: value for p, value in values if value is not None}
            answer = None if missing else ask(question, known, words, store)
            yield AskedQuestion(question=question, given=known, answer=answer, missing=missing)


def _value(parameter: Parameter, words: CaseWords, told: Counter[str]) -> str | None:
    """Return what a parameter is told; None where the case has nothing for it."""
    from sousveil.ask.parameters import thing_fits

    if parameter.type != "entity":
        return parameter.example
    fits = partial(thing_fits, parameter, words)
    try:
        if fits(find_entity(words.tables, parameter.example, fits)):
            return parameter.example
    except UsageError:
        pass
    fitting = [iri for iri in words.types if told[iri] and fits(iri)]
    if not fitting:
        return None
    return min(fitting, key=lambda iri: (-told[iri], iri)).removeprefix(words.tables.header.base)
