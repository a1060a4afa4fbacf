"""What the pages of one case are made from: its claims by thing and by source, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView, EvidenceView, GapView
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import Kind
from sousveil.view.case_scene import CaseMaterial, case_material, kind_of
from sousveil.view.explorer.frame import Frame
from sousveil.view.html_text import text
from sousveil.view.interface_words import interface_words


@dataclass(frozen=True, kw_only=True)
class SiteMaterial:
    """The material of all pages.

    `about` holds the claims of each thing, `towards` those that lead to it, `told` the ids of the
    claims that each source has evidence for, `relays` and `relayed` whom a source repeats and who
    repeats it; all keyed by IRI. `pages` holds addresses from the
    folder of index.html.
    """

    case: CaseMaterial
    frame: Frame
    things: tuple[str, ...]
    sources: Mapping[str, Mapping[str, Any]]
    about: Mapping[str, list[ClaimView]]
    towards: Mapping[str, list[ClaimView]]
    gaps: Mapping[str, list[GapView]]
    told: Mapping[str, list[str]]
    relays: Mapping[str, list[str]]
    relayed: Mapping[str, list[str]]
    looks: Mapping[str, tuple[str, str, str]]
    pages: Mapping[str, str]
    pages_from_below: Mapping[str, str]
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> CaseWords:
        """The case in words."""
        return self.case.words

    def said(self, source: str) -> list[tuple[ClaimView, EvidenceView]]:
        """Return the pieces of evidence of a source with their claims."""
        return [
            (claim, evidence)
            for claim in self.words.claims(only=self.told.get(source, ()))
            for evidence in claim.evidence
            if evidence.source == source
        ]


def site_material(
    words: CaseWords, more: tuple[tuple[str, str], ...] = (), mark: str = ""
) -> SiteMaterial:
    """Return the material of a case's pages; `more` are further pages, `mark` is on top of all."""
    case = case_material(words)
    things = tuple(iri for (iri,) in words.tables.query("SELECT iri FROM entity ORDER BY iri"))
    sources = {
        row["iri"]: row
        for row in words.tables.dicts(f"SELECT * FROM source_{words.profile} ORDER BY iri")  # noqa: S608
    }
    about: dict[str, list[ClaimView]] = {}
    towards: dict[str, list[ClaimView]] = {}
    told: dict[str, list[str]] = {}
    for claim in case.claims:
        about.setdefault(claim.subject, []).append(claim)
        if claim.kind == Kind.ENTITY and claim.object and claim.object != claim.subject:
            towards.setdefault(claim.object, []).append(claim)
    for source, id_ in words.tables.query(
        "SELECT DISTINCT source, claim FROM evidence JOIN standing USING (claim) "
        "WHERE life = 'active'"
    ):
        told.setdefault(source, []).append(id_)
    gaps: dict[str, list[GapView]] = {}
    for gap in case.gaps:
        gaps.setdefault(gap.subject, []).append(gap)
    relays: dict[str, list[str]] = {}
    relayed: dict[str, list[str]] = {}
    for source, via in words.tables.query(
        "SELECT DISTINCT source, unnest(via) FROM evidence ORDER BY ALL"
    ):
        relays.setdefault(source, []).append(via)
        relayed.setdefault(via, []).append(source)
    kinds = {name: kind_of(words, name) for name in set(words.types.values())}
    pages = {iri: f"things/{case.keys[iri]}.html" for iri in things}
    pages |= {iri: f"sources/{case.keys[iri]}.html" for iri in sources}
    return SiteMaterial(
        case=case,
        frame=_frame(words, more, mark),
        things=things,
        sources=sources,
        about=about,
        towards=towards,
        gaps=gaps,
        told=told,
        relays=relays,
        relayed=relayed,
        looks={name: (kind.label, kind.color, kind.symbol) for name, kind in kinds.items()},
        pages=pages,
        pages_from_below={iri: f"../{page}" for iri, page in pages.items()},
    )


def joined(*marks: str) -> str:
    """Return the marks on top of a page as one text."""
    return " · ".join(mark for mark in marks if mark)


def _frame(words: CaseWords, more: tuple[tuple[str, str], ...], mark: str) -> Frame:
    header = words.tables.header
    said = interface_words(header.language)
    licence = f" {said('licence')} {header.licence}." if header.licence else ""
    digest = f", {said('digest')} {words.tables.digest()[:8]}"
    foot = "<footer><p>{}</p></footer>"
    marks = joined(STAMP if words.profile is Profile.DESK else "", mark)
    return Frame(
        language=text(header.language),
        case_title=text(header.title),
        mark=marks,
        foot=foot.format(text(f"{said('made')}{digest}.{licence}")),
        plain_foot=foot.format(text(f"{said('made')}.{licence}")),
        words=said,
        more=more,
    )
