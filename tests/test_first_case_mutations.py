"""Every line of the first case's sources bears on the claims it makes, and on no others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD, rows

BLOCK_WORDS = {"about", "at", "via", "said by", "said in", "during", "quote", "note", "recorded"}
FILES = sorted(path.name for path in (RING_LAPD / "sources").glob("*.yaml"))


def relation_lines(text: str) -> list[tuple[int, str, str]]:
    """Return (index, subject as typed, relation) of each one-line value below `says:`."""
    found = []
    about = ""
    lines = text.splitlines()
    start = lines.index("says:") if "says:" in lines else len(lines)
    for index in range(start, len(lines)):
        line = lines[index]
        if line.startswith("- about: "):
            about = line.removeprefix("- about: ")
        match = re.match(r"  ([a-z][a-z ]*): (?!\|)\S", line)
        if match and match[1] not in BLOCK_WORDS and "not stated" not in line:
            found.append((index, about, match[1]))
    return found


def without(lines: list[str], index: int) -> list[str]:
    """Return the lines without one, or without its whole block where it is the only relation."""
    first = max(i for i in range(index + 1) if lines[i].startswith("- about: "))
    last = next(
        (i for i in range(index + 1, len(lines)) if lines[i].startswith("- about: ")), len(lines)
    )
    words = [re.match(r"  ([a-z][a-z ]*):", line) for line in lines[first:last]]
    relations = [word[1] for word in words if word and word[1] not in BLOCK_WORDS]
    if len(relations) == 1:
        return lines[:first] + lines[last:]
    return lines[:index] + lines[index + 1 :]


@pytest.mark.parametrize("name", FILES)
def test_deleting_a_line_changes_the_rows_of_its_relation_only(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    # Disputes and decisions about a deleted claim are errors of their own; they are not the point.
    shutil.rmtree(folder / "decisions")
    (folder / "sources" / "desk-2026-11-23.yaml").write_text(
        "title: a note\nkind: DeskNote\npublisher: Our desk\npublished: not stated\n"
        "read: 2026-11-23\n",
        encoding="utf-8",
    )
    path = folder / "sources" / name
    text = path.read_text(encoding="utf-8")
    with Case.open(folder) as case:
        before = rows(case)
        labels = dict(
            case.tables.query("SELECT n.value, e.key FROM name n JOIN entity e ON e.iri = n.entity")
        )
    same = {"pillar-statement", "ring-statement-to-verge"}  # joined by a judgement
    lines = text.splitlines(keepends=True)
    for index, about, relation in relation_lines(text):
        path.write_text("".join(without(lines, index)), encoding="utf-8")
        with Case.open(folder) as case:
            changed = before ^ rows(case)
        subject = labels.get(about, about)
        touched = {tuple(row.split(" | ")[:2]) for row in changed}
        allowed = {(one, relation) for one in (same if subject in same else {subject})}
        assert touched, f"line {index + 1} of {name} bears on nothing"
        if relation != "speaker":  # a statement's speaker is the origin of what it says
            assert touched <= allowed, f"line {index + 1} of {name} changes {touched - allowed}"


def test_changing_a_number_moves_its_own_row_and_what_is_compared_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    path = folder / "sources" / "latimes-2021-06-17.yaml"
    text = path.read_text(encoding="utf-8")
    with Case.open(folder) as case:
        before = rows(case)
    path.write_text(text.replace("at least 100", "at least 150"), encoding="utf-8")
    with Case.open(folder) as case:
        after = rows(case)
    head = "gifts-to-officers | number of receivers | "
    assert {row.split(" <- ")[0] for row in before - after} == {
        head + "at least 100 |  | reported | accepted | 1 origin",
    }
    assert {row.split(" <- ")[0] for row in after - before} == {
        head + "at least 150 |  | reported | accepted | 1 origin",
    }
