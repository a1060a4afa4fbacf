"""Two keys that may be one event are told, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sousveil.pipeline.case import check_case
from sousveil.pipeline.findings import findings
from tests.cases import RING_LAPD, source, write_case

ENTITIES = """
Company:
  ring: Ring
  acme: Acme
PoliceAgency:
  lapd: LAPD
NewsOrganization:
  paper-a: Paper A
  paper-b: Paper B
BenefitTransfer:
  one: cameras for officers
  two: doorbells for the police
Statement:
  said: what Ring said
  told: what Ring told
Count:
  many: a count of agencies
  more: another count of agencies
"""
JUDGED = "left,right,verdict,by,decided,because\none,two,{},me,2026-11-23,I looked\n"
ONE_TWO = (
    "entities/all.yaml:10: finding: 'one' and 'two' (entities/all.yaml:11) may be one "
    "BenefitTransfer: the same giver (Ring) and more, no difference; "
    "say same, different or unsure in judgements.csv"
)


def told(folder: Path, left: str, right: str, *, about: str = "one two", judged: str = "") -> str:
    """Return what is told of two things, each by a source of its own."""
    a, b = about.split()
    files = {
        "sources/a.yaml": source("Paper A", f"- about: {a}\n  at: 1\n  {left}"),
        "sources/b.yaml": source("Paper B", f"- about: {b}\n  at: 1\n  {right}"),
    }
    if judged:
        files["judgements.csv"] = JUDGED.format(judged)
    return "\n".join(all_told(write_case(folder, files, entities=ENTITIES)))


def all_told(folder: Path) -> list[str]:
    rows = check_case(folder)
    assert rows.problems.sorted() == []
    return [str(p) for p in findings(folder, rows) if "may be one" in p.message]


GIFT = "giver: Ring\n  receiver: LAPD"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (GIFT, GIFT),
        ("giver: Ring\n  date: 2020-06-16", "giver: Ring\n  date: 2020"),
        ("giver: Ring\n  date: 2019 to 2021", "giver: Ring\n  date: 2020-02"),
        ("giver: Ring\n  thing given: free devices", "giver: Ring\n  thing given: free devices"),
        (GIFT + "\n  number of receivers: 100", GIFT + "\n  number of receivers: at least 100"),
        (GIFT + "\n  thing given: free products", GIFT + "\n  thing given: free devices"),
        (GIFT + "\n  effect: one text", GIFT + "\n  effect: quite another text, of some length"),
    ],
)
def test_two_events_that_share_a_party_and_differ_in_nothing_are_told(
    left: str, right: str, tmp_path: Path
) -> None:
    assert told(tmp_path, left, right) == ONE_TWO


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("giver: Ring", "giver: Ring"),
        ("giver: Ring\n  receiver: LAPD", "giver: LAPD\n  receiver: Ring"),
        (GIFT + "\n  date: 2020-06", GIFT + "\n  date: 2020-07"),
        (GIFT + "\n  number of receivers: 3", GIFT + "\n  number of receivers: more than 5"),
        ("giver: [Ring]\n  date: 2020", "giver: Acme\n  date: 2020"),
        (GIFT + "\n  thing given: free devices", GIFT + "\n  thing given: discount codes"),
        ("giver: Ring\n  date: 2016 to 2024", "giver: Ring\n  date: 2020"),
        ("date: 2020\n  thing given: free devices", "date: 2020\n  thing given: free devices"),
    ],
)
def test_two_events_that_differ_or_share_too_little_are_not_told(
    left: str, right: str, tmp_path: Path
) -> None:
    assert told(tmp_path, left, right) == ""


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_pair_that_somebody_judged_is_not_told(verdict: str, tmp_path: Path) -> None:
    assert told(tmp_path, GIFT, GIFT, judged=verdict) == ""


def test_a_pair_that_one_source_tells_apart_is_not_told(tmp_path: Path) -> None:
    assert told(tmp_path, GIFT, GIFT + "\n- about: one\n  at: 2\n  giver: Ring") == ""


def test_two_statements_in_the_same_words_are_told_whoever_spoke(tmp_path: Path) -> None:
    words = "gist: |\n    We have stopped giving cameras away."
    left, right = f"speaker: Ring\n  {words}", f"speaker: Acme\n  {words}"
    assert told(tmp_path, left, right, about="said told") == (
        "entities/all.yaml:13: finding: 'said' and 'told' (entities/all.yaml:14) may be one "
        "Statement: the same gist, word for word; say same, different or unsure in judgements.csv"
    )
    late = told(
        tmp_path / "late", f"date: 2019\n  {left}", f"date: 2021\n  {right}", about="said told"
    )
    assert late == ""
    assert told(tmp_path / "short", "gist: No.", "gist: No.", about="said told") == ""


def test_two_counts_of_one_counter_are_told_while_their_numbers_overlap(tmp_path: Path) -> None:
    count = "counted by: LAPD\n  unit: agencies\n  value: {}"
    near = told(tmp_path, count.format("at least 5"), count.format("7"), about="many more")
    assert "'many' and 'more' (entities/all.yaml:17) may be one Count" in near
    far = told(tmp_path / "far", count.format("at least 9"), count.format("7"), about="many more")
    assert far == ""


def test_things_of_a_hub_are_not_all_paired_with_each_other(tmp_path: Path) -> None:
    keys = [f"gift-{n}" for n in range(21)]
    entities = ENTITIES.replace("  one: cam", "".join(f"  {k}: {k}\n" for k in keys) + "  one: cam")
    files = {
        f"sources/s-{k}.yaml": source("Paper A", f"- about: {k}\n  at: 1\n  {GIFT}") for k in keys
    }
    assert all_told(write_case(tmp_path, files, entities=entities)) == []
    files.pop("sources/s-gift-20.yaml")
    (tmp_path / "sources" / "s-gift-20.yaml").unlink()
    assert len(all_told(write_case(tmp_path, files, entities=entities))) == 20 * 19 // 2


def test_the_first_case_has_no_pair_but_those_that_an_editor_judged(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder, ignore=shutil.ignore_patterns("build", "captures"))
    assert all_told(folder) == []
    (folder / "judgements.csv").unlink()
    counts, statements = sorted(all_told(folder), key=lambda line: "statement" in line)
    assert "'agencies-2014' and 'partners-house'" in counts
    assert "'pillar-statement' and 'ring-statement-to-verge'" in statements
