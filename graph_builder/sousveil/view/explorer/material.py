"""What the pages of one case are made from: its claims by thing and by source, computed once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView, EvidenceView, GapView
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.records import Kind
from sousveil.view.case_scene import CaseMaterial, kind_of
from sousveil.view.claim_days import ClaimDays, claim_days
from sousveil.view.explorer.frame import Frame
from sousveil.view.html_text import text
from sousveil.view.interface_words import interface_words

_ACTIVE = "FROM claim JOIN standing ON claim = id WHERE life = 'active'"
_COUNTS = f"""
SELECT iri, count(*) FROM (
    SELECT subject AS iri {_ACTIVE}
    UNION ALL SELECT object {_ACTIVE} AND kind = 'entity' AND object <> subject
) GROUP BY iri
"""  # noqa: S608
_SAID = """
SELECT DISTINCT source, claim FROM evidence JOIN standing USING (claim) WHERE life = 'active'
"""
_TOLD = f"SELECT source, count(*) FROM ({_SAID}) GROUP BY source"  # noqa: S608
_AROUND = """
SELECT id FROM claim WHERE subject IN (SELECT unnest(?::VARCHAR[]))
UNION SELECT id FROM claim WHERE kind = 'entity' AND object IN (SELECT unnest(?::VARCHAR[]))
"""


class SiteMaterial:
    """The material of all pages.

    `counts` has the number of claims that each thing is part of, `told` that of the claims that
    each source has evidence for, `relays` and `relayed` whom a source repeats and who repeats it;
    all keyed by IRI. `pages` holds addresses from the folder of index.html.

    What a thing's or a source's own page tells is read by `read`, for all of them or for some:
    `about` holds the claims of each thing, `towards` those that lead to it, `days` their days,
    `said` the ids of the claims that each source has evidence for.
    """

    def __init__(
        self, words: CaseWords, more: tuple[tuple[str, str], ...] = (), mark: str = ""
    ) -> None:
        """Read what all pages need; `more` are further pages, `mark` is on top of all."""
        tables = words.tables
        self.words = words
        self.case = CaseMaterial(words)
        self.frame = _frame(words, more, mark)
        self.things = tuple(iri for (iri,) in tables.query("SELECT iri FROM entity ORDER BY iri"))
        self.sources: dict[str, dict[str, Any]] = {
            row["iri"]: row
            for row in tables.dicts(f"SELECT * FROM source_{words.profile} ORDER BY iri")  # noqa: S608
        }
        self.counts: dict[str, int] = dict(tables.query(_COUNTS))
        self.told: dict[str, int] = dict(tables.query(_TOLD))
        self.gaps: dict[str, list[GapView]] = {}
        for gap in self.case.gaps:
            self.gaps.setdefault(gap.subject, []).append(gap)
        self.relays: dict[str, list[str]] = {}
        self.relayed: dict[str, list[str]] = {}
        for source, via in tables.query(
            "SELECT DISTINCT source, unnest(via) FROM evidence ORDER BY ALL"
        ):
            self.relays.setdefault(source, []).append(via)
            self.relayed.setdefault(via, []).append(source)
        kinds = {name: kind_of(words, name) for name in set(words.types.values())}
        self.looks = {name: (k.label, k.color, k.symbol) for name, k in kinds.items()}
        keys = self.case.keys
        self.pages = {iri: f"things/{keys[iri]}.html" for iri in self.things}
        self.pages |= {iri: f"sources/{keys[iri]}.html" for iri in self.sources}
        self.pages_from_below = {iri: f"../{page}" for iri, page in self.pages.items()}
        self.rows: dict[str, str] = {}
        self.about: dict[str, list[ClaimView]] = {}
        self.towards: dict[str, list[ClaimView]] = {}
        self.said: dict[str, list[str]] = {}
        self.days = ClaimDays(of_claim={}, of_event={}, event_words={})

    @cached_property
    def drawn(self) -> list[str]:
        """The things of which something is said."""
        return [iri for iri in self.things if iri in self.counts]

    @cached_property
    def tally(self) -> dict[str, int]:
        """How many links there are, how many of them are accepted, and how many facts."""
        ((links, accepted, facts),) = self.words.tables.query(
            "SELECT count(*) FILTER (kind = 'entity'), "
            "count(*) FILTER (kind = 'entity' AND accepted), "
            f"count(*) FILTER (kind <> 'entity') {_ACTIVE}"
        )
        return {"links": links, "accepted": accepted, "facts": facts}

    def read(self, iris: Collection[str] | None = None) -> None:
        """Read what is told on the pages of all things and sources, or of some."""
        among = "" if iris is None else "AND {} IN (SELECT unnest(?::VARCHAR[]))"
        given = [] if iris is None else [sorted(iris)]
        self.said.clear()
        for source, id_ in self.words.tables.query(
            f"{_SAID} {among.format('source')} ORDER BY ALL", given
        ):
            self.said.setdefault(source, []).append(id_)
        ids = None
        if iris is not None:
            ids = self.words.tables.column(_AROUND, given * 2)
            self.words.read_ahead(ids.union(*self.said.values()))
        self.days = self.case.days if ids is None else claim_days(self.words, ids)
        self.about.clear()
        self.towards.clear()
        for claim in self.words.claims(only=ids, later=True):
            self.about.setdefault(claim.subject, []).append(claim)
            if claim.kind == Kind.ENTITY and claim.object and claim.object != claim.subject:
                self.towards.setdefault(claim.object, []).append(claim)

    def said_by(self, source: str) -> list[tuple[ClaimView, EvidenceView]]:
        """Return the pieces of evidence of a source with their claims."""
        return [
            (claim, evidence)
            for claim in self.words.claims(only=self.said.get(source, ()))
            for evidence in claim.evidence
            if evidence.source == source
        ]


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
