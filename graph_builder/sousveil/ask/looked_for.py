"""What a question without rows looked for, and how much of that the case has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sousveil.ask.questions import Question, QuestionFault
from sousveil.graph.case_words import CaseWords
from sousveil.stores.protocol import Bound, Dialect
from sousveil.vocabulary.words import counted

_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w<])([\w-]*):([\w-]+)")
SHOWN = 12
"""How many relations a sentence lists."""


def looked_for(
    question: Question, bound: Mapping[str, Bound], named: Mapping[str, str], words: CaseWords
) -> tuple[str, ...]:
    """Return sentences on the claims that would answer, and on those of the things asked about.

    Args:
        bound: the values of the parameters as a store binds them.
        named: how a reader calls them.
    """
    labels = [words.vocabulary.relation_at(iri).label for iri in _relations(question, words)]
    numbers = _numbers(words)
    has = {label: numbers.get(label, 0) for label in labels}
    found = []
    if any(has.values()):
        found.append(f"looked for claims with {_listed(has, ' in this case')}")
    elif labels:
        found.append(f"this case has no claim with {' or '.join(labels[:SHOWN])}")
    for parameter in question.parameters:
        iri = bound.get(parameter.name)
        if parameter.type in ("entity", "term") and iri is not None:
            found.append(_of_thing(str(iri), named[parameter.name], has, words))
    return tuple(found)


def _of_thing(iri: str, name: str, has: Mapping[str, int], words: CaseWords) -> str:
    numbers = _numbers(words, iri)
    every = sum(numbers.values())
    fitting = {label: number for label, number in numbers.items() if label in has}
    if not every:
        return f"{name} is in no claim of this case"
    if not any(has.values()):
        return f"{name} is in {counted(every, 'claim')} of this case: {_listed(numbers)}"
    if fitting:
        return f"{name} is in {sum(fitting.values())} of these: {_listed(fitting)}"
    return f"{name} is in none of these, but in {counted(every, 'claim')} with other relations"


def _relations(question: Question, words: CaseWords) -> list[str]:
    """Return the relations that the question's SPARQL names, in its order."""
    try:
        text = question.text(Dialect.SPARQL)
    except QuestionFault:  # a question of one's own in Cypher only
        return []
    prefixes = dict(_PREFIX.findall(text))
    known = {relation.iri for relation in words.vocabulary.relations.values()}
    names = (prefixes.get(prefix, "") + local for prefix, local in _NAME.findall(text))
    return list(dict.fromkeys(iri for iri in names if iri in known))


def _numbers(words: CaseWords, thing: str | None = None) -> dict[str, int]:
    """Return how many claims count of each relation, in all or of one thing, most first."""
    of_thing = "" if thing is None else "AND (c.subject = ? OR c.object = ?)"
    rows = words.tables.query(
        f"""
        SELECT c.predicate, count(*) FROM claim c JOIN standing s ON s.claim = c.id
        WHERE s.life = 'active' {of_thing} GROUP BY 1 ORDER BY 2 DESC, 1
        """,  # noqa: S608
        [] if thing is None else [thing, thing],
    )
    return {words.vocabulary.relation_at(iri).label: number for iri, number in rows}


def _listed(numbers: Mapping[str, int], where: str = "") -> str:
    """Return relations with their numbers; `where` follows the first one, for all of them."""
    shown = [f"{label} ({number})" for label, number in list(numbers.items())[:SHOWN]]
    more = len(numbers) - len(shown)
    first = f"{shown[0][:-1]}{where})"
    return ", ".join([first, *shown[1:]]) + (f" and {more} more" if more else "")
