"""The page of one thing: every claim with its evidence, its neighbours, its timeline."""

from __future__ import annotations

from collections.abc import Sequence

from sousveil.graph.claim_words import ClaimView
from sousveil.model.records import Kind
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.explorer.neighbourhood import Neighbour, neighbourhood_svg
from sousveil.view.html_text import text
from sousveil.view.statement_html import COLUMNS, evidence_item


def thing_page(site: SiteMaterial, iri: str) -> str:
    """Return the page of a thing; it depends on the case's words only."""
    words, said = site.words, site.frame.words
    label = words.labels[iri]
    kind, color, symbol = site.looks[words.types[iri]]
    about, towards = site.about.get(iri, []), site.towards.get(iri, [])
    also = site.case.also.get(iri, ())
    names = f" · {said('also')} {', '.join(also)}" if also else ""
    after = _neighbours(site, [(c, c.object or "") for c in about if c.kind == Kind.ENTITY])
    before = _neighbours(site, [(c, c.subject) for c in towards])
    body = (
        f'<header><h1>{text(label)}</h1><p class="kind">{text(kind)}{text(names)}</p></header>'
        + neighbourhood_svg((color, symbol), before, after, f"{said('links')}: {label}")
        + _timeline(site, about, towards)
        + _section(said("said"), _table(site, about))
        + _gaps(site, iri)
        + _section(said("leads-here"), _table(site, towards))
    )
    if not about and not towards and iri not in site.gaps:
        body += f'<p class="empty">{text(said("no-claim"))}</p>'
    return site.frame.page(label, body, up="../", state=False)


def _neighbours(site: SiteMaterial, links: list[tuple[ClaimView, str]]) -> list[Neighbour]:
    """Return the things that links lead to: each once with its verb.

    Accepted and well documented links come first, then things of which more is told.
    """
    ordered = sorted(
        links,
        key=lambda link: (
            not link[0].accepted,
            -len(link[0].origins),
            -site.counts.get(link[1], 0),
        ),
    )
    found: dict[tuple[str, str], Neighbour] = {}
    for claim, other in ordered:
        _, color, symbol = site.looks[site.words.types[other]]
        found.setdefault(
            (other, claim.verb),
            Neighbour(
                label=site.words.labels[other],
                color=color,
                symbol=symbol,
                verb=claim.verb,
                accepted=claim.accepted,
                href=f"../{site.pages[other]}",
            ),
        )
    return list(found.values())


def _section(title: str, content: str) -> str:
    return f"<section><h2>{text(title)}</h2>{content}</section>" if content else ""


def _table(site: SiteMaterial, claims: Sequence[ClaimView]) -> str:
    if not claims:
        return ""
    said = site.frame.words
    heads = "".join(f'<th scope="col">{text(said(name))}</th>' for name in COLUMNS)
    rows = "".join(claim_row(site, claim) for claim in claims)
    return (
        f'<div class="t"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def claim_row(site: SiteMaterial, claim: ClaimView) -> str:
    """Return a claim as a row of a table, with links to the things it joins.

    It stands on the pages of both things, and is made once.
    """
    found = site.rows.get(claim.id)
    if found is None:
        found = site.rows[claim.id] = _made_row(site, claim)
    return found


def _made_row(site: SiteMaterial, claim: ClaimView) -> str:
    said = site.frame.words
    mark = "" if claim.accepted else ' class="o"'
    when = site.days.words(claim)
    return (
        f'<tr id="{site.case.anchor(claim.id)}"{mark}><th scope="row">{sentence(site, claim)}</th>'
        f"<td>{text(standing(site, claim))}</td>"
        f"<td>{text(when or said('no-date'))}</td><td>{evidence(site, claim)}</td></tr>"
    )


def sentence(site: SiteMaterial, claim: ClaimView) -> str:
    """Return a claim as a sentence whose things lead to their pages."""
    subject = _linked(site, claim.subject, claim.subject_label)
    if claim.kind == Kind.ENTITY and claim.object:
        when = f" ({claim.during})" if claim.during else ""
        return (
            f"{subject} {text(claim.verb)} {_linked(site, claim.object, claim.value)}{text(when)}"
        )
    return f"{subject} {text(claim.predication)}"


def _linked(site: SiteMaterial, iri: str, label: str) -> str:
    page = site.pages.get(iri)
    return f'<a href="../{page}">{text(label)}</a>' if page else text(label)


def standing(site: SiteMaterial, claim: ClaimView) -> str:
    """Return how a claim stands, in the interface's language."""
    said = site.frame.words
    found = [said.term(w) for w in (claim.standing, *claim.flags)]
    if not claim.accepted:
        found.append(said("not-accepted"))
    return ", ".join(dict.fromkeys(found))


def evidence(site: SiteMaterial, claim: ClaimView) -> str:
    """Return the origins of a claim, its evidence and what else must be told of it."""
    said = site.frame.words
    count = len(claim.origins)
    told = said.counted("origins", count) if count else said("no-origin")
    names = f": {'; '.join(claim.origins)}" if count else ""
    items = "".join(evidence_item(e, said, site.pages_from_below) for e in claim.evidence)
    remarks = "".join(f'<p class="r">{text(remark)}</p>' for remark in claim.remarks)
    return f'<p class="s">{text(told + names)}</p><ul>{items}</ul>{remarks}'


def _timeline(site: SiteMaterial, about: list[ClaimView], towards: list[ClaimView]) -> str:
    """The dated claims in the order of their days; an event's own day is told once."""
    days = site.days
    found = []
    for claim in [*(c for c in about if c.id in days.of_claim), *towards]:
        first, last = days.of(claim.id, claim.subject)
        if first or last:
            found.append((first or last or "", days.words(claim), claim))
    if len({day for day, _, _ in found}) < 2:
        return ""
    found.sort(key=lambda item: (item[0], item[2].id))
    items = "".join(
        f"<li><time>{text(when)}</time><div>{sentence(site, claim)}</div></li>"
        for _, when, claim in found
    )
    return _section(site.frame.words("timeline"), f'<ol class="time">{items}</ol>')


def _gaps(site: SiteMaterial, iri: str) -> str:
    found = site.gaps.get(iri, [])
    if not found:
        return ""
    said = site.frame.words("not-stated-by")
    items = "".join(
        f"<li>{text(gap.relation)}: {text(said)} {text(gap.source_label)}"
        f"{text(f', {gap.passage}' if gap.passage else '')}</li>"
        for gap in found
    )
    return _section(site.frame.words("gaps"), f"<ul>{items}</ul>")
