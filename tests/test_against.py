"""`check --against REF`: what vanished or changed since a git revision, and who decided it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sousveil.errors import OutsideError, UsageError
from sousveil.pipeline.against import check_against
from sousveil.pipeline.case import check_case
from tests.cases import source, write_case
from tests.test_command_line import run

GIFT = "- about: gift\n  at: 1\n  "
A = "sources/a.yaml"
CORRECT = (
    "- decision: correct\n  was:\n    about: gift\n    {was}\n  now:\n    about: gift\n    {now}\n"
    "  because: typed wrongly\n  by: me\n  decided: 2026-11-24\n"
)
RETRACT = "- decision: retract source\n  source: a\n  because: x\n  by: me\n  decided: 2026-11-24\n"
Told = Callable[[dict[str, str], dict[str, str]], list[str]]


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def committed(folder: Path, files: dict[str, str]) -> Path:
    """Write a case two folders below the top of a new repository, and commit it."""
    case = write_case(folder / "desk" / "case", files)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "x")
    return case


def a(text: str, **more: str) -> dict[str, str]:
    return {A: source("Paper A", text, **more)}


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return what is told when files became other files: problems, then what is covered."""

    def compare(then: dict[str, str], now: dict[str, str]) -> list[str]:
        case = committed(tmp_path, then)
        for name in then:
            (case / name).unlink()
        write_case(case, now)
        rows = check_case(case)
        assert rows.problems.errors == []
        found = check_against(case, rows, "HEAD")
        assert [c["message"] for c in found.changes if not c["covered"]] == [
            p.message for p in found.problems
        ]
        new = [f"new: {found.new}"] if found.new else []
        return [str(p) for p in (*found.problems, *found.covered)] + new

    return compare


CHANGES = [
    ("nothing", a(GIFT + "giver: Ring"), a(GIFT + "giver: Ring"), []),
    ("another place, note and title",
     a(GIFT + "giver: Ring"), a("- about: gift\n  at: 2\n  note: x\n  giver: Ring", url="https://x"),
     []),
    ("a claim more", a(GIFT + "giver: Ring"), a(GIFT + "giver: Ring\n  receiver: LAPD"),
     ["new: 1"]),
    ("a claim less", a(GIFT + "giver: Ring\n  receiver: LAPD"), a(GIFT + "receiver: LAPD"),
     [f"{A}:10: vanished since HEAD: a gift, giver Ring"]),
    ("another value", a(GIFT + "giver: Ring"), a(GIFT + "giver: Acme"),
     [f"{A}:10: changed since HEAD: a gift, giver Ring: now Acme", "new: 1"]),
    ("a bound lost", a(GIFT + "number of receivers: at least 100"),
     a(GIFT + "number of receivers: 100"),
     [f"{A}:10: changed since HEAD: a gift, number of receivers at least 100: now 100 "
      "(bound lost)", "new: 1"]),
    ("a via lost",
     {**a(GIFT + "via: b\n  giver: Ring"),
      "sources/b.yaml": source("Paper B", GIFT + "date: 2020")},
     {**a(GIFT + "giver: Ring"), "sources/b.yaml": source("Paper B", GIFT + "date: 2020")},
     [f"{A}:11: evidence changed since HEAD: a gift, giver Ring (via lost)"]),
    ("a speaker lost", a(GIFT + "said by: Acme\n  giver: Ring"),
     a(GIFT + "giver: Ring"),
     [f"{A}:11: evidence changed since HEAD: a gift, giver Ring (speaker lost)"]),
    ("one witness less",
     {**a(GIFT + "giver: Ring"), "sources/b.yaml": source("Paper B", GIFT + "giver: Ring")},
     {**a(GIFT + "receiver: LAPD"), "sources/b.yaml": source("Paper B", GIFT + "giver: Ring")},
     [f"{A}:10: evidence lost since HEAD: a gift, giver Ring: a no longer says so, others do",
      "new: 1"]),
    ("a dispute less",
     {**a(GIFT + "giver: Ring"),
      "sources/b.yaml": source("Paper B", GIFT + "disputes:\n    giver: Ring")},
     {**a(GIFT + "giver: Ring"), "sources/b.yaml": source("Paper B", GIFT + "receiver: LAPD")},
     ["sources/b.yaml:11: evidence lost since HEAD: a gift, giver Ring: b no longer disputes it",
      "new: 1"]),
    ("a validity lost", a("- about: Ring\n  at: 1\n  during: from 2018\n  part of: Acme"),
     a("- about: Ring\n  at: 1\n  part of: Acme"),
     [f"{A}:11: changed since HEAD: Ring, part of Acme (from 2018): now Acme ('during' lost)",
      "new: 1"]),
    ("two values of which one changed", a(GIFT + "giver: [Acme, Ring]"),
     a(GIFT + "giver: [LAPD, Ring]"),
     [f"{A}:10: changed since HEAD: a gift, giver Acme: now Los Angeles Police Department",
      "new: 1"]),
    ("corrected", a(GIFT + "giver: Ring"),
     {**a(GIFT + "giver: Acme"),
      "decisions/a.yaml": CORRECT.format(was="giver: Ring", now="giver: Acme")},
     [f"{A}:10: warning: changed since HEAD, covered by decisions/a.yaml:1: "
      "a gift, giver Ring: now Acme", "new: 1"]),
    ("corrected to what the source does not say",
     {**a(GIFT + "giver: Ring"), "sources/b.yaml": source("Paper B", GIFT + "giver: Acme")},
     {**a(GIFT + "receiver: LAPD"), "sources/b.yaml": source("Paper B", GIFT + "giver: Acme"),
      "decisions/a.yaml": CORRECT.format(was="giver: Ring", now="giver: Acme")},
     [f"{A}:10: vanished since HEAD: a gift, giver Ring", "new: 1"]),
    ("retracted", a(GIFT + "giver: Ring\n  receiver: LAPD"),
     {**a(GIFT + "receiver: LAPD"), "decisions/a.yaml": RETRACT},
     [f"{A}:10: warning: vanished since HEAD, covered by decisions/a.yaml:1: "
      "a gift, giver Ring"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "expected"), [pytest.param(t, n, e, id=i) for i, t, n, e in CHANGES]
)
def test_what_became_of_a_claim_is_told_with_the_line_where_it_stood(
    then: dict[str, str], now: dict[str, str], expected: list[str], told: Told
) -> None:
    assert told(then, now) == expected


def test_a_file_of_a_source_that_is_gone_is_told_claim_by_claim(told: Told) -> None:
    then = {**a(GIFT + "giver: Ring\n  receiver: LAPD"), "sources/b.yaml": source("Paper B", GIFT
            + "date: 2020")}  # fmt: skip
    now = {"sources/b.yaml": source("Paper B", GIFT + "date: 2020")}
    assert told(then, now) == [
        f"{A}:10: vanished since HEAD: a gift, giver Ring",
        f"{A}:11: vanished since HEAD: a gift, receiver Los Angeles Police Department",
    ]


def test_another_base_or_title_of_the_case_is_no_change(tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    text = (case / "case.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(
        text.replace("example.org/case/small", "example.org/riverton"), encoding="utf-8"
    )
    assert check_against(case, check_case(case), "HEAD").changes == ()


def test_the_command_tells_it_with_paths_to_open_and_ends_with_1(tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    assert run("check", "--against", "HEAD", folder=case).stdout.endswith(
        "since HEAD: 0 changed without a decision, 0 covered by one, 0 new claims\n"
    )
    write_case(case, a(GIFT + "giver: Acme"))
    done = run("check", "desk/case", "--against", "HEAD", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        f"desk/case/{A}:10: changed since HEAD: a gift, giver Ring: now Acme",
        "since HEAD: 1 changed without a decision, 0 covered by one, 1 new claim",
    ]
    data = json.loads(run("check", "--against", "HEAD", "--json", folder=case).stdout)
    assert data["problems"] == []
    (change,) = data["against"]["changes"]
    assert (change["change"], change["was"], change["now"]) == ("changed", "Ring", "Acme")
    assert (change["file"], change["line"], change["covered"]) == (A, 10, None)
    assert data["against"]["new"] == 1
    decision = CORRECT.format(was="giver: Ring", now="giver: Acme")
    write_case(case, {**a(GIFT + "giver: Acme"), "decisions/a.yaml": decision})
    assert run("check", "--against", "HEAD", folder=case).returncode == 0


def test_a_case_with_problems_is_not_compared(tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    write_case(case, a(GIFT + "givr: Ring"))
    done = run("check", "--against", "HEAD", folder=case)
    assert done.returncode == 1
    assert done.stdout.endswith("not compared with HEAD: put the problems right first\n")


def test_problems_of_then_are_told_because_they_may_hide_claims(tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "givr: Ring"))
    write_case(case, a(GIFT + "giver: Ring"))
    done = run("check", "--against", "HEAD", folder=case)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "since HEAD: 0 changed without a decision, 0 covered by one, 1 new claim; "
        "1 problem then, which may hide claims",
    )


def test_files_that_are_not_of_the_case_then_are_left_in_git(tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    (case / "sources" / "b.yaml").symlink_to("a.yaml")
    (case / "sources" / "more").mkdir()
    (case / "sources" / "more" / "c.yaml").write_text("x", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "links")
    (case / "sources" / "b.yaml").unlink()
    shutil.rmtree(case / "sources" / "more")
    assert check_against(case, check_case(case), "HEAD").changes == ()


@pytest.mark.parametrize("revision", ["nothing", "-x", "--all", "", "HEAD:desk", "a b", "x\ny"])
def test_an_unknown_revision_is_refused(revision: str, tmp_path: Path) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    with pytest.raises(UsageError, match="git knows no revision"):
        check_against(case, check_case(case), revision)


def test_a_case_that_was_not_there_yet_is_refused(tmp_path: Path) -> None:
    committed(tmp_path, a(GIFT + "giver: Ring"))
    other = write_case(tmp_path / "desk" / "other", a(GIFT + "giver: Ring"))
    with pytest.raises(UsageError, match="was not in the revision 'HEAD'"):
        check_against(other, check_case(other), "HEAD")


def test_a_case_outside_git_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    case = write_case(tmp_path, a(GIFT + "giver: Ring"))
    with pytest.raises(UsageError, match="is in no git repository"):
        check_against(case, check_case(case), "HEAD")


def test_a_machine_without_git_is_told_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    rows = check_case(case)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutsideError, match="install git first"):
        check_against(case, rows, "HEAD")


def test_a_case_at_the_top_of_a_repository_is_found(tmp_path: Path) -> None:
    case = write_case(tmp_path, a(GIFT + "giver: Ring"))
    git(case, "init", "-q")
    git(case, "add", ".")
    git(case, "commit", "-q", "-m", "x")
    write_case(case, a(GIFT + "giver: Acme"))
    assert len(check_against(case, check_case(case), "HEAD").problems) == 1


def test_the_environment_of_a_git_hook_leads_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = committed(tmp_path, a(GIFT + "giver: Ring"))
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert check_against(case, check_case(case), "HEAD").changes == ()
