"""One entity in the terminal: every claim about it with its evidence."""

from __future__ import annotations

from typing import Any

from sousveil.ask.formats import evidence_words
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.vocabulary.terms import Vocabulary
from sousveil.vocabulary.words import counted


def entity_data(words: CaseWords, iri: str) -> dict[str, Any]:
    """Return an entity with its claims, those about it and those that lead to it, as plain data."""
    claims = _claims(words, iri)
    names = words.tables.query(
        f"SELECT scheme, value FROM name_{words.profile} WHERE entity = ? ORDER BY ALL",  # noqa: S608
        [iri],
    )
    return {
        "iri": iri,
        "label": words.labels[iri],
        "type": words.types[iri],
        "names": [{"scheme": scheme, "value": value} for scheme, value in names],
        "claims": [c.as_dict() for c in claims if c.subject == iri],
        "leadsHere": [c.as_dict() for c in claims if c.object == iri],
        "gaps": [
            {"relation": g.relation, "source": g.source_label}
            for g in words.gaps()
            if g.subject == iri
        ],
    }


def entity_text(words: CaseWords, iri: str) -> str:
    """Return an entity for a terminal."""
    claims = _claims(words, iri)
    names = [
        value
        for scheme, value in words.tables.query(
            f"SELECT scheme, value FROM name_{words.profile} WHERE entity = ? ORDER BY ALL",  # noqa: S608
            [iri],
        )
        if scheme == "also"
    ]
    also = f", also {', '.join(names)}" if names else ""
    lines = [f"{words.labels[iri]} ({_type_words(words.vocabulary, words.types[iri])}){also}", iri]
    own = [c for c in claims if c.subject == iri]
    for claim in own:
        value = f"{claim.value} ({claim.during})" if claim.during else claim.value
        lines += ["", f"{claim.relation}: {value}", *_details(claim)]
    gaps = [g for g in words.gaps() if g.subject == iri]
    lines += [line for g in gaps for line in ("", f"{g.relation}: not stated by {g.source_label}")]
    towards = [c for c in claims if c.object == iri and c.subject != iri]
    if towards:
        lines += ["", "What leads here:"]
    for claim in towards:
        when = f" ({claim.during})" if claim.during else ""
        sentence = f"{claim.value} {claim.verb_back} {claim.subject_label}{when}"
        lines += ["", sentence, *_details(claim)]
    if not own and not gaps and not towards:
        lines += ["", "no claim about it in this case"]
    return "\n".join(lines) + "\n"


def _claims(words: CaseWords, iri: str) -> list[ClaimView]:
    """Return what a thing is in, put in words without the rest of the case."""
    ids = words.tables.query("SELECT id FROM claim WHERE subject = $1 OR object = $1", [iri])
    return words.claims(retracted=True, only=[claim for (claim,) in ids])


def _type_words(vocabulary: Vocabulary, name: str) -> str:
    return vocabulary.classes[name].label


def _details(claim: ClaimView) -> list[str]:
    mark = "accepted" if claim.accepted else "not accepted"
    origins = counted(len(claim.origins), "origin")
    if claim.origins:
        origins += f": {'; '.join(claim.origins)}"
    lines = [f"  {', '.join(claim.standings)}; {mark}; {origins}"]
    for evidence in claim.evidence:
        lines.append(f"  - {evidence_words(evidence)}  [{evidence.place}]")
        if evidence.quote:
            lines.append(f'    "{evidence.quote}"')
        if evidence.note:
            lines.append(f"    note: {evidence.note}")
    return lines + [f"  ! {remark}" for remark in claim.remarks]
