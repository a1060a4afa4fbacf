"""A part of a case as a scene: chosen things, the links between them, what is said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView, GapView
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import Kind as ValueKind
from sousveil.view.claim_days import ClaimDays, claim_days
from sousveil.view.interface_words import interface_words
from sousveil.view.scene import Kind, Node, Scene, Statement, in_order
from sousveil.view.symbols import TERM_COLOR, TERM_SYMBOL

_SHORT_ID = 8


@dataclass(frozen=True, kw_only=True)
class CaseMaterial:
    """What scenes of one case are made from, computed once."""

    words: CaseWords
    claims: tuple[ClaimView, ...]
    gaps: tuple[GapView, ...]
    days: ClaimDays
    keys: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    anchors: Mapping[str, str]

    def neighbours(self, iri: str) -> set[str]:
        """Return the things that a claim joins with a thing."""
        found = set()
        for claim in self.claims:
            if (
                claim.kind == ValueKind.ENTITY
                and claim.object
                and iri in (claim.subject, claim.object)
            ):
                found |= {claim.subject, claim.object}
        return found - {iri}


def case_material(words: CaseWords) -> CaseMaterial:
    """Return the claims of a case in words, with their days, and the names of its things."""
    claims = tuple(words.claims(later=True))
    also: dict[str, list[str]] = {}
    for entity, value in words.tables.query(
        f"SELECT entity, value FROM name_{words.profile} WHERE scheme = 'also' ORDER BY ALL"  # noqa: S608
    ):
        also.setdefault(entity, []).append(value)
    keys = dict(
        words.tables.query("SELECT iri, key FROM entity UNION ALL SELECT iri, key FROM source")
    )
    return CaseMaterial(
        words=words,
        claims=claims,
        gaps=tuple(words.gaps()),
        days=claim_days(words, claims),
        keys=keys,
        also={entity: tuple(values) for entity, values in also.items()},
        anchors=_anchors(claims),
    )


def _anchors(claims: Iterable[ClaimView]) -> dict[str, str]:
    """A short name per claim; the whole id where two begin alike."""
    count: dict[str, int] = {}
    ids = [claim.id for claim in claims]
    for id_ in ids:
        count[id_[:_SHORT_ID]] = count.get(id_[:_SHORT_ID], 0) + 1
    return {i: f"c-{i[:_SHORT_ID] if count[i[:_SHORT_ID]] == 1 else i}" for i in ids}


def case_scene(
    material: CaseMaterial,
    chosen: Sequence[str],
    *,
    title: str,
    interface: str | None = None,
    captions: Mapping[str, str] | None = None,
    ranks: Mapping[str, int] | None = None,
    pages: Mapping[str, str] | None = None,
    facts: bool = True,
    evidence: bool = True,
) -> Scene:
    """Return a scene of the chosen things (IRIs, in that order) with all claims that they make.

    A claim whose value is a thing that is not chosen is told as a fact. With `facts` false there
    are links only, with `evidence` false these lack theirs and what else must be told of
    them. `pages` holds addresses of things and sources.
    """
    words = material.words
    header = words.tables.header
    index = {iri: n for n, iri in enumerate(chosen)}
    kinds = _kinds(words, chosen)
    place = {kind.name: n for n, kind in enumerate(kinds)}
    statements = [
        statement_of(material, claim, index, index.get(claim.object or ""), evidence=evidence)
        for claim in material.claims
        if claim.subject in index
        and (facts or (claim.kind == ValueKind.ENTITY and claim.object in index))
    ]
    gaps = [gap for gap in material.gaps if gap.subject in index]
    if facts:
        said = interface_words(interface or header.language)("not-stated-by")
        statements += [_gap_statement(words, gap, n, index, said) for n, gap in enumerate(gaps)]
    marked = {gap.subject for gap in gaps} | {
        claim.subject
        for claim in material.claims
        if claim.kind in (ValueKind.WITHHELD, ValueKind.UNKNOWN)
    }
    nodes = tuple(
        Node(
            anchor=material.keys.get(iri, iri),
            label=words.labels[iri],
            kind=place[words.types.get(iri, "Concept")],
            also=material.also.get(iri, ()),
            caption=(captions or {}).get(iri, ""),
            rank=(ranks or {}).get(iri),
            marked=iri in marked,
            href=(pages or {}).get(iri),
        )
        for iri in chosen
    )
    interface = interface or header.language
    return Scene(
        title=title,
        language=header.language,
        interface=interface,
        kinds=kinds,
        nodes=nodes,
        statements=in_order(statements),
        alt=interface_words(interface)(
            "alt",
            title=title,
            things=len(nodes),
            links=sum(1 for s in statements if s.end is not None),
        ),
        stamp=STAMP if words.profile is Profile.DESK else "",
        source_pages=dict(pages or {}),
    )


def case_origin(words: CaseWords, interface: str) -> str:
    """Return what names the case, and its state, where a scene has a title of its own."""
    tables = words.tables
    return f"{tables.header.title}, {interface_words(interface)('digest')} {tables.digest()[:8]}."


def statement_of(
    material: CaseMaterial,
    claim: ClaimView,
    index: Mapping[str, int],
    end: int | None,
    *,
    evidence: bool = True,
) -> Statement:
    """Return a claim as a statement; a link where its value is one of the things in `index`."""
    first, last = material.days.days(claim)
    return Statement(
        anchor=material.anchors[claim.id],
        start=index[claim.subject],
        end=end if claim.kind == ValueKind.ENTITY else None,
        sentence=claim.sentence,
        verb=claim.verb,
        accepted=claim.accepted,
        standing=claim.standings,
        when=material.days.words(claim),
        first=first,
        last=last,
        origins=claim.origins,
        remarks=claim.remarks if evidence else (),
        evidence=claim.evidence if evidence else (),
    )


def _gap_statement(
    words: CaseWords, gap: GapView, number: int, index: Mapping[str, int], said: str
) -> Statement:
    place = f", {gap.passage}" if gap.passage else ""
    subject = words.labels[gap.subject]
    return Statement(
        anchor=f"g-{number}",
        start=index[gap.subject],
        end=None,
        sentence=f"{subject} – {gap.relation}: {said} {gap.source_label}{place}",
        verb=gap.relation,
        accepted=True,
    )


def _kinds(words: CaseWords, chosen: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of the chosen things, by label, as the ontology draws them."""
    names = {words.types.get(iri, "Concept") for iri in chosen}
    found = [kind_of(words, name) for name in names]
    return tuple(sorted(found, key=lambda kind: (kind.label, kind.name)))


def kind_of(words: CaseWords, name: str) -> Kind:
    """Return a class as a kind; what has no look in the ontology is drawn as a term is."""
    known = words.vocabulary.classes.get(name)
    return Kind(
        name=name,
        label=known.label if known else "term of a vocabulary",
        color=(known and known.color) or TERM_COLOR,
        symbol=(known and known.symbol) or TERM_SYMBOL,
    )
