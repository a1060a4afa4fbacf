"""Pages that list: all things by kind, all sources."""

from __future__ import annotations

from sousveil.model.values import date_words
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.html_text import text
from sousveil.view.svg import legend_mark


def things_page(site: SiteMaterial) -> str:
    """Return all things by kind, with the number of claims about each."""
    by_kind: dict[str, list[str]] = {}
    for iri in site.things:
        by_kind.setdefault(site.words.types[iri], []).append(iri)
    parts = []
    for name in sorted(by_kind, key=lambda name: (site.looks[name][0], name)):
        label, color, symbol = site.looks[name]
        found = sorted(by_kind[name], key=lambda iri: (site.words.labels[iri].casefold(), iri))
        items = "".join(
            f'<li><a href="{site.pages[iri]}">{text(site.words.labels[iri])}</a> '
            f'<span class="tag">{len(site.about.get(iri, ())) + len(site.towards.get(iri, ()))}'
            "</span></li>"
            for iri in found
        )
        parts.append(
            f"<section><h2>{legend_mark(color, symbol)} {text(label)} ({len(found)})</h2>"
            f'<ul class="columns">{items}</ul></section>'
        )
    title = site.frame.words("things")
    return site.frame.page(title, f"<h1>{text(title)}</h1>{''.join(parts)}")


def sources_page(site: SiteMaterial) -> str:
    """Return all sources by day, with the number of what each says."""
    rows = sorted(
        site.sources.items(),
        key=lambda item: (item[1]["published"] or "", item[1]["title"], item[0]),
    )
    items = "".join(
        f"<li><time>{text(date_words(row['published']) if row['published'] else '–')}</time> "
        f'<a href="{site.pages[iri]}">{text(row["title"])}</a>'
        f"{text(_publisher(site, row['publisher']))} "
        f'<span class="tag">{len(site.said.get(iri, ()))}</span></li>'
        for iri, row in rows
    )
    title = site.frame.words("sources")
    return site.frame.page(title, f'<h1>{text(title)}</h1><ol class="time">{items}</ol>')


def _publisher(site: SiteMaterial, iri: str | None) -> str:
    return f", {site.words.labels[iri]}" if iri else ""
