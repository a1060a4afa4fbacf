"""What a thing is linked to, relation by relation, with the evidence of every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sousveil.ask.effects import DerivedLink, derived_links
from sousveil.ask.trace import claim_lines
from sousveil.ask.trace_graph import STANDING_COSTS
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.model.records import Kind
from sousveil.vocabulary.words import counted


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """One link to another thing: its claim; or, where it is derived, the claims it stands on.

    `reads` is the link as a phrase from the thing that was asked about: `gave` or `came from`.
    """

    iri: str
    label: str
    type: str
    type_label: str
    reads: str
    relation: str
    claims: tuple[ClaimView, ...]
    derived: DerivedLink | None = None

    @property
    def accepted(self) -> bool:
        """Whether the link is taken as established."""
        return all(claim.accepted for claim in self.claims)

    def as_dict(self) -> dict[str, Any]:
        """Return the link as plain data for JSON."""
        return {
            "iri": self.iri,
            "label": self.label,
            "type": self.type,
            "relation": self.relation,
            "reads": self.reads,
            "accepted": self.accepted,
            "derived": self.derived is not None,
            "claims": [claim.as_dict() for claim in self.claims],
        }


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The links of a thing; `links` are those shown, `total` counts all, `things` what they reach.

    Ordered by relation; within one accepted links first, then the best documented.
    """

    iri: str
    label: str
    type: str
    type_label: str
    links: tuple[Neighbour, ...]
    total: int
    things: int
    as_of: Mapping[str, str]
    left_out: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the links as plain data for JSON."""
        return {
            "iri": self.iri,
            "label": self.label,
            "type": self.type,
            "asOf": dict(self.as_of),
            "leftOut": list(self.left_out),
            "total": self.total,
            "things": self.things,
            "links": [link.as_dict() for link in self.links],
        }


def find_neighbours(
    words: CaseWords,
    iri: str,
    limit: int,
    as_of: Mapping[str, str] | None = None,
    left_out: tuple[str, ...] = (),
) -> Neighbours:
    """Return the links of a thing (IRI), at most `limit` of them; those that count most stay."""
    found = [*_claimed(words, iri), *_derived(words, iri)]
    kept = sorted(found, key=_rank)[:limit]
    ordered = sorted(kept, key=lambda link: (link.derived is not None, link.reads, *_rank(link)))
    return Neighbours(
        iri=iri,
        label=words.labels[iri],
        type=words.types.get(iri, "Concept"),
        type_label=_type_label(words, iri),
        links=tuple(ordered),
        total=len(found),
        things=len({link.iri for link in found}),
        as_of=as_of or {},
        left_out=left_out,
    )


def _rank(link: Neighbour) -> tuple[Any, ...]:
    weakest = max(STANDING_COSTS[claim.standing] for claim in link.claims)
    origins = min(len(claim.origins) for claim in link.claims)
    ids = tuple(claim.id for claim in link.claims)
    return (not link.accepted, link.derived is not None, weakest, -origins, link.label, ids)


def _claimed(words: CaseWords, iri: str) -> list[Neighbour]:
    ids = words.tables.query("SELECT id FROM claim WHERE subject = ? OR object = ?", [iri, iri])
    found = []
    for claim in words.claims(only={id_ for (id_,) in ids}):
        if claim.kind != Kind.ENTITY or claim.object is None or claim.subject == claim.object:
            continue
        if claim.subject == iri:
            other, reads = claim.object, claim.verb
        elif claim.object == iri:
            other, reads = claim.subject, claim.verb_back
        else:
            continue
        found.append(_neighbour(words, other, reads, claim.relation, (claim,)))
    return found


def _derived(words: CaseWords, iri: str) -> list[Neighbour]:
    links = {
        id_: link
        for id_, link in derived_links(words).items()
        if iri in (link.subject, link.object) and link.subject != link.object
    }
    ids = {each for link in links.values() for each in link.claims}
    claims = {claim.id: claim for claim in words.claims(only=ids)}
    predicates = dict(words.tables.query("SELECT id, predicate FROM derived_link"))
    found = []
    for id_, link in links.items():
        relation = words.vocabulary.relation_at(predicates[id_])
        forwards = link.subject == iri
        found.append(
            _neighbour(
                words,
                link.object if forwards else link.subject,
                relation.verbs.reads if forwards else relation.verbs.reads_back,
                relation.label,
                tuple(claims[each] for each in link.claims),
                link,
            )
        )
    return found


def _neighbour(
    words: CaseWords,
    other: str,
    reads: str,
    relation: str,
    claims: tuple[ClaimView, ...],
    derived: DerivedLink | None = None,
) -> Neighbour:
    return Neighbour(
        iri=other,
        label=words.labels[other],
        type=words.types.get(other, "Concept"),
        type_label=_type_label(words, other),
        reads=reads,
        relation=relation,
        claims=claims,
        derived=derived,
    )


def _type_label(words: CaseWords, iri: str) -> str:
    known = words.vocabulary.classes.get(words.types.get(iri, ""))
    return known.label if known else "term"


def neighbours_text(found: Neighbours) -> str:
    """Return the links of a thing for a terminal."""
    lines = [
        f"{found.label} ({found.type_label}) is linked to {counted(found.things, 'thing')} "
        f"by {counted(found.total, 'link')}"
    ]
    lines += [f"as of: {name} {time}" for name, time in found.as_of.items()]
    heading = None
    for link in found.links:
        if (link.derived is not None, link.reads) != heading:
            heading = (link.derived is not None, link.reads)
            lines += ["", f"{link.reads}{' (derived)' if link.derived else ''}"]
        mark = "" if link.accepted else " (not accepted)"
        during = "" if link.derived else link.claims[0].during
        when = f", {during}" if during else ""
        lines.append(f"  {link.label} ({link.type_label}){when}{mark}")
        for claim in link.claims:
            # What a single claim says stands in the heading and the name already.
            told = claim_lines(claim)[0 if link.derived else 1 :]
            lines += [f"    {line.strip() if not link.derived else line}" for line in told]
    if len(found.links) < found.total:
        lines += [
            "",
            f"only {len(found.links)} of {found.total} links are shown, the best documented; "
            "allow more with --limit",
        ]
    lines += ["", *found.left_out] if found.left_out else []
    return "\n".join(lines) + "\n"
