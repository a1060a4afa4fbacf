"""The page of one source: what it is, what it says, whom it relays and who relays it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sousveil.model.values import date_words
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.explorer.thing_page import sentence, standing
from sousveil.view.html_text import link, text


def source_page(site: SiteMaterial, iri: str) -> str:
    """Return the page of a source; it depends on the case's words only."""
    words, said = site.words, site.frame.words
    row = site.sources[iri]
    kind = site.looks[words.types[iri]][0]
    title = str(row["title"])
    body = (
        f'<header><h1>{text(title)}</h1><p class="kind">{text(kind)}</p></header>'
        f"<dl>{_facts(site, iri)}</dl>{_said(site, iri)}"
    )
    if iri not in site.told:
        body += f'<p class="empty">{text(said("unread"))}</p>'
    return site.frame.page(title, body, up="../", state=False)


def _facts(site: SiteMaterial, iri: str) -> str:
    row, said = site.sources[iri], site.frame.words
    found: list[tuple[str, str]] = []
    if row["publisher"]:
        found.append(("publisher", _named(site, row["publisher"])))
    if row["author"]:
        found.append(("author", text(str(row["author"]))))
    if row["published"]:
        found.append(("published", text(date_words(row["published"]))))
    if row["url"]:
        found.append(("address", link(row["url"], str(row["url"]))))
    if row["recorded"]:
        found.append(("read", text(date_words(row["recorded"]) + _extent(row["extent"]))))
    for name, column in (("based-on", "based_on"), ("known-through", "known_through")):
        if row[column]:
            found.append((name, _all_named(site, row[column])))
    if row["corrects"]:
        found.append(("corrects", _named(site, row["corrects"])))
    if row["note"]:
        found.append(("note", text(str(row["note"]))))
    for name, others in (("relays", site.relays), ("relayed-by", site.relayed)):
        if iri in others:
            found.append((name, _all_named(site, others[iri])))
    return "".join(f"<dt>{text(said(name))}</dt><dd>{value}</dd>" for name, value in found)


def _extent(extent: str | None) -> str:
    return f", {extent}" if extent else ""


def _all_named(site: SiteMaterial, found: Sequence[str]) -> str:
    """Several things or sources; sources that are called alike are told apart by their titles."""
    count = Counter(site.words.labels[iri] for iri in found)
    return "; ".join(_named(site, iri, titled=count[site.words.labels[iri]] > 1) for iri in found)


def _named(site: SiteMaterial, iri: str, *, titled: bool = False) -> str:
    page = site.pages.get(iri)
    label = text(site.words.labels[iri])
    if titled and iri in site.sources:
        label += f": {text(str(site.sources[iri]['title']))}"
    return f'<a href="../{page}">{label}</a>' if page else label


def _said(site: SiteMaterial, iri: str) -> str:
    """What the source says, passage by passage."""
    said = site.frame.words
    items = []
    for claim, evidence in sorted(
        site.said_by(iri), key=lambda pair: (_place(pair[1].place), pair[0].id)
    ):
        stance = f"{said(evidence.stance)} " if evidence.stance != "supports" else ""
        passage = f"{evidence.passage}: " if evidence.passage else ""
        via = "".join(f", {said('via')} {name}" for name in evidence.via)
        quote = f"<blockquote>{text(evidence.quote)}</blockquote>" if evidence.quote else ""
        mark = "" if claim.accepted else ' class="o"'
        items.append(
            f"<li{mark}>{text(passage + stance)}{sentence(site, claim)}{text(via)} "
            f'<span class="tag">{text(standing(site, claim))}</span>{quote}</li>'
        )
    if not items:
        return ""
    return (
        f'<section><h2>{text(said("it-says"))}</h2><ol class="says">{"".join(items)}</ol></section>'
    )


def _place(place: str) -> int:
    return int(place.rpartition(":")[2])
