"""Small cases for tests, written as the files a person would type."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from sousveil.ledger.profile import Profile
from sousveil.pipeline.case import Case, check_case

REPOSITORY = Path(__file__).resolve().parent.parent
RING_LAPD = REPOSITORY / "cases" / "ring-lapd"
POLICE_TOOLS = REPOSITORY / "cases" / "police-tools"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
BASE = "https://example.org/case/small/"

CASE = f"""
format: 1
title: A small case
base: {BASE}
language: en
licence: CC0
embargo: none
"""

ENTITIES = """
Company:
  ring: Ring
  acme: Acme
PoliceAgency:
  lapd:
    name: Los Angeles Police Department
    also: [LAPD]
NewsOrganization:
  paper-a: Paper A
  paper-b: Paper B
  paper-c: Paper C
Group:
  officers: LAPD officers
BenefitTransfer:
  gift: a gift
Statement:
  answer: an answer
  answer-again: the same answer elsewhere
Post:
  spokesperson: a Ring spokesperson
  other-spokesperson: another spokesperson
Program:
  pillar: Pillar
"""


def header(publisher: str, **more: str) -> str:
    """Return the header of a source file that was read."""
    fields = {
        "title": f"article of {publisher}",
        "kind": "NewsArticle",
        "publisher": publisher,
        "published": "2021-01-01",
        "read": "2026-11-23",
        **{key.replace("_", " "): value for key, value in more.items()},
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def source(publisher: str, says: str, **more: str) -> str:
    """Return a source file with blocks."""
    return f"{header(publisher, **more)}\nsays:\n{dedent(says).strip()}\n"


def write_case(folder: Path, files: Mapping[str, str], *, entities: str = ENTITIES) -> Path:
    """Write a case folder; `files` adds to or replaces the standard case.yaml and entities."""
    everything = {"case.yaml": CASE, "entities/all.yaml": entities, **files}
    for name, text in everything.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def open_case(folder: Path, files: Mapping[str, str], *, entities: str = ENTITIES) -> Case:
    """Write and open a case."""
    return Case.open(write_case(folder, files, entities=entities))


def problems(folder: Path) -> list[str]:
    """Return the problems of a case as `file:line: message`."""
    return [str(problem) for problem in check_case(folder).problems.sorted()]


def rows(case: Case, profile: Profile = Profile.PUBLIC) -> set[str]:
    """Return the claims of a case, one line each, as the tests' expectations write them.

    subject | relation | value | during | standing flags | accepted | origins <- evidence; ...
    Retracted claims are included.
    """
    words = case.words(profile)
    keys = dict(
        case.tables.query("SELECT iri, key FROM entity UNION ALL SELECT iri, key FROM source")
    )
    found = set()
    for claim in words.claims(retracted=True):
        value = keys.get(claim.object or "", claim.value)
        flags = [flag for flag in claim.flags if flag != claim.standing]
        evidence = sorted(
            " ".join(
                [
                    *([e.stance] if e.stance != "supports" else []),
                    keys[e.source],
                    (e.passage or "-").removeprefix("paragraph "),
                    *(["not counted"] if e.discounted else []),
                ]
            )
            for e in claim.evidence
        )
        found.add(
            " | ".join(
                [
                    keys[claim.subject],
                    claim.relation,
                    value,
                    claim.during or "",
                    " ".join([claim.standing, *flags]),
                    "accepted" if claim.accepted else "not accepted",
                    f"{len(claim.origins)} origin",
                ]
            )
            + " <- "
            + "; ".join(evidence)
        )
    return found


def row_of(case: Case, subject: str, relation: str) -> list[str]:
    """Return the rows of one relation of one thing, sorted."""
    return sorted(row for row in rows(case) if row.startswith(f"{subject} | {relation} | "))
