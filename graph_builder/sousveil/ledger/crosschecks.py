"""Checks that need all files of a case: references, circles, names that may not stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from sousveil.ledger.private_text import NameSearch
from sousveil.model.decision_kinds import PUBLISH_NAME
from sousveil.model.records import Decision, Entity, Evidence, PrivateName, Source
from sousveil.model.story import NOT_YET_ASKED
from sousveil.readers.case_folder import CaseRows
from sousveil.readers.case_place import CASE_FILE
from sousveil.vocabulary.words import did_you_mean

_Links = Mapping[str, set[str]]

_VERBS = {
    "disputes": "disputes a claim that no source makes",
    "withdraws": "withdraws a claim that no source makes",
    "decided": "decided a claim that no source makes",
    "corrected to": "corrected to a claim that no source makes",
    "shown": "a step shows a claim that no source makes",
}


def cross_check(rows: CaseRows) -> None:
    """Add to the case's problems what only shows when all its files are read."""
    _references(rows)
    _circles(rows)
    _replies(rows)
    _private_names(rows)


def _references(rows: CaseRows) -> None:
    made = {claim.id for claim in rows.claims}
    for reference in rows.references:
        if reference.claim.id not in made and not rows.problems.is_blurred(reference.claim.subject):
            rows.problems.error(
                reference.file,
                reference.line,
                f"{_VERBS[reference.verb]}: the relation, the value and 'during:' must be "
                "written as the source has them",
            )


def _circles(rows: CaseRows) -> None:
    """`via` and `based on` must lead to an end, for each claim."""
    headers = {source.iri: set(source.based_on) for source in rows.sources if source.based_on}
    files = {source.iri: source for source in rows.sources}
    for circle in _found(headers):
        source = files[min(circle)]
        rows.problems.error(
            source.file, source.line, f"'based on:' goes in a circle: {_path(circle, files)}"
        )
    by_claim = defaultdict(list)
    for evidence in rows.evidence:
        by_claim[evidence.claim].append(evidence)
    for group in by_claim.values():
        if not any(evidence.via for evidence in group):
            continue
        _via_circles(rows, group, headers, files)


def _via_circles(
    rows: CaseRows, group: list[Evidence], headers: _Links, files: Mapping[str, Source]
) -> None:
    """A source without evidence of its own for the claim leads on to what it is based on."""
    graph: dict[str, set[str]] = defaultdict(set)
    for evidence in group:
        for one, other in pairwise((evidence.source, *evidence.via)):
            graph[one].add(other)
    own = {evidence.source for evidence in group}
    named = {*graph, *(other for others in graph.values() for other in others)}
    for source in _reached(named - own, headers) - own:
        graph[source] |= headers[source]
    for circle in _found(graph):
        chains = [e for e in group if len({e.source, *e.via} & set(circle)) > 1]
        if chains:
            first = min(chains, key=lambda e: (e.file, e.line))
            rows.problems.error(
                first.file, first.line, f"'via:' goes in a circle: {_path(circle, files)}"
            )


def _reached(sources: Iterable[str], headers: _Links) -> set[str]:
    """Return those of some sources, and of all they are based on, that are based on another one."""
    found: set[str] = set()
    left = list(sources)
    while left:
        source = left.pop()
        if source in headers and source not in found:
            found.add(source)
            left.extend(headers[source])
    return found


def _found(graph: _Links) -> list[list[str]]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return _circles_of(graph)
    return []


def _circles_of(graph: _Links) -> list[list[str]]:
    import networkx as nx  # a fifth of a second that a case without circles need not wait

    links: nx.DiGraph[str] = nx.DiGraph()
    links.add_edges_from((one, other) for one, others in graph.items() for other in others)
    return sorted(sorted(g) for g in nx.strongly_connected_components(links) if len(g) > 1)


def _path(circle: list[str], files: Mapping[str, Source]) -> str:
    keys = [files[iri].key if iri in files else iri for iri in circle]
    return " - ".join([*keys, keys[0]])


def _replies(rows: CaseRows) -> None:
    """Decisions on the right of reply name a story and one of its parties; who is to be asked."""
    stories = {story.key: story for story in rows.stories}
    broken = {problem.file for problem in rows.problems.errors}
    for override in rows.gates.overrides:
        story = stories.get(override.story)
        if f"stories/{override.story}.yaml" in broken:
            continue
        if story is None:
            hint = did_you_mean(override.story, stories)
            rows.problems.error(
                override.file, override.line, f"no story '{override.story}' in stories/{hint}"
            )
        elif override.party not in {party.party for party in story.parties}:
            rows.problems.error(
                override.file, override.line, f"that is no party of the story '{override.story}'"
            )
    for story in rows.stories:
        for party in story.parties:
            if party.outcome == NOT_YET_ASKED and not rows.gates.overridden(story.key, party.party):
                rows.problems.warn(
                    story.file,
                    party.line,
                    "the party has not been asked yet: until then no embed of the story is made",
                )


def unknown_names(
    entities: Iterable[Entity], known: Iterable[PrivateName], decisions: Iterable[Decision]
) -> list[str]:
    """Return whose names are withheld and not at hand, so that nothing can be searched for them.

    private/ is not in git: a clone of a case has none. The keys of these entities are returned.
    """
    told = {name.entity for name in known}
    told |= {d.about or "" for d in decisions if d.decision == PUBLISH_NAME}
    return sorted(e.key for e in entities if e.sealed and e.iri not in told)


_Named = Sequence[tuple[str, str | None]]
"""Texts, each with what an editor knows it by."""


def _texts(rows: CaseRows) -> Iterator[tuple[str, int | None, _Named]]:
    """Yield every text of a case: its file, the line of what it is part of, and its name there."""
    named: list[tuple[str, str | None]]
    if header := rows.header:
        named = [("title", header.title), ("base", header.base), ("licence", header.licence)]
        yield CASE_FILE, None, named
    places = {entity.iri: (entity.file, entity.line) for entity in rows.entities}
    for entity in rows.entities:
        yield entity.file, entity.line, [("key", entity.key), ("name", entity.label)]
    for name in rows.names:
        if name.scheme != "label":  # which the entity has too
            yield *places[name.entity], [(name.scheme, name.value)]
    for source in rows.sources:
        named = [("key", source.key), ("title", source.title), ("author", source.author)]
        named += [("note", source.note), ("url", source.url), ("capture", source.capture)]
        yield source.file, source.line, named
    values = {claim.id: claim.lexical for claim in rows.claims}
    for evidence in rows.evidence:
        named = [("the value", values.get(evidence.claim)), ("quote", evidence.quote)]
        named += [("note", evidence.note), ("reason", evidence.reason), ("at", evidence.passage)]
        yield evidence.file, evidence.line, named
    for decision in rows.decisions:
        named = [("because", decision.because), ("by", decision.by), ("second", decision.second)]
        yield decision.file, decision.line, named
    for override in rows.gates.overrides:
        yield override.file, override.line, [("because", override.because)]
    for judgement in rows.judgements:
        named = [("because", judgement.because), ("by", judgement.by)]
        yield judgement.file, judgement.line, named
    for story in rows.stories:
        yield story.file, story.line, story.texts()


def withheld_among(rows: CaseRows) -> list[str]:
    """Return the withheld names that are at hand and that no decision publishes."""
    published = {d.about for d in rows.decisions if d.decision == PUBLISH_NAME}
    return [p.name for p in rows.private_names if p.entity not in published]


def refuse_name(rows: CaseRows, file: str, line: int | None, where: str) -> None:
    """Add the error that a withheld name stands in a file; `where` tells in what part of it."""
    rows.problems.error(
        file,
        line,
        f"a name that private/ withholds stands here ({where}); "
        "write the role instead, or record a decision 'publish name'",
    )


def _private_names(rows: CaseRows) -> None:
    search = NameSearch(withheld_among(rows))
    if not search.names:
        return
    for file, line, words in _texts(rows):
        named = [name for name, text in words if text and search.found_in(text)]
        if named:
            refuse_name(rows, file, line, ", ".join(dict.fromkeys(named)))
    keys = [(e.file, e.line, e.key) for e in rows.entities]
    keys += [(s.file, s.line, s.key) for s in rows.sources]
    for file, line, key in keys:
        if search.surname_in(key) and not search.found_in(key):
            rows.problems.warn(
                file,
                line,
                f"'{key}' has a surname in it that private/ withholds; "
                "if that person is meant, take another key",
            )
