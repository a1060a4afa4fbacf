"""Who else got the same: the same giver, benefit, programme or policy as one thing.

A table says which relations mean that somebody got something, and what of it may be shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sousveil.ask.analysis_graph import AnalysisGraph, Found, FoundRow

SAMENESS: tuple[tuple[str, str, str | None], ...] = (
    ("giver", "receiver", "giver"),
    ("benefit", "receiver", "thing given"),
    ("programme", "receiver", "under"),
    ("programme", "program for", None),
    ("offer", "offered to", "offered by"),
    ("payer", "subsidy for", "paid by"),
    ("vendor", "partner", "vendor"),
    ("policy", "applies to", None),
)
"""What is shared, the relation from the event to who got it, and the relation from the event to
what is shared; None where the event itself is that."""

GROUPS = ("member group of",)
"""What a group got, the body that it is a group of got too."""

_CLAIMS = """
SELECT c.id, c.subject, c.object, c.predicate, s.standing, s.accepted
FROM claim c JOIN standing s ON s.claim = c.id
WHERE s.life = 'active' AND c.object IS NOT NULL AND c.predicate IN (SELECT unnest(?::VARCHAR[]))
ORDER BY c.id
"""


@dataclass(frozen=True, kw_only=True)
class _Got:
    """Somebody got a share of something by an event, as claims say."""

    what: str
    shared: str
    event: str
    holder: str
    claims: tuple[str, ...]


def same(graph: AnalysisGraph, things: Sequence[str], hops: int) -> Found:
    """Return who else got what a thing, or a group of its members, got."""
    del hops
    (thing,) = things
    links = _links(graph)
    groups = {
        subject: id_ for word in GROUPS for id_, subject, object_ in links[word] if object_ == thing
    }
    holders = {thing: (), **{group: (id_,) for group, id_ in sorted(groups.items())}}
    got = list(_got(links))
    rows: dict[tuple[str, str, str], set[str]] = {}
    for mine in got:
        if mine.holder not in holders:
            continue
        for theirs in got:
            if (theirs.what, theirs.shared) != (mine.what, mine.shared):
                continue
            if theirs.holder in holders:
                continue
            claims = rows.setdefault((mine.what, mine.shared, theirs.holder), set())
            claims |= {*holders[mine.holder], *mine.claims, *theirs.claims}
    order = [what for what, _, _ in SAMENESS]
    found = [
        FoundRow(
            cells=(
                graph.label(other),
                graph.type(other),
                f"the same {what}",
                graph.label(value),
                _events(graph, got, what, value, other),
            ),
            things=(other, value),
            claims=tuple(sorted(claims)),
        )
        for (what, value, other), claims in sorted(
            rows.items(), key=lambda row: (order.index(row[0][0]), row[0][1], row[0][2])
        )
    ]
    told = "; ".join(f"{w} ({r}{f', {s}' if s else ''})" for w, r, s in SAMENESS)
    return Found(
        how="two things got the same where claims join both to one and the same: "
        f"{told}; what a group of members got counts for its body",
        columns=("who", "type", "what", "which", "by"),
        rows=found,
    )


def _events(graph: AnalysisGraph, got: list[_Got], what: str, value: str, holder: str) -> str:
    key = (what, value, holder)
    events = {g.event for g in got if (g.what, g.shared, g.holder) == key and g.event != value}
    return "; ".join(graph.label(event) for event in sorted(events))


def _links(graph: AnalysisGraph) -> dict[str, list[tuple[str, str, str]]]:
    """Return (claim, subject, value) of each relation that matters, as far as it counts."""
    labels = {r for _, a, b in SAMENESS for r in (a, b) if r is not None} | set(GROUPS)
    vocabulary = graph.words.vocabulary
    names = {vocabulary.relations[label].iri: label for label in sorted(labels)}
    found: dict[str, list[tuple[str, str, str]]] = {label: [] for label in labels}
    for id_, subject, object_, predicate, standing, accepted in graph.words.tables.query(
        _CLAIMS, [sorted(names)]
    ):
        if graph.wanted.takes(standing, names[predicate], accepted=accepted):
            found[names[predicate]].append((id_, subject, object_))
    return found


def _got(links: dict[str, list[tuple[str, str, str]]]) -> Iterator[_Got]:
    for what, to, of in SAMENESS:
        shares: dict[str, list[tuple[str, str]]] = {}
        for id_, event, value in links[of] if of else ():
            shares.setdefault(event, []).append((id_, value))
        for id_, event, holder in links[to]:
            if of is None:
                yield _Got(what=what, shared=event, event=event, holder=holder, claims=(id_,))
            for other, value in shares.get(event, ()):
                yield _Got(what=what, shared=value, event=event, holder=holder, claims=(id_, other))
