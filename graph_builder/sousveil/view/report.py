"""The overview of a case: claims by standing, drift, differences, conflicts, gaps and more."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading of the overview: its lines, and what an empty one says."""

    title: str
    explains: str
    lines: tuple[str, ...]
    count: int | None = None

    @property
    def number(self) -> int:
        """How many things the section is about; by default its lines."""
        return len(self.lines) if self.count is None else self.count


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The overview of a case in one profile."""

    title: str
    digest: str
    counts: dict[str, int]
    standings: dict[str, int]
    sections: tuple[Section, ...]


def overview(words: CaseWords) -> Overview:
    """Return the overview of a case."""
    claims = words.claims(retracted=True, later=True)
    active = [c for c in claims if c.standing != "retracted"]
    tally = Counter((c.standing, c.accepted, c.is_edge) for c in claims)
    standings: Counter[str] = Counter()
    for (standing, _, _), number in tally.items():
        standings[standing] += number
    tables = words.tables
    counts = {
        name: int(tables.query(f'SELECT count(*) FROM "{name}"')[0][0])  # noqa: S608
        for name in ("entity", "source", "claim", "evidence", "derived_link")
    }
    counts["accepted"] = sum(n for (_, accepted, _), n in tally.items() if accepted)
    # The page draws these; the other claims stand beside their thing.
    links = {key[:2]: n for key, n in tally.items() if key[2] and key[0] != "retracted"}
    counts["links"] = sum(links.values())
    counts["accepted_links"] = sum(n for (_, accepted), n in links.items() if accepted)
    return Overview(
        title=tables.header.title,
        digest=tables.digest(),
        counts=counts,
        standings=dict(sorted(standings.items())),
        sections=_sections(words, claims, active),
    )


def _sections(
    words: CaseWords, claims: list[ClaimView], active: list[ClaimView]
) -> tuple[Section, ...]:
    single = [c for c in active if len(c.origins) == 1]
    words.read_ahead([c.id for c in claims if c.standing == "retracted"])
    return (
        Section(
            title="Drift",
            explains="A relayed value that its own named origin does not bear out; never accepted.",
            lines=_drift(words, active),
        ),
        Section(
            title="Conflicts",
            explains="Values that cannot hold together; all are kept.",
            lines=_pairs(words, active, "conflict"),
        ),
        Section(
            title="Differences",
            explains="Values that overlap without being equal.",
            lines=_pairs(words, active, "difference"),
        ),
        Section(
            title="Disputed and denied",
            explains="Claims that a source or a party contradicts.",
            lines=tuple(
                f"{c.sentence} ({c.standing})"
                for c in active
                if c.standing in ("disputed", "denied")
            ),
        ),
        Section(
            title="Retracted",
            explains="Claims that no counted evidence supports any more.",
            lines=tuple(
                f"{c.sentence}: {'; '.join(sorted({e.discounted or '' for e in c.evidence}))}"
                for c in claims
                if c.standing == "retracted"
            ),
        ),
        Section(
            title="Gaps",
            explains="What a source does not say though its event should have it.",
            lines=tuple(
                f"{words.labels[g.subject]}: '{g.relation}' is not stated by {g.source_label}"
                for g in words.gaps()
            ),
        ),
        Section(
            title="Withheld and not known",
            explains="Withheld is not the same as not known, and neither is none.",
            lines=tuple(
                f"{c.subject_label}: '{c.relation}' is {c.value}"
                for c in active
                if c.kind in ("withheld", "unknown")
            ),
        ),
        Section(
            title="Single-origin claims",
            explains="Claims that rest on one origin, by origin.",
            lines=_by_origin(single),
            count=len(single),
        ),
        Section(
            title="Unread sources",
            explains="Known through others only; reading them would settle most of the above.",
            lines=_unread(words),
        ),
    )


def _drift(words: CaseWords, claims: list[ClaimView]) -> tuple[str, ...]:
    drifted = words.tables.column("SELECT claim FROM drift")
    words.read_ahead(drifted)
    return tuple(
        f"{c.subject_label}, {c.relation}: {remark.removeprefix('drifted: ')}"
        for c in claims
        if c.id in drifted
        for remark in c.remarks
        if remark.startswith("drifted")
    )


def _pairs(words: CaseWords, claims: list[ClaimView], table: str) -> tuple[str, ...]:
    """One line per pair of claims: both values with who says them."""
    pairs = words.tables.query(
        f"SELECT DISTINCT least(a, b), greatest(a, b) FROM {table} ORDER BY ALL"  # noqa: S608
    )
    paired = {claim for pair in pairs for claim in pair}
    views = {c.id: c for c in claims if c.id in paired}
    said = words.supporters(paired)
    lines = []
    for one, other in pairs:
        a, b = sorted((views[one], views[other]), key=lambda c: (not c.accepted, c.value, c.id))
        told = [f"{c.value} ({'; '.join(sorted(set(said[c.id])))})" for c in (a, b)]
        lines.append(f"{a.subject_label}, {a.relation}: {'; '.join(told)}")
    return tuple(sorted(lines))


def _by_origin(claims: list[ClaimView]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.origins[0]] = counts.get(claim.origins[0], 0) + 1
    return tuple(
        f"{origin}: {number}"
        for origin, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _unread(words: CaseWords) -> tuple[str, ...]:
    rows = words.tables.query(
        """
        SELECT iri, title, known_through, (
            SELECT count(*) FROM counted e WHERE list_contains(e.via, s.iri)) AS relayed
        FROM source s WHERE recorded IS NULL ORDER BY relayed DESC, iri
        """
    )
    return tuple(
        f"{title}{'' if words.labels[iri] == title else f' ({words.labels[iri]})'}: known through "
        f"{'; '.join(words.labels[k] for k in known)}. Pieces of evidence that relay it: {relayed}"
        for iri, title, known, relayed in rows
    )


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
    claims = words.claims(retracted=True, later=True)
    about = Counter(c.subject for c in claims)
    entities = words.tables.query("SELECT iri, key, type FROM entity ORDER BY iri")
    data = {
        "title": found.title,
        "digest": found.digest,
        "stamp": stamp,
        "counts": found.counts,
        "standings": found.standings,
        "entities": [
            {"iri": i, "key": k, "type": t, "label": words.labels[i], "claims": about[i]}
            for i, k, t in entities
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
        "single_origin": [
            {"claim": c.id, "sentence": c.sentence, "origin": c.origins[0]}
            for c in claims
            if len(c.origins) == 1 and c.standing != "retracted"
        ],
    }
    written = (f"{json.dumps(name)}: {_json_lines(value)}" for name, value in data.items())
    return "{\n " + ",\n ".join(written) + "\n}\n"


def _json_lines(value: Any) -> str:
    """Return JSON with each item of a list on a line of its own; an indent would cost ten times."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n ]"


def overview_text(found: Overview) -> str:
    """Return the overview for a terminal: numbers, and the lines that an editor must see."""
    counts = found.counts
    lines = [
        f"{found.title}: {counts['entity']} entities, {counts['source']} sources, "
        f"{counts['claim']} claims, {counts['evidence']} pieces of evidence",
        "claims: "
        + (", ".join(f"{number} {name}" for name, number in found.standings.items()) or "none")
        + f"; {counts['accepted']} accepted",
    ]
    lines += [
        f"{section.title.lower()}: {section.number}" for section in found.sections if section.lines
    ]
    return "\n".join(lines) + "\n"


def _md(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>|#" else c for c in text)
    return escaped.replace("\n", " ")
