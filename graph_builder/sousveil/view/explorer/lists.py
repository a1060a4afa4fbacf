"""Pages that list: all things by kind, all sources."""

from __future__ import annotations

from sousveil.model.values import date_words
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.html_text import text
from sousveil.view.svg import legend_mark


def things_page(site: SiteMaterial) -> str:
    """Return all things by kind, each with the number of statements that it is part of."""
    by_kind: dict[str, list[str]] = {}
    for iri in site.things:
        by_kind.setdefault(site.words.types[iri], []).append(iri)
    parts = []
    for name in sorted(by_kind, key=lambda name: (site.looks[name][0], name)):
        label, color, symbol = site.looks[name]
        found = sorted(by_kind[name], key=lambda iri: (site.words.labels[iri].casefold(), iri))
        items = "".join(
            f'<li><a href="{site.pages[iri]}">{text(site.words.labels[iri])}</a> '
            f'<span class="tag">{text(_statements(site, iri))}</span></li>'
            for iri in found
        )
        parts.append(
            f"<section><h2>{legend_mark(color, symbol)} {text(label)} ({len(found)})</h2>"
            f'<ul class="columns">{items}</ul></section>'
        )
    title = site.frame.words("things")
    return site.frame.page(title, f"<h1>{text(title)}</h1>{''.join(parts)}", here="things.html")


def _statements(site: SiteMaterial, iri: str) -> str:
    return site.frame.words.counted("statements", site.counts.get(iri, 0))


def sources_page(site: SiteMaterial) -> str:
    """Return all sources by day, undated ones last, with the number of statements of each."""
    words = site.frame.words
    found = sorted(
        site.sources,
        key=lambda iri: (
            site.sources[iri]["published"] is None,
            site.sources[iri]["published"] or "",
            site.sources[iri]["title"],
            iri,
        ),
    )
    heads = [words(name) for name in ("source", "published", "publisher", "it-says")]
    cells = "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    rows = "".join(_source(site, iri, heads) for iri in found)
    title = words("sources")
    return site.frame.page(
        title,
        f'<h1>{text(title)}</h1><div class="t"><table class="list">'
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>",
        here="sources.html",
    )


def _source(site: SiteMaterial, iri: str, heads: list[str]) -> str:
    """One row; each cell repeats its heading, for where a narrow page shows no heads."""
    row, words = site.sources[iri], site.frame.words
    said = site.told.get(iri, 0)
    values = (
        date_words(row["published"]) if row["published"] else words("no-date"),
        site.words.labels[row["publisher"]] if row["publisher"] else "",
        words.counted("statements", said) if said else words("not-read"),
    )
    cells = "".join(
        f'<td data-h="{text(head)}">{text(value)}</td>'
        for head, value in zip(heads[1:], values, strict=True)
    )
    name = f'<a href="{site.pages[iri]}">{text(row["title"])}</a>'
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
