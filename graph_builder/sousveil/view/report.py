"""The overview of a case as Markdown, as JSON, and for a terminal."""

from __future__ import annotations

import json
from collections.abc import Collection

from sousveil.graph.case_words import CaseWords
from sousveil.view.json_lines import JsonLines, json_value, lines_of
from sousveil.view.overview import BY_ORIGIN, FormerOverview, Overview
from sousveil.view.single_origin import former_single_origin
from sousveil.vocabulary.words import counted

_MARKDOWN = str.maketrans({**{c: f"\\{c}" for c in "\\`*_{}[]<>|#"}, "\n": " "})
_SINGLE_ORIGIN = "single_origin"
"""The last that a report in JSON tells."""


def report_markdown(found: Overview, stamp: str | None = None) -> str:
    """Return the overview as Markdown."""
    lines = [f"# {_md(found.title)}", ""]
    if stamp:
        lines += [f"**{stamp}**", ""]
    lines += [f"Digest of the case: `{found.digest}`", "", "| what | number |", "|---|---|"]
    names = {
        "entity": "entities",
        "source": "sources",
        "claim": "claims",
        "evidence": "pieces of evidence",
        "derived_link": "derived links",
        "accepted": "accepted claims",
        "links": "claims that the page draws as links",
        "accepted_links": "accepted claims that the page draws as links",
    }
    lines += [f"| {names[name]} | {number} |" for name, number in found.counts.items()]
    lines += ["", "## Claims by standing", "", "| standing | claims |", "|---|---|"]
    lines += [f"| {name} | {number} |" for name, number in found.standings.items()]
    for section in found.sections:
        lines += ["", f"## {section.title} ({section.number})", "", section.explains, ""]
        lines += [f"- {_md(line)}" for line in section.lines] or ["None."]
    return "\n".join(lines) + "\n"


def report_json(words: CaseWords, found: Overview, stamp: str | None = None) -> str:
    """Return the overview as JSON, with the entities and the claims behind the numbers.

    An object: title, digest, stamp (null in the public profile without an embargo), counts,
    standings (standing: number of claims), entities (iri, key, type, label, claims: how many are
    about it), sections (title, explains, number, lines), and single_origin (claim id, sentence,
    origin), every list in a fixed order.
    """
    entities = words.tables.query(
        "SELECT iri, key, type, count(id) FROM entity LEFT JOIN claim ON subject = iri "
        "GROUP BY ALL ORDER BY iri"
    )
    data = {
        "title": found.title,
        "digest": found.digest,
        "stamp": stamp,
        "counts": found.counts,
        "standings": found.standings,
        "entities": [
            {"iri": iri, "key": key, "type": type_, "label": words.labels[iri], "claims": number}
            for iri, key, type_, number in entities
        ],
        "sections": [
            {
                "title": section.title,
                "explains": section.explains,
                "number": section.number,
                "lines": list(section.lines),
            }
            for section in found.sections
        ],
        _SINGLE_ORIGIN: JsonLines(found.single.lines),
    }
    written = (f"{json_value(name)}: {json_value(value)}" for name, value in data.items())
    return "{\n " + ",\n ".join(written) + "\n}\n"


def former_overview(report: str, words: CaseWords, claims: Collection[str]) -> FormerOverview:
    """Return what a report in JSON said; raises ValueError, KeyError or TypeError if it is none."""
    rest, _, single = report.rpartition(f',\n "{_SINGLE_ORIGIN}": ')
    _, _, sections = rest.partition(',\n "sections": ')
    lines = {section["title"]: tuple(section["lines"]) for section in json.loads(sections)}
    return FormerOverview(
        words=words,
        claims=claims,
        lines=lines,
        single=former_single_origin(lines_of(single.removesuffix("\n}\n")), lines[BY_ORIGIN]),
    )


def overview_text(found: Overview) -> str:
    """Return the overview for a terminal: numbers, and the lines that an editor must see."""
    counts = found.counts
    lines = [
        f"{found.title}: {counted(counts['entity'], 'entity', 'entities')}, "
        f"{counted(counts['source'], 'source')}, {counted(counts['claim'], 'claim')}, "
        f"{counted(counts['evidence'], 'piece of evidence', 'pieces of evidence')}",
        "claims: "
        + (", ".join(f"{number} {name}" for name, number in found.standings.items()) or "none")
        + f"; {counts['accepted']} accepted",
    ]
    lines += [
        f"{section.title.lower()}: {section.number}" for section in found.sections if section.lines
    ]
    return "\n".join(lines) + "\n"


def _md(text: str) -> str:
    return text.translate(_MARKDOWN)
