"""What happens to a build when things outside go wrong: nothing is lost, nothing is half there.

docs/faults.md lists what is shown here.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.errors import OutsideError
from sousveil.pipeline import writing
from sousveil.pipeline.case import Case, ProblemsFound
from sousveil.pipeline.writing import replace_folder
from tests.cases import source, write_case
from tests.servers import unavailable

SOUSVEIL = str(Path(sys.executable).parent / "sousveil")
GOOD = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring\n  receiver: LAPD officers")
MORE = GOOD + "  number of receivers: at least 7\n"
OTHERS = {
    f"sources/{key}.yaml": source("Paper B", f"- about: gift\n  at: {n}\n  giver: Acme", title=key)
    for n, key in enumerate("bcd", start=1)
}
"""With these a build takes over from the former one what the change of one source leaves."""


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [SOUSVEIL, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*words: str) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it told."""
    process = start(*words)
    out, told = process.communicate()
    assert "Traceback" not in told + out
    return process.returncode, told


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_beside(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.parent.glob(f".{folder.name}.sousveil-*"))


class TwoStates:
    """A case in two states, and what each of them builds."""

    def __init__(self, folder: Path) -> None:
        self.case = write_case(folder / "case", {"sources/a.yaml": GOOD, **OTHERS})
        self.out = folder / "out"
        self.texts = (GOOD, MORE)
        self.built = []
        for text in self.texts:
            self.write(text)
            code, told = run("build", str(self.case), "-o", str(self.out))
            assert code == 0, told
            self.built.append(content(self.out))
        assert self.built[0] != self.built[1]

    def write(self, text: str) -> None:
        (self.case / "sources" / "a.yaml").write_text(text, encoding="utf-8")


def killed_at_random(states: TwoStates, kills: int, seed: int) -> tuple[int, int]:
    """Kill builds at random moments before they end; after each the folder is one build, whole.

    Some end before their moment comes: five are begun for each wanted, at most. Returns how many
    were killed, and after how many builds the new one was there.
    """
    states.write(states.texts[0])
    begin = time.monotonic()
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    span = (time.monotonic() - begin) * 1.1
    chosen = random.Random(seed)
    killed = renewed = number = 0
    while killed < kills and number < kills * 5:
        number += 1
        now = number % 2
        states.write(states.texts[now])
        process = start("build", str(states.case), "-o", str(states.out))
        time.sleep(chosen.uniform(0, span))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        found = content(states.out)
        assert found in states.built, f"build {number}: the folder is no whole build"
        renewed += found == states.built[now]
    states.write(states.texts[0])
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    assert content(states.out) == states.built[0]
    assert left_beside(states.out) == [], "the next build clears away what the killed ones left"
    return killed, renewed


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> TwoStates:
    return TwoStates(tmp_path_factory.mktemp("faults"))


def test_a_killed_build_leaves_the_former_one_whole(states: TwoStates) -> None:
    killed, _ = killed_at_random(states, 6, seed=1)
    assert killed == 6


@pytest.mark.slow
def test_sixty_killed_builds_leave_the_former_one_whole(states: TwoStates) -> None:
    killed, renewed = killed_at_random(states, 60, seed=2)
    assert killed == 60
    assert renewed > 0, "some fell after the new build was in place, or missed it"


def test_two_builds_at_once_leave_one_of_them_whole_and_nothing_else(states: TwoStates) -> None:
    several = [start("build", str(states.case), "-o", str(states.out)) for _ in range(3)]
    ends = [process.communicate()[1] for process in several]
    assert [process.returncode for process in several] == [0, 0, 0], ends
    assert content(states.out) in states.built
    assert left_beside(states.out) == []


def test_a_folder_that_somebody_is_writing_is_not_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with writing.replaced_folder(out) as slow:
        slow.write("a.txt", b"slow")
        replace_folder(out, {"a.txt": b"fast"})
        assert (out / "a.txt").read_bytes() == b"fast"
    assert (out / "a.txt").read_bytes() == b"slow"
    assert left_beside(out) == []


def test_a_build_put_aside_comes_back_where_folders_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    replace_folder(out, {"a.txt": b"former"})
    monkeypatch.setattr(writing, "exchange", lambda *_: False)
    replace_folder(out, {"a.txt": b"new"})
    assert content(out)["a.txt"] == b"new"
    # As a kill between the two renames leaves it:
    out.rename(tmp_path / ".out.sousveil-killed.old")
    with writing.replaced_folder(out) as new:
        assert content(out)["a.txt"] == b"new"
        new.write("a.txt", b"newer")
    assert content(out)["a.txt"] == b"newer"
    assert left_beside(out) == []


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_beside(tmp_path: Path) -> None:
    """What was written may hold names that nobody may see."""
    (tmp_path / "place").mkdir()
    with pytest.raises(OutsideError, match="cannot write"):
        writing.write_file(tmp_path / "place", b"a name")
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own that holds 200 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        unavailable("disk", "a small disk needs mount and root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)], check=False
    )
    if done.returncode:
        unavailable("disk", "tmpfs cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_told_and_the_former_build_stays(
    small_disk: Path, states: TwoStates
) -> None:
    out = small_disk / "out"
    replace_folder(out, {"graph.nq": b"former"})
    code, told = run("build", str(states.case), "-o", str(out))
    assert code == 3
    assert "the disk is full; the former build is untouched" in told
    assert content(out)["graph.nq"] == b"former"
    assert left_beside(out) == []


def test_a_disk_that_cannot_be_written_is_told(small_disk: Path, states: TwoStates) -> None:
    out = small_disk / "out"
    replace_folder(out, {"graph.nq": b"former"})
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, told = run("build", str(states.case), "-o", str(out))
    assert code == 3
    assert f"cannot write beside '{out}': Read-only file system" in told
    assert content(out)["graph.nq"] == b"former"


def test_a_case_on_a_disk_that_cannot_be_written_builds_elsewhere(
    small_disk: Path, states: TwoStates, tmp_path: Path
) -> None:
    states.write(states.texts[0])
    shutil.copytree(states.case, small_disk / "case", ignore=shutil.ignore_patterns(".sousveil"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, told = run("build", str(small_disk / "case"), "-o", str(tmp_path / "elsewhere"))
    assert code == 0, told
    assert content(tmp_path / "elsewhere") == states.built[0]


def test_a_case_on_a_full_disk_builds_elsewhere_and_keeps_nothing_for_the_next_build(
    small_disk: Path, states: TwoStates, tmp_path: Path
) -> None:
    states.write(states.texts[0])
    case = small_disk / "case"
    shutil.copytree(states.case, case, ignore=shutil.ignore_patterns(".sousveil"))
    code, told = run("build", str(case), "-o", str(tmp_path / "elsewhere"))
    assert code == 0, told
    assert content(tmp_path / "elsewhere") == states.built[0]
    assert [path for path in (case / ".sousveil" / "built").iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("moment", [0, 2_000_000_000, 4_000_000_000])
def test_a_clock_that_was_set_wrong_changes_nothing(moment: int, states: TwoStates) -> None:
    states.write(states.texts[1])
    for path in states.case.rglob("*"):
        os.utime(path, (moment, moment))
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    assert content(states.out) == states.built[1]
    states.write(states.texts[0])
    for path in states.case.rglob("*"):
        os.utime(path, (moment, moment))  # a changed file with the time of before
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    assert content(states.out) == states.built[0]


def test_a_half_written_source_file_stops_a_build_and_loses_nothing(states: TwoStates) -> None:
    states.write(states.texts[0])
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    for length in range(0, len(MORE), 70):
        states.write(MORE[:length])
        code, told = run("build", str(states.case), "-o", str(states.out))
        assert code in (0, 1), told
        if code == 1:
            assert "sources/a.yaml" in told
            assert content(states.out) == states.built[0]
        else:
            states.write(states.texts[0])
            assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    states.write(states.texts[1])
    assert run("build", str(states.case), "-o", str(states.out))[0] == 0
    assert content(states.out) == states.built[1]


def test_files_that_an_editor_saves_while_a_case_is_read_end_in_no_traceback(
    tmp_path: Path,
) -> None:
    case = write_case(tmp_path, {"sources/a.yaml": GOOD, "sources/b.yaml": MORE})
    stop = threading.Event()

    def save() -> None:
        path = case / "sources" / "a.yaml"
        while not stop.is_set():
            for text in (GOOD, MORE, MORE[:50]):
                beside = path.with_name(".a.yaml.swp")
                beside.write_text(text, encoding="utf-8")
                beside.replace(path)  # as most editors save
                path.write_text(text, encoding="utf-8")  # as the others do
                path.unlink()
                path.write_text(text, encoding="utf-8")

    saving = threading.Thread(target=save)
    saving.start()
    try:
        for _ in range(20):
            try:
                Case.open(case).close()
            except (ProblemsFound, OutsideError):
                continue
    finally:
        stop.set()
        saving.join()
    (case / "sources" / "a.yaml").write_text(GOOD, encoding="utf-8")
    Case.open(case).close()
