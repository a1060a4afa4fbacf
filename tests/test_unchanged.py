"""A second build reuses what did not change: all of it, or none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sousveil.pipeline.unchanged import state_of
from tests.cases import write_case
from tests.test_faults import GOOD, MORE, content, run, start
from tests.test_privacy import officer_case


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    """Return a case and the folder that it is built into."""
    case = write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    assert run("build", str(case))[0] == 0
    return case, case / "build"


def rebuilt(case: Path, *words: str) -> bool:
    """Build a case again; tell whether its folder is another one then."""
    before = (case / "build").stat().st_ino
    assert run("build", str(case), *words)[0] == 0
    return (case / "build").stat().st_ino != before


def test_a_build_of_what_is_built_already_writes_nothing(built: tuple[Path, Path]) -> None:
    case, out = built
    before = content(out)
    assert not rebuilt(case)
    assert content(out) == before
    (case / "sources" / "a.yaml").touch()
    assert not rebuilt(case), "another time is no change"


def test_the_state_of_a_case_does_not_depend_on_how_its_folder_is_named(
    built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = built
    monkeypatch.chdir(case)
    here, there = state_of(Path(), (), "public"), state_of(case, (), "public")
    assert "sources/a.yaml" in here.files
    assert here == there


def test_every_kind_of_change_makes_a_new_build(built: tuple[Path, Path]) -> None:
    case, out = built
    (case / "sources" / "a.yaml").write_text(MORE, encoding="utf-8")
    assert rebuilt(case)
    assert b"at least 7" in content(out)["index.html"] + content(out)["graph.cypher"]
    entities = case / "entities" / "all.yaml"
    entities.write_text(entities.read_text("utf-8") + "\n", encoding="utf-8")
    assert rebuilt(case)
    assert not rebuilt(case)


def test_the_desk_s_build_does_not_take_the_place_of_a_public_one(
    built: tuple[Path, Path],
) -> None:
    """Whoever publishes that folder would publish what is withheld."""
    case, out = built
    whole = content(out)
    code, told = run("build", str(case), "--profile", "desk")
    assert (code, content(out)) == (2, whole)
    assert f"such as -o {case / 'desk'}" in told
    (out / "report.md").unlink()
    assert run("build", str(case), "--profile", "desk")[0] == 2, "also where it was damaged"


def test_a_public_build_takes_the_place_of_the_desk_s(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    assert run("build", str(case), "--profile", "desk")[0] == 0
    assert b"DESK PROFILE" in content(case / "build")["index.html"]
    process = start("build", str(case))
    said, _ = process.communicate()
    assert process.returncode == 0
    assert "the desk build that stood there is gone: this one is public" in said
    assert b"DESK PROFILE" not in content(case / "build")["index.html"]
    assert ".gitignore" not in content(case / "build")


def test_where_else_to_build_is_no_public_build_either(built: tuple[Path, Path]) -> None:
    case, _ = built
    assert run("build", str(case), "-o", str(case / "desk"))[0] == 0
    told = run("build", str(case), "--profile", "desk", "-o", str(case / "desk"))[1]
    assert f"such as -o {case / 'desk-2'}" in told


def test_a_file_of_one_s_own_is_named_also_where_nothing_changed(built: tuple[Path, Path]) -> None:
    case, out = built
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    code, told = run("build", str(case))
    assert (code, "mine.txt" in told) == (2, True)
    assert (out / "mine.txt").is_file()


def test_what_a_withheld_name_is_does_not_show_in_a_public_build(tmp_path: Path) -> None:
    """Whoever has the rest of a case could try guesses against a hash of all of it."""
    case = officer_case(tmp_path / "case")
    assert run("build", str(case))[0] == 0
    first = content(case / "build")
    assert not rebuilt(case)
    (case / "private" / "names.yaml").write_text("night-sergeant: Ottoline Pettibone\n", "utf-8")
    assert rebuilt(case), "the gate looks for another name now"
    assert content(case / "build") == first, "its hidden mark included"
    assert not rebuilt(case)


def test_with_withheld_names_a_folder_stands_only_where_it_was_built_with_them(
    tmp_path: Path,
) -> None:
    case = officer_case(tmp_path / "case")
    assert run("build", str(case), "-o", str(case / "old"))[0] == 0
    old = (case / "old").stat().st_ino
    (case / "private" / "names.yaml").write_text("night-sergeant: Ottoline Pettibone\n", "utf-8")
    assert run("build", str(case))[0] == 0
    assert run("build", str(case), "-o", str(case / "old"))[0] == 0
    assert (case / "old").stat().st_ino != old
    assert run("build", str(case))[0] == 0
    shutil.rmtree(case / ".sousveil")
    assert rebuilt(case), "what the names were is no longer known"


def test_git_takes_no_file_of_the_desk_s_build(built: tuple[Path, Path]) -> None:
    case, _ = built
    assert run("build", str(case), "--profile", "desk", "-o", str(case / "desk"))[0] == 0
    subprocess.run(["git", "init", "-q", str(case)], check=True)
    shown = subprocess.run(
        ["git", "-C", str(case), "status", "--short", "--untracked-files=all"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "sources/a.yaml" in shown
    assert "desk/" not in shown


def test_a_build_that_was_damaged_is_made_again(built: tuple[Path, Path]) -> None:
    case, out = built
    whole = content(out)
    (out / "graph.nq").write_bytes(whole["graph.nq"][:-10])
    assert rebuilt(case)
    (out / "report.md").unlink()
    assert rebuilt(case)
    assert content(out) == whole


def test_a_build_within_the_case_under_another_name_is_no_part_of_it(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    out = case / "pages"
    assert run("build", str(case), "-o", str(out))[0] == 0
    before = out.stat().st_ino
    assert run("build", str(case), "-o", str(out))[0] == 0
    assert out.stat().st_ino == before


def test_what_a_killed_build_left_is_no_part_of_the_case(built: tuple[Path, Path]) -> None:
    case, _ = built
    before = state_of(case, (), "public")
    left = case / ".build.sousveil-k1ll3d"
    left.mkdir()
    (left / "graph.nq").write_text("half", encoding="utf-8")
    assert state_of(case, (), "public") == before
    assert not rebuilt(case)


def test_a_case_with_an_error_is_never_up_to_date(built: tuple[Path, Path]) -> None:
    case, out = built
    whole = content(out)
    (case / "sources" / "a.yaml").write_text(GOOD.replace("giver", "givr"), encoding="utf-8")
    for _ in range(2):
        code, told = run("build", str(case))
        assert (code, content(out)) == (1, whole)
        assert "sources/a.yaml" in told


def test_no_other_command_writes_into_a_build(built: tuple[Path, Path]) -> None:
    """It may be published as it is; what the desk asks may hold withheld names."""
    case, out = built
    whole = content(out)
    for words in (
        ("ask", "who-received-benefits", "--giver", "Ring", "--body", "LAPD officers",
         "--profile", "desk", "-o", str(out / "answer.csv")),
        ("export", "turtle", "-o", str(out / "pages" / "case.ttl")),
        ("export", "csv", "-o", str(out / "tables")),
    ):  # fmt: skip
        code, told = run(*words, "--case", str(case))
        assert (code, "lies in" in told) == (2, True), told
    code, told = run("export", "turtle", "--case", str(case), "-o", str(out))
    assert (code, "is a folder; name a file" in told) == (2, True), told
    code, told = run("export", "csv", "--case", str(case), "-o", str(out))
    assert (code, "holds the build of a case" in told) == (2, True), told
    assert content(out) == whole
