"""What changed between two states of a case: builds, folders, git revisions."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sousveil.ask.changes import Changes
from sousveil.ask.changes_text import changes_markdown, changes_text
from sousveil.ask.effects import Effect
from sousveil.errors import UsageError
from sousveil.graph.claim_words import ClaimView
from sousveil.graph.read_back import CaseRead, read_back
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build
from sousveil.pipeline.case import Case, ProblemsFound
from sousveil.pipeline.changes import NotRead, changes_of
from tests.cases import BASE, RING_LAPD, open_case, source, write_case
from tests.test_command_line import run

STORY = """
title: The gift
finding: Ring gave something.
as of: 2026-11-23
version: {version}
things: [ring, gift]
steps:
- text: Ring gave it to at least 100 of them.
  claims:
  - about: gift
    number of receivers: {number}
"""
DECISION = """
- decision: correct
  was:
    about: gift
    number of receivers: at least 100
  now:
    about: gift
    number of receivers: at least 90
  because: The paper corrected the number.
  by: first editor
  decided: 2026-11-24
"""
OLD = {
    "sources/a.yaml": source(
        "Paper A",
        """
        - about: gift
          at: 1
          giver: Ring
          receiver: LAPD officers
          number of receivers: at least 100
        - about: pillar
          at: 2
          run by: Ring
        """,
    ),
    "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  date: 2018\n  giver: Ring"),
    "stories/gift.yaml": STORY.format(version=1, number="at least 100"),
}
NEW = {
    "sources/a.yaml": source(
        "Paper A",
        """
        - about: gift
          at: 1
          giver: Ring
          receiver: LAPD officers
          number of receivers: at least 90
        """,
    ),
    "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  date: 2018"),
    "sources/c.yaml": source("Paper C", "- about: gift\n  at: 1\n  date: 2019"),
    "decisions/all.yaml": DECISION,
    "stories/gift.yaml": STORY.format(version=2, number="at least 90"),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    made = tmp_path_factory.mktemp("changes")
    return write_case(made / "old", OLD), write_case(made / "new", NEW)


@pytest.fixture(scope="module")
def builds(folders: tuple[Path, Path]) -> tuple[Path, Path]:
    for folder in folders:
        with Case.open(folder) as case:
            build(case, folder.parent / f"{folder.name}-build", Profile.PUBLIC)
    old, new = folders
    return old.parent / "old-build", new.parent / "new-build"


@pytest.fixture(scope="module")
def found(folders: tuple[Path, Path]) -> Changes:
    return changes_of(str(folders[0]), str(folders[1]), None)


def told(found: Changes) -> dict[str, tuple[str, str, str | None]]:
    return {
        f"{e.was.subject.removeprefix(BASE)} {e.was.relation}": (
            e.effect,
            e.was.value,
            e.now.value if e.now else None,
        )
        for e in found.claims
    }


def test_claims_are_told_apart_by_what_became_of_them(found: Changes) -> None:
    assert told(found) == {
        "gift number of receivers": (Effect.VALUE, "at least 100", "at least 90"),
        "pillar run by": (Effect.GONE, "Ring", None),
        "gift giver": (Effect.FEWER_ORIGINS, "Ring", "Ring"),
        # A third paper has another year.
        "gift date": (Effect.NOT_ACCEPTED, "2018", "2018"),
    }
    assert [(claim.relation, claim.value) for claim in found.added] == [("date", "2019")]
    assert found.unchanged == 1
    assert "; 1 stays as it is\n" in changes_text(found)


def test_the_decision_that_corrects_a_claim_is_told_with_it(found: Changes) -> None:
    (why,) = found.decided.values()
    assert why == "correct, 2026-11-24: The paper corrected the number."


def test_sources_stories_and_the_claims_of_their_steps_are_told(found: Changes) -> None:
    assert [(s.change, s.now) for s in found.sources] == [
        ("new", "article of Paper C (NewsArticle, Paper C, 2021-01-01)")
    ]
    (story,) = found.stories
    assert (story.change, story.was, story.now) == ("changed", "1", "2")
    assert story.fallen == ("a gift had as number of receivers: at least 100",)


def test_two_builds_tell_the_same_as_the_folders_they_were_made_from(
    builds: tuple[Path, Path], found: Changes
) -> None:
    from_builds = changes_of(str(builds[0]), str(builds[1]), None)
    assert from_builds.claims == found.claims
    assert from_builds.added == found.added
    assert from_builds.decided == found.decided
    assert from_builds.sources == found.sources
    assert [(s.key, s.change) for s in from_builds.stories] == [("gift", "its page changed")]


def test_a_file_of_n_quads_is_a_state_too(
    builds: tuple[Path, Path], folders: tuple[Path, Path], found: Changes
) -> None:
    mixed = changes_of(str(builds[0] / "graph.nq"), None, folders[1])
    assert mixed.claims == found.claims


def test_the_same_build_has_no_changes(builds: tuple[Path, Path]) -> None:
    same = changes_of(str(builds[0]), str(builds[0]), None)
    assert not same
    assert "claims: nothing changed; 5 stay as they are" in changes_text(same)
    assert "Nothing changed." in changes_markdown(same)


def test_a_thing_that_is_called_otherwise_changes_no_claim(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    other = shutil.copytree(folders[0], tmp_path / "renamed")
    entities = other / "entities" / "all.yaml"
    entities.write_text(entities.read_text().replace("Paper A", "The Paper of A"))
    for file in (other / "sources").glob("*.yaml"):
        file.write_text(file.read_text().replace("publisher: Paper A", "publisher: paper-a"))
    renamed = changes_of(str(folders[0]), str(other), None)
    assert not renamed.claims
    assert [(e.was, e.now) for e in renamed.entities] == [
        ("Paper A (NewsOrganization)", "The Paper of A (NewsOrganization)")
    ]
    assert not renamed.sources


def test_a_git_revision_is_a_state(tmp_path: Path, found: Changes) -> None:
    case = write_case(tmp_path, OLD)
    git = ["git", "-C", str(case), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "first"], check=True)
    write_case(case, NEW)
    since = changes_of("HEAD", None, case)
    assert since.claims == found.claims
    assert [s.was for s in since.stories] == ["1"]
    with pytest.raises(UsageError, match="git knows no revision 'HEAAD'"):
        changes_of("HEAAD", None, case)


def test_two_different_cases_are_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    other = write_case(tmp_path, OLD)
    head = other / "case.yaml"
    head.write_text(head.read_text().replace("/small/", "/other/"))
    with pytest.raises(UsageError, match=r"two different cases: .* of 'A small case' .*/other/"):
        changes_of(str(folders[0]), str(other), None)


def test_two_profiles_are_compared_and_told(builds: tuple[Path, Path], tmp_path: Path) -> None:
    with Case.open(builds[0].parent / "old") as case:
        build(case, tmp_path / "desk", Profile.DESK)
    found = changes_of(str(builds[0]), str(tmp_path / "desk"), None)
    assert not found.claims
    assert "of the profile public" in found.remarks[0]
    assert "of desk" in found.remarks[0]
    assert "! '" in changes_text(found)


def test_a_case_is_read_in_the_profile_of_the_build_it_is_compared_with(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    with Case.open(folders[0]) as case:
        build(case, tmp_path / "desk", Profile.DESK)
    found = changes_of(str(tmp_path / "desk"), None, folders[0])
    assert found.profile == "desk"
    assert not found.remarks


def test_damaged_and_foreign_files_are_named(builds: tuple[Path, Path], tmp_path: Path) -> None:
    cut = tmp_path / "cut.nq"
    cut.write_bytes((builds[0] / "graph.nq").read_bytes()[:5000])
    with pytest.raises(NotRead, match=r"cut\.nq: cannot be read as the N-Quads of a case"):
        changes_of(str(cut), str(builds[0]), None)
    foreign = tmp_path / "foreign.nq"
    foreign.write_text("<http://a.example/a> <http://a.example/b> <http://a.example/c> .\n")
    with pytest.raises(NotRead, match="0 cases in it, wanted one"):
        changes_of(str(foreign), str(builds[0]), None)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"neither a case nor a build: it has no case\.yaml"):
        changes_of(str(tmp_path / "empty"), str(builds[0]), None)
    with pytest.raises(UsageError, match="no folder of a case or a build; for a git revision"):
        changes_of("HEAD", str(builds[0]), None)


def test_a_state_with_problems_is_refused_with_them(
    builds: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = write_case(tmp_path, {"sources/a.yaml": source("Paper A", "- about: gift\n  givr: x")})
    with pytest.raises(ProblemsFound):
        changes_of(str(builds[0]), str(broken), None)


def test_the_correction_note_has_its_evidence_in_footnotes(found: Changes) -> None:
    note = changes_markdown(found)
    assert note.startswith("### What changed in “A small case”\n")
    assert (
        "**Corrected**\n\n- a gift had as number of receivers: at least 90 "
        "(it read: a gift had as number of receivers: at least 100) – "
        "correct, 2026-11-24: The paper corrected the number.[^3]\n"
    ) in note
    assert "**No longer said**\n\n- Pillar took place under the direction of Ring[^1]\n" in note
    assert "[^3]: Paper A, 2021-01-01, paragraph 1\n" in note
    assert note.count("[^") == 2 * len([line for line in note.splitlines() if line[:2] == "[^"])


def test_another_value_without_a_decision_is_called_changed(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    undecided = write_case(tmp_path / "undecided", {**NEW, "decisions/all.yaml": "[]\n"})
    note = changes_markdown(changes_of(str(folders[0]), str(undecided), None))
    assert "Corrected" not in note
    assert (
        "**Changed**\n\n- a gift had as number of receivers: at least 90 "
        "(it read: a gift had as number of receivers: at least 100)[^3]\n"
    ) in note


@pytest.fixture(scope="module")
def read() -> Iterator[tuple[CaseRead, dict[str, ClaimView]]]:
    with Case.open(RING_LAPD) as case:
        views = {view.id: view for view in case.words().claims(retracted=True)}
        yield read_back(case.quads(), case.vocabulary), views


def test_what_is_read_back_from_the_quads_is_what_was_written(
    read: tuple[CaseRead, dict[str, ClaimView]],
) -> None:
    back, views = read
    assert {i: plain(c) for i, c in back.claims.items()} == {i: plain(c) for i, c in views.items()}


def plain(view: ClaimView) -> ClaimView:
    """Leave out what RDF does not have, and the orders that it does not keep."""
    return replace(
        view,
        remarks=(),
        decided=False,
        # RDF has the gravest of the three contests, and drift.
        flags=tuple(
            f for f in view.flags
            if f == "drifted" or f == next(x for x in view.flags if x != "drifted")
        ),
        origins=tuple(sorted(view.origins)),
        evidence=tuple(
            sorted(
                (replace(e, place="", discounted=e.discounted and "no") for e in view.evidence),
                key=lambda e: e.id,
            )
        ),
    )  # fmt: skip


def test_every_kind_of_value_and_retracted_evidence_is_read_back(tmp_path: Path) -> None:
    says = """
    - about: gift
      at: 1
      giver: Ring
      receiver: unknown
      date: none
      number of receivers: about 90
      thing given: [free devices]
    - about: gift
      at: 2
      disputes:
        giver: Ring
    - about: pillar
      at: 3
      during: from 2016
      run by: withheld by LAPD (redacted)
    """
    files = {"sources/a.yaml": source("Paper A", says), "sources/b.yaml": OLD["sources/b.yaml"],
             "decisions/all.yaml": "- decision: retract source\n  source: b\n  because: forged\n"
             "  by: e\n  decided: 2026-11-24\n"}  # fmt: skip
    with open_case(tmp_path, files) as case:
        views = {view.id: view for view in case.words().claims(retracted=True)}
        back = read_back(case.quads(), case.vocabulary)
    assert len(views) >= 7
    assert {i: plain(c) for i, c in back.claims.items()} == {i: plain(c) for i, c in views.items()}


def test_the_command_prints_json_and_a_note(builds: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(str, builds)
    data = json.loads(run("changes", old, new, "--json", folder=tmp_path).stdout)
    assert data["counts"] == {
        "gone": 1, "no longer accepted": 1, "another value": 1, "fewer origins": 1, "new": 1,
    }  # fmt: skip
    wrong = run("changes", old, new, "--format", "htm", folder=tmp_path)
    assert wrong.returncode == 2
    assert "no format 'htm'; there are: table, json, md" in wrong.stderr
