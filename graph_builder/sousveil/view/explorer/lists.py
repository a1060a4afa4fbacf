"""Pages that list: all things by kind, all sources, the questions."""

from __future__ import annotations

from collections.abc import Iterable

from sousveil.ask.questions import Question
from sousveil.model.values import date_words
from sousveil.stores.protocol import Dialect
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


def questions_page(site: SiteMaterial, questions: Iterable[Question]) -> str:
    """Return the named questions: what each gives, how it is asked, and its two queries."""
    said = site.frame.words
    parts = []
    for question in questions:
        given = " ".join(f'--{p.name} "{p.example}"' for p in question.parameters)
        queries = "".join(
            f"<details><summary>{name}</summary><pre>{text(question.text(dialect))}</pre></details>"
            for name, dialect in (("SPARQL", Dialect.SPARQL), ("Cypher", Dialect.CYPHER))
        )
        parts.append(
            f'<section id="{text(question.name)}"><h2>{text(question.title)}</h2>'
            f"<p>{text(said('gives'))} {text(question.answers)}</p>"
            f"<p>{text(said('does-not'))} {text(question.does_not)}</p>"
            f"<pre>sousveil ask {text(question.name)} {text(given)}</pre>{queries}</section>"
        )
    title = said("questions")
    return site.frame.page(title, f"<h1>{text(title)}</h1>{''.join(parts)}")
