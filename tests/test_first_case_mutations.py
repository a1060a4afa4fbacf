"""Every line of the first case's sources bears on the claims it makes, and on no others.

Opening the case takes most of a second, and it has many lines. So lines are deleted in batches, no
two of a batch in one block or on one relation of one thing, and a part of the hand-read sources'
lines one by one; all of these one by one in the slow run.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD, rows

BLOCK_WORDS = {"about", "at", "via", "said by", "said in", "during", "quote", "note", "recorded"}
RELATION = re.compile(r"  ([a-z][a-z' ]*):")
HAND_READ = ("mynewsla-2021-02-16.yaml", "techtimes-2021-06-17.yaml")
EVERY = 8
BATCH = 30
SAME = {"pillar-statement", "ring-statement-to-verge"}  # joined by a judgement


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """One line to delete: `block` is the line in which its block begins; counted from 0."""

    file: str
    line: int
    block: int
    subject: str
    relation: str

    @property
    def row(self) -> tuple[str, str]:
        return self.subject, self.relation


@dataclass(frozen=True, kw_only=True)
class Mutable:
    """A copy of the case without disputes and decisions, whose errors are not the point."""

    folder: Path
    texts: dict[str, list[str]]
    before: set[str]
    deletions: list[Deletion]

    def touched(self, deletions: Iterable[Deletion]) -> set[tuple[str, ...]]:
        """Return (subject, relation) of the rows that change when these lines are deleted."""
        chosen = list(deletions)
        files = {deletion.file for deletion in chosen}
        for file in files:
            lines = list(self.texts[file])
            for deletion in sorted(
                (d for d in chosen if d.file == file), key=lambda d: d.line, reverse=True
            ):
                lines = without(lines, deletion)
            self._write(file, lines)
        try:
            with Case.open(self.folder) as case:
                changed = self.before ^ rows(case)
        finally:
            for file in files:
                self._write(file, self.texts[file])
        return {tuple(row.split(" | ")[:2]) for row in changed}

    def _write(self, file: str, lines: list[str]) -> None:
        (self.folder / "sources" / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def block_end(lines: list[str], first: int) -> int:
    """Return the line after the last one of a block."""
    later = range(first + 1, len(lines))
    return next((i for i in later if lines[i].startswith("- about: ")), len(lines))


def relations(lines: list[str], first: int, last: int) -> list[str]:
    words = [match[1] for line in lines[first:last] if (match := RELATION.match(line))]
    return [word for word in words if word not in BLOCK_WORDS]


def without(lines: list[str], deletion: Deletion) -> list[str]:
    """Return the lines without one, or without its whole block where it is the only relation."""
    last = block_end(lines, deletion.block)
    if len(relations(lines, deletion.block, last)) > 1:
        return lines[: deletion.line] + lines[deletion.line + 1 :]
    rest = lines[: deletion.block] + lines[last:]
    return (
        rest if any(line.startswith("- about: ") for line in rest) else rest[: rest.index("says:")]
    )


def without_disputes(lines: list[str]) -> list[str]:
    """Return the lines without disputes, and without the blocks that hold nothing else."""
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = line == "  disputes:" or (inside and line.startswith("    "))
        if not inside:
            kept.append(line)
    starts = [i for i, line in enumerate(kept) if line.startswith("- about: ")]
    for first in reversed(starts):
        last = block_end(kept, first)
        if not relations(kept, first, last):
            kept = kept[:first] + kept[last:]
    says_more = any(line.startswith("- about: ") for line in kept)
    return [line for line in kept if says_more or line != "says:"]


def lines_to_delete(file: str, lines: list[str], keys: dict[str, str]) -> Iterator[Deletion]:
    """Yield each one-line value below `says:` that makes a claim."""
    block, subject = 0, ""
    start = lines.index("says:") if "says:" in lines else len(lines)
    for index in range(start, len(lines)):
        line = lines[index]
        if line.startswith("- about: "):
            about = line.removeprefix("- about: ")
            block, subject = index, keys.get(about, about)
        match = re.match(rf"{RELATION.pattern} (?!\|)\S", line)
        if match and match[1] not in BLOCK_WORDS and "not stated" not in line:
            yield Deletion(file=file, line=index, block=block, subject=subject, relation=match[1])


def batches(deletions: list[Deletion]) -> list[list[Deletion]]:
    """Return the deletions in batches, no two in one block or on one relation of one thing.

    A statement's speaker is the origin of all that it says: such a line stands alone.
    """
    found: list[list[Deletion]] = []
    for deletion in deletions:
        for batch in found:
            taken = {(d.file, d.block) for d in batch} | {d.row for d in batch}
            alone = "speaker" in (deletion.relation, batch[0].relation)
            clash = (deletion.file, deletion.block) in taken or deletion.row in taken
            if len(batch) < BATCH and not clash and not alone:
                batch.append(deletion)
                break
        else:
            found.append([deletion])
    return found


@pytest.fixture(scope="module")
def mutable(tmp_path_factory: pytest.TempPathFactory) -> Mutable:
    folder = tmp_path_factory.mktemp("mutations") / "case"
    shutil.copytree(RING_LAPD, folder, ignore=shutil.ignore_patterns("stories"))
    shutil.rmtree(folder / "decisions")
    texts = {}
    for path in sorted((folder / "sources").glob("*.yaml")):
        texts[path.name] = without_disputes(path.read_text(encoding="utf-8").splitlines())
        path.write_text("\n".join(texts[path.name]) + "\n", encoding="utf-8")
    with Case.open(folder) as case:
        before = rows(case)
        keys = dict(
            case.tables.query("SELECT n.value, e.key FROM name n JOIN entity e ON e.iri = n.entity")
        )
    deletions = [d for file, lines in texts.items() for d in lines_to_delete(file, lines, keys)]
    return Mutable(folder=folder, texts=texts, before=before, deletions=deletions)


def wrong(mutable: Mutable, batch: list[Deletion]) -> list[str]:
    """Return what a batch of deletions changes too much, or too little."""
    touched = mutable.touched(batch)
    allowed = {
        (subject, d.relation)
        for d in batch
        for subject in (SAME if d.subject in SAME else {d.subject})
    }
    found = [
        f"line {d.line + 1} of {d.file} bears on nothing" for d in batch if d.row not in touched
    ]
    if batch[0].relation != "speaker":
        where = ", ".join(f"{d.file}:{d.line + 1}" for d in batch)
        found += [f"{where} change {row}" for row in sorted(touched - allowed)]
    return found


def test_deleting_lines_changes_the_rows_of_their_relations_only(mutable: Mutable) -> None:
    speakers = [d for d in mutable.deletions if d.relation == "speaker"]
    others = batches([d for d in mutable.deletions if d.relation != "speaker"])
    assert sum(map(len, others)) + len(speakers) == len(mutable.deletions) > 700
    assert [line for batch in others for line in wrong(mutable, batch)] == []


def test_deleting_a_speaker_takes_the_speaker_away(mutable: Mutable) -> None:
    speakers = [d for d in mutable.deletions if d.relation == "speaker"]
    assert len(speakers) > 10
    assert [line for d in speakers[::3] for line in wrong(mutable, [d])] == []


def hand_read(mutable: Mutable) -> list[Deletion]:
    return [d for d in mutable.deletions if d.file in HAND_READ and d.relation != "speaker"]


def test_deleting_one_line_of_a_hand_read_source_changes_its_relation_only(
    mutable: Mutable,
) -> None:
    chosen = hand_read(mutable)[::EVERY]
    assert len(chosen) > 15
    assert [line for d in chosen for line in wrong(mutable, [d])] == []


@pytest.mark.slow
def test_deleting_any_line_of_a_hand_read_source_changes_its_relation_only(
    mutable: Mutable,
) -> None:
    assert [line for d in hand_read(mutable) for line in wrong(mutable, [d])] == []


def test_changing_a_number_moves_its_own_row_and_what_is_compared_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder, ignore=shutil.ignore_patterns("stories"))
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
