"""The tables that trace each row of a list of checked public facts to the claims of a case.

`docs/cases/NAME.facts.yaml` is the hand-kept mapping, `docs/cases/NAME.md` the table made from it
and from the opened case: `python -m tests.facts` writes every table anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from sousveil.graph.claim_words import ClaimView, EvidenceView
from sousveil.pipeline.case import Case
from tests.cases import REPOSITORY

TABLES = REPOSITORY / "docs" / "cases"
CASES = tuple(sorted(path.name.removesuffix(".facts.yaml") for path in TABLES.glob("*.facts.yaml")))
FIELDS = {"row", "fact", "certainty", "source", "claims", "also", "left out", "remark"}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row: its claims as (source key, `subject | relation | value`), or why it is left out.

    `own` are the claims from the row's own source, `also` those that the row's note adds.
    """

    row: int
    fact: str
    certainty: str
    source: str
    own: tuple[tuple[str, str], ...]
    also: tuple[tuple[str, str], ...]
    left_out: str | None
    remark: str | None


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A claim with the piece of its evidence that is from the named source."""

    claim: ClaimView
    evidence: EvidenceView


def facts(name: str) -> list[Fact]:
    """Return the mapping of a case in the order of its rows; raises AssertionError for a slip."""
    entries: list[dict[str, Any]] = yaml.safe_load(
        (TABLES / f"{name}.facts.yaml").read_text(encoding="utf-8")
    )
    found = []
    for entry in entries:
        assert set(entry) <= FIELDS, entry
        source: str = entry.get("source", "")
        found.append(
            Fact(
                row=entry["row"],
                fact=entry["fact"],
                certainty=entry["certainty"],
                source=source,
                own=tuple((source, claim) for claim in entry.get("claims", ())),
                also=tuple((k, v) for one in entry.get("also", ()) for k, v in one.items()),
                left_out=entry.get("left out"),
                remark=entry.get("remark"),
            )
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Tracing:
    """The claims of an opened case by source key and the words by which the mapping names them."""

    found: dict[tuple[str, str], Traced]
    titles: dict[str, str]
    urls: dict[str, str]

    @classmethod
    def of(cls, case: Case) -> Tracing:
        keys: dict[str, str] = dict(
            case.tables.query("SELECT iri, key FROM entity UNION ALL SELECT iri, key FROM source")
        )
        found = {}
        for claim in case.words().claims(retracted=True):
            value = keys.get(claim.object or "", claim.value)
            words = f"{keys[claim.subject]} | {claim.relation} | {value}"
            if claim.during:
                words += f" | {claim.during}"
            for evidence in claim.evidence:
                found[keys[evidence.source], words] = Traced(claim=claim, evidence=evidence)
        sources = case.tables.query("SELECT key, title, url FROM source")
        return cls(
            found=found,
            titles={key: title for key, title, _ in sources},
            urls={key: url for key, _, url in sources if url},
        )


def page(name: str, case: Case) -> str:
    """Return the table of a case as Markdown."""
    rows, tracing = facts(name), Tracing.of(case)
    kept = [fact for fact in rows if not fact.left_out]
    lines = [
        f"# {case.tables.header.title}: where each fact is in the case",
        "",
        f"Made from [{name}.facts.yaml]({name}.facts.yaml) and from the case by "
        "`uv run python -m tests.facts`; do not edit.",
        "",
        f"{len(kept)} of {len(rows)} rows of the list of checked public facts are in this case. "
        "The row is the line in that list. A claim that is not accepted has a verb that states "
        "no fact.",
        "",
        "| row | certainty | claim | standing | source |",
        "|---:|---|---|---|---|",
    ]
    for fact in kept:
        lines += _rows(fact, tracing)
    lines += ["", "## Remarks", ""]
    lines += [f"- {fact.row}: {fact.remark}" for fact in kept if fact.remark]
    lines += ["", "## Left out", "", "| row | fact | why |", "|---:|---|---|"]
    lines += [f"| {f.row} | {_cell(f.fact)} | {_cell(f.left_out)} |" for f in rows if f.left_out]
    return "\n".join(lines) + "\n"


def _rows(fact: Fact, tracing: Tracing) -> Iterator[str]:
    head = f"| {fact.row} | {fact.certainty} |"
    linked: set[str] = set()
    for key, words in (*fact.own, *fact.also):
        traced = tracing.found[key, words]
        claim, evidence = traced.claim, traced.evidence
        state = ", ".join([claim.standing, *(f for f in claim.flags if f != claim.standing)])
        says = "" if evidence.stance == "supports" else f" ({evidence.stance} it)"
        url = tracing.urls.get(key) if key not in linked else None
        linked.add(key)
        label = _cell(evidence.source_label)
        source = f"[{label}](<{url}>)" if url else label
        via = f", via {_cell(', '.join(evidence.via))}" if evidence.via else ""
        accepted = "accepted" if claim.accepted else "not accepted"
        yield f"{head} {_cell(claim.sentence)} | {state}, {accepted} | {source}{via}{says} |"
        head = "|  |  |"


def _cell(text: str | None) -> str:
    return " ".join((text or "").replace("|", "\\|").split())


def main() -> None:
    for name in CASES:
        with Case.open(REPOSITORY / "cases" / name) as case:
            (TABLES / f"{name}.md").write_text(page(name, case), encoding="utf-8")


if __name__ == "__main__":
    main()
