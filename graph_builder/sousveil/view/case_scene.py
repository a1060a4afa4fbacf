"""A part of a case as a scene: chosen things, the links between them, what is said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView, GapView
from sousveil.graph.link_words import links
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import Kind as ValueKind
from sousveil.view.claim_days import ClaimDays, claim_days
from sousveil.view.interface_words import interface_words
from sousveil.view.scene import Kind, Node, Scene, Statement, in_order
from sousveil.view.symbols import TERM_COLOR, TERM_SYMBOL

SHORT_ID = 8
"""So many letters of a claim's id are its anchor where no other begins alike."""
NOT_TOLD_KINDS = (ValueKind.WITHHELD, ValueKind.UNKNOWN)
_NOT_TOLD = f"""
SELECT subject FROM claim JOIN standing ON claim = id
WHERE life = 'active' AND kind IN {tuple(map(str, NOT_TOLD_KINDS))}
"""  # noqa: S608


class CaseMaterial:
    """What scenes of one case are made from; each thing is computed when it is first wanted."""

    def __init__(self, words: CaseWords) -> None:
        self.words = words

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims in words but the retracted ones."""
        return tuple(self.words.claims(later=True))

    @cached_property
    def gaps(self) -> tuple[GapView, ...]:
        """Where sources are silent."""
        return tuple(self.words.gaps())

    @cached_property
    def days(self) -> ClaimDays:
        """The days of the claims."""
        return claim_days(self.words)

    @cached_property
    def keys(self) -> dict[str, str]:
        """The keys of all things and sources by IRI."""
        return dict(
            self.words.tables.query(
                "SELECT iri, key FROM entity UNION ALL SELECT iri, key FROM source"
            )
        )

    @cached_property
    def also(self) -> dict[str, list[str]]:
        """The other names of things by IRI."""
        found: dict[str, list[str]] = {}
        names = f"name_{self.words.profile}"
        for entity, value in self.words.tables.query(
            f"SELECT entity, value FROM {names} WHERE scheme = 'also' ORDER BY ALL"  # noqa: S608
        ):
            found.setdefault(entity, []).append(value)
        return found

    @cached_property
    def _alike(self) -> set[str]:
        return self.words.tables.column(
            f"""
            SELECT claim FROM standing WHERE life = 'active'
            QUALIFY count(*) OVER (PARTITION BY left(claim, {SHORT_ID})) > 1
            """  # noqa: S608
        )

    def only(self, claims: Iterable[ClaimView]) -> CaseMaterial:
        """Return the material of a case of which some claims are told, and nothing else."""
        own = CaseMaterial(self.words)
        own.claims, own.gaps = tuple(claims), ()
        return own

    def anchor(self, claim: str) -> str:
        """Return a short name of a claim (by id); the whole id where two begin alike."""
        return f"c-{claim if claim in self._alike else claim[:SHORT_ID]}"

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
    are links only; with `evidence` false too, they are bare of it and of what else must be told of
    them. `pages` holds addresses of things and sources.
    """
    words, header = material.words, material.words.tables.header
    index = {iri: n for n, iri in enumerate(chosen)}
    kinds = _kinds(words, chosen)
    place = {kind.name: n for n, kind in enumerate(kinds)}
    interface = interface or header.language
    gaps = [gap for gap in material.gaps if gap.subject in index]
    bare = not facts and not evidence
    if bare:
        statements = _bare_links(material, index)
    else:
        statements = [
            _statement(material, claim, index)
            for claim in material.claims
            if claim.subject in index
            and (facts or (claim.kind == ValueKind.ENTITY and claim.object in index))
        ]
    if facts:
        said = interface_words(interface)("not-stated-by")
        statements += [_gap_statement(words, gap, n, index, said) for n, gap in enumerate(gaps)]
    marked = {gap.subject for gap in gaps}
    marked |= (
        words.tables.column(_NOT_TOLD)
        if bare
        else {claim.subject for claim in material.claims if claim.kind in NOT_TOLD_KINDS}
    )
    nodes = tuple(
        Node(
            anchor=material.keys.get(iri, iri),
            label=words.labels[iri],
            kind=place[words.types.get(iri, "Concept")],
            also=tuple(material.also.get(iri, ())),
            caption=(captions or {}).get(iri, ""),
            rank=(ranks or {}).get(iri),
            marked=iri in marked,
            href=(pages or {}).get(iri),
        )
        for iri in chosen
    )
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


def _bare_links(material: CaseMaterial, index: Mapping[str, int]) -> list[Statement]:
    """The links between the things in `index`, with their days."""
    days = material.days
    return [
        Statement(
            anchor=material.anchor(link.id),
            start=index[link.subject],
            end=index[link.object],
            sentence=link.sentence,
            verb=link.verb,
            accepted=link.accepted,
            standing=link.standings,
            when=link.during or days.event_words.get(link.subject, ""),
            first=first,
            last=last,
        )
        for link in links(material.words)
        if link.subject in index and link.object in index
        for first, last in (days.of(link.id, link.subject),)
    ]


def _statement(material: CaseMaterial, claim: ClaimView, index: Mapping[str, int]) -> Statement:
    """A claim as a statement; a link where its value is one of the things in `index`."""
    first, last = material.days.of(claim.id, claim.subject)
    return Statement(
        anchor=material.anchor(claim.id),
        start=index[claim.subject],
        end=index.get(claim.object or "") if claim.kind == ValueKind.ENTITY else None,
        sentence=claim.sentence,
        verb=claim.verb,
        accepted=claim.accepted,
        standing=claim.standings,
        when=material.days.words(claim),
        first=first,
        last=last,
        origins=claim.origins,
        remarks=claim.remarks,
        evidence=claim.evidence,
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
