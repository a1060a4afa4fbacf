"""A build after a change in few source files takes over what did not change, and is the same.

Each test compares it byte for byte with a build of the changed case from nothing.
"""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sousveil.graph import cypher_changes, cypher_script
from sousveil.ledger.profile import Profile
from sousveil.ledger.saved_tables import attach, save_changed_tables
from sousveil.pipeline import answered, former_files
from sousveil.pipeline.build import build, build_files
from sousveil.pipeline.case import Case, ProblemsFound, check_case
from sousveil.pipeline.former_files import FormerFiles, open_to_build
from sousveil.pipeline.last_state import BUILT, SPARE, kept_state, write_state
from sousveil.pipeline.spare_links import links_of
from sousveil.pipeline.unchanged import state_of
from sousveil.view.explorer import index_page, site
from sousveil.view.explorer.material import SiteMaterial
from sousveil.view.network.formats import CASE
from tests.cases import BASE, ENTITIES, POLICE_TOOLS, RING_LAPD, header, write_case
from tests.made_questions import made_case
from tests.test_faults import content, run, start
from tests.test_privacy import OFFICER, PERSON

NOT_COPIED = shutil.ignore_patterns("build", ".sousveil", "private", "captures")
DIGIT = re.compile(r"(?<=: )(at least |more than |about )?(\d)(?=\d*$)")


@dataclass
class Built:
    """A case with its build, so that it can be changed and built again."""

    folder: Path
    out: Path
    profile: Profile = Profile.PUBLIC

    def build(self) -> FormerFiles | None:
        """Build as the command does; return what was taken over from the former build."""
        state = state_of(self.folder, (), self.profile)
        case, former = open_to_build(self.folder, (), self.profile, self.out, state)
        with case:
            build(case, self.out, self.profile, None, state, former)
        return former

    def is_as_from_nothing(self) -> None:
        """Compare the folder with a build that takes over nothing."""
        with Case.open(self.folder) as case:
            wanted = build_files(case, self.profile)
            self._kept_tables_are_those_of(case)
        found = content(self.out)
        found.pop(".sousveil-build", None)
        assert found.keys() == wanted.keys()
        for name, data in wanted.items():
            assert found[name] == data, name
        assert all(any(p.iterdir()) for p in self.out.rglob("*") if p.is_dir()), "an empty folder"
        kept = self.folder / SPARE
        if self.profile is Profile.DESK:
            assert not kept.exists()
        else:
            assert links_of(kept).items() <= links_of(self.out).items(), "nothing else is kept"

    def _kept_tables_are_those_of(self, case: Case) -> None:
        """The tables for the next build hold the rows of a case that was read as a whole."""
        (kept,) = (self.folder / BUILT).glob(f"{self.profile}-*/tables.duckdb")
        holds_the_rows_of(kept, case)

    def source(self, name: str) -> Path:
        """Return a source file."""
        return self.folder / "sources" / f"{name}.yaml"

    def replace(self, name: str, old: str, new: str) -> None:
        """Change the text of a source file."""
        text = self.source(name).read_text("utf-8")
        assert old in text
        self.source(name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(autouse=True)
def no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers on pages are asked anew in each build, and would take most of the time."""
    monkeypatch.setattr(answered, "MOST_CLAIMS", 0)


def holds_the_rows_of(file: Path, case: Case) -> None:
    """Compare saved tables with those of a case that was read as a whole."""
    run = case.tables.connection.execute
    attach(case.tables.connection, file, "there")
    names = case.tables.column(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'there'"
    )
    assert {"claim", "standing", "origin", "derived_link"} <= names
    for name in sorted(names - {"private_name"}):
        ours, theirs = f'memory.main."{name}"', f'there.main."{name}"'
        for one, other in ((ours, theirs), (theirs, ours)):
            assert not run(f"FROM {one} EXCEPT ALL FROM {other}").fetchall(), name
    run("DETACH there")


def on_a_canvas(monkeypatch: pytest.MonkeyPatch, links: int = 0) -> None:
    """Draw first pages as those of large cases: beyond so many links, without evidence."""
    monkeypatch.setattr(index_page, "CASE", replace(CASE, all_clear=0))
    monkeypatch.setattr(index_page, "MOST_BESIDE_PAGES", links)


def in_short_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a statement of the script have three rows, so that rows move between many."""
    for module in (cypher_script, cypher_changes):
        monkeypatch.setattr(module, "ROWS_OF_A_STATEMENT", 3)


def blocks(text: str) -> tuple[str, list[str]]:
    """Return the head of a source file and the blocks below `says:`."""
    head, *found = re.split(r"(?m)^(?=- about: )", text)
    return head, found


def changed(text: str, others: list[str], choose: random.Random) -> str:
    """Return a source file with one change: something goes, comes, or is another number."""
    head, found = blocks(text)
    if not found:
        return text
    place = choose.randrange(len(found))
    match choose.choice(("line", "block", "digit", "digit", "foreign", "again")):
        case "line":
            lines = found[place].splitlines(keepends=True)
            gone = choose.randrange(1, len(lines)) if len(lines) > 1 else 0
            found[place] = "".join(lines[:gone] + lines[gone + 1 :])
        case "block":
            del found[place]
        case "digit":
            lines = found[place].splitlines(keepends=True)
            line = choose.randrange(len(lines))
            lines[line] = DIGIT.sub(lambda m: f"{m[1] or ''}{choose.randint(1, 9)}", lines[line])
            found[place] = "".join(lines)
        case "foreign":
            found.insert(place, choose.choice(blocks(choose.choice(others))[1] or [found[place]]))
        case _:
            found.append(re.sub(r"(?m)^  at: .*$", "  at: 77", found[place]))
    return head + "".join(found)


def follow(built: Built, rounds: int, seed: int) -> Iterator[FormerFiles | None]:
    """Change one source file after the other, build, compare; yield what was taken over each time.

    A change that makes an error must be refused as by any build, and is taken back.
    """
    choose = random.Random(seed)
    assert built.build() is None
    files = sorted((built.folder / "sources").glob("*.yaml"))
    for _ in range(rounds):
        texts = [file.read_text("utf-8") for file in files]
        place = choose.randrange(len(files))
        text = changed(texts[place], texts, choose)
        files[place].write_text(text, encoding="utf-8")
        rows = check_case(built.folder)
        if rows.problems.errors:
            before = content(built.out)
            with pytest.raises(ProblemsFound) as raised:
                built.build()
            assert raised.value.problems == rows.problems.sorted()
            assert content(built.out) == before
            files[place].write_text(texts[place], encoding="utf-8")
            continue
        if text == texts[place]:
            continue
        yield built.build()
        built.is_as_from_nothing()


def takes_over_and_is_the_same(built: Built, rounds: int, seed: int, at_least: int) -> None:
    taken = list(follow(built, rounds, seed))
    assert len([former for former in taken if former is not None]) >= at_least


BUNDLED = [(RING_LAPD, Profile.PUBLIC, 5, 2), (POLICE_TOOLS, Profile.DESK, 8, 2)]


@pytest.mark.parametrize(("case", "profile", "rounds", "at_least"), BUNDLED)
def test_changes_of_the_bundled_cases(
    case: Path, profile: Profile, rounds: int, at_least: int, tmp_path: Path
) -> None:
    shutil.copytree(case, tmp_path / "case", ignore=NOT_COPIED)
    built = Built(tmp_path / "case", tmp_path / "out", profile)
    takes_over_and_is_the_same(built, rounds, 1, at_least)


def test_changes_of_a_case_with_disputes_retractions_and_every_relation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_short_statements(monkeypatch)
    built = Built(made_case(tmp_path / "case", 1), tmp_path / "out")
    takes_over_and_is_the_same(built, 6, 1, 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_many_changes_of_such_cases(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 2:
        on_a_canvas(monkeypatch)
    if seed % 4 > 1:
        in_short_statements(monkeypatch)
    built = Built(made_case(tmp_path / "case", seed), tmp_path / "out")
    takes_over_and_is_the_same(built, 25, seed, 10)


@pytest.mark.slow
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("case", [RING_LAPD, POLICE_TOOLS], ids=lambda path: path.name)
def test_many_changes_of_the_bundled_cases(case: Path, profile: Profile, tmp_path: Path) -> None:
    shutil.copytree(case, tmp_path / "case", ignore=NOT_COPIED)
    built = Built(tmp_path / "case", tmp_path / "out", profile)
    takes_over_and_is_the_same(built, 60, 5, 15)


RELAYED = {
    "sources/a.yaml": header("Paper A", published="2020-01-01")
    + "says:\n- about: gift\n  at: 1\n  giver: Ring\n  number of receivers: 100\n"
    "- about: answer\n  at: 2\n  date: 2020-05-05\n",
    "sources/b.yaml": header("Paper B")
    + "says:\n- about: gift\n  at: 1\n  via: a\n  number of receivers: at least 100\n"
    "  receiver: LAPD officers\n",
    "sources/c.yaml": header("Paper C") + "says:\n- about: gift\n  at: 3\n  date: not stated\n",
    "sources/d.yaml": header("Paper A") + "says:\n- about: gift\n  at: 3\n  giver: Acme\n",
}  # fmt: skip


@pytest.fixture
def relayed(tmp_path: Path) -> Built:
    """Return a built case in which one paper relays another, one is silent, two contradict."""
    built = Built(write_case(tmp_path / "case", RELAYED), tmp_path / "case" / "build")
    assert built.build() is None
    return built


def test_what_another_source_relays_drifts_when_its_origin_changes(relayed: Built) -> None:
    relayed.replace("a", "number of receivers: 100", "number of receivers: at least 50")
    assert relayed.build() is not None
    assert b"drifted" in content(relayed.out)["things/gift.html"]
    relayed.is_as_from_nothing()


def test_only_pages_that_tell_of_the_change_are_drawn_anew(
    relayed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def noted(draw: Callable[[SiteMaterial, str], str]) -> Callable[[SiteMaterial, str], str]:
        def page(site: SiteMaterial, iri: str) -> str:
            drawn.append(iri.removeprefix(BASE))
            return draw(site, iri)

        return page

    for name in ("thing_page", "source_page"):
        monkeypatch.setattr(site, name, noted(getattr(site, name)))
    relayed.replace("a", "2020-05-05", "2020-06-06")
    assert relayed.build() is not None
    assert sorted(drawn) == ["a", "answer"]
    relayed.is_as_from_nothing()


def test_pages_are_copied_where_the_disk_has_no_links(
    relayed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    for old, new in (("100", "99"), ("99", "98")):
        relayed.replace("a", f"number of receivers: {old}", f"number of receivers: {new}")
        former = relayed.build()
        assert former is not None
        assert "sources/d.html" in former.standing
        relayed.is_as_from_nothing()


def test_a_touched_page_is_made_anew(relayed: Built) -> None:
    page = relayed.out / "sources/d.html"
    page.write_bytes(page.read_bytes().replace(b"Paper", b"PAPER"))
    relayed.replace("a", "number of receivers: 100", "number of receivers: 99")
    former = relayed.build()
    assert former is not None
    assert "sources/d.html" not in former.standing
    relayed.is_as_from_nothing()


def test_a_silence_that_comes_or_goes_renumbers_the_gaps(relayed: Built) -> None:
    relayed.replace("d", "giver: Acme", "giver: not stated")
    assert relayed.build() is not None
    relayed.is_as_from_nothing()
    relayed.replace("c", "date: not stated", "date: 2020")
    assert relayed.build() is not None
    relayed.is_as_from_nothing()


def test_a_kind_of_relationship_that_comes_or_goes(relayed: Built) -> None:
    relayed.replace("d", "giver: Acme", "receiver: Acme")
    assert relayed.build() is not None
    relayed.replace("a", "  giver: Ring\n", "")
    assert relayed.build() is not None
    assert b"`GIVER`" not in content(relayed.out)["graph.cypher"]
    relayed.is_as_from_nothing()
    relayed.replace("a", "number of receivers: 100\n", "giver: Acme\n")
    assert relayed.build() is not None
    assert b"`GIVER`" in content(relayed.out)["graph.cypher"]
    relayed.is_as_from_nothing()


def test_a_claim_that_a_dispute_names_and_nobody_makes_any_more_is_an_error(
    relayed: Built,
) -> None:
    relayed.replace("d", "  giver: Acme\n", "  disputes:\n    giver: Ring\n")
    assert relayed.build() is not None
    relayed.is_as_from_nothing()
    relayed.replace("a", "  giver: Ring\n", "")
    with pytest.raises(ProblemsFound, match="1 problem"):
        relayed.build()


def test_a_circle_of_relays_that_a_change_closes_is_an_error(relayed: Built) -> None:
    relayed.replace("b", "number of receivers: at least 100", "number of receivers: 100")
    assert relayed.build() is not None
    relayed.replace("a", "at: 1\n", "at: 1\n  via: b\n")
    with pytest.raises(ProblemsFound) as raised:
        relayed.build()
    assert "circle" in str(raised.value.problems[0])


SPOKEN = {
    "sources/a.yaml": header("Paper A")
    + "says:\n- about: answer\n  at: 1\n  speaker: a Ring spokesperson\n",
    "sources/b.yaml": header("Paper B")
    + "says:\n- about: gift\n  at: 1\n  said in: answer\n  giver: Ring\n",
    "sources/c.yaml": header("Paper C")
    + "says:\n- about: gift\n  at: 2\n  via: b\n  giver: Ring\n",
    "sources/d.yaml": header("Paper A") + "says:\n- about: gift\n  at: 3\n  receiver: Acme\n",
}  # fmt: skip


def test_another_speaker_of_a_statement_is_the_origin_of_what_others_quote(tmp_path: Path) -> None:
    built = Built(write_case(tmp_path / "case", SPOKEN), tmp_path / "out")
    assert built.build() is None
    built.replace("a", "a Ring spokesperson", "another spokesperson")
    assert built.build() is not None
    assert b"1 independent origin: another spokesperson" in content(built.out)["things/gift.html"]
    built.is_as_from_nothing()
    built.replace("a", "speaker: another spokesperson", "date: 2021")
    assert built.build() is not None
    built.is_as_from_nothing()


@pytest.mark.parametrize("links", [0, 10_000], ids=["bare links", "links with evidence"])
def test_a_first_page_on_a_canvas_after_changes(
    links: int, relayed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def noted(*given: Any) -> str:
        drawn.append("index.html")
        return index_page.index_page(*given)

    on_a_canvas(monkeypatch, links)
    monkeypatch.setattr(site, "index_page", noted)
    shutil.rmtree(relayed.folder / BUILT)
    assert relayed.build() is None
    for name, old, new, told in (
        ("a", "number of receivers: 100", "number of receivers: 99", False),
        ("d", "giver: Acme", "giver: withheld", True),
        ("a", "2020-05-05", "2020-06-06", True),
        ("c", "date: not stated", "number of receivers: 7", True),
        ("b", "  receiver: LAPD officers\n", "", True),
        ("a", "number of receivers: 99", "number of receivers: not stated", True),
        ("d", "giver: withheld", "giver: Acme", True),
    ):
        drawn.clear()
        relayed.replace(name, old, new)
        assert relayed.build() is not None
        assert bool(drawn) == (told or links > 0), new
        relayed.is_as_from_nothing()


def test_tables_are_kept_as_a_whole_when_half_of_their_file_is_waste(
    relayed: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[Path] = []

    def noted(*given: Any, **more: Any) -> None:
        copied.append(given[2])
        save_changed_tables(*given, **more)

    monkeypatch.setattr(former_files, "save_changed_tables", noted)
    relayed.replace("a", "2020-05-05", "2020-06-06")
    assert relayed.build() is not None
    assert len(copied) == 1
    (place,) = (relayed.folder / BUILT).glob("public-*")
    write_state(place, kept_state(place) | {"whole": 1})
    relayed.replace("a", "2020-06-06", "2020-07-07")
    assert relayed.build() is not None
    assert len(copied) == 1
    relayed.is_as_from_nothing()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sources/a.yaml", "published: 2020-01-01", "published: 2020-01-02"),
        ("sources/a.yaml", "title: ", "title: Another "),
        ("entities/all.yaml", "Ring\n", "Ring LLC\n"),
        ("case.yaml", "A small case", "Another case"),
    ],
)
def test_what_concerns_more_than_one_source_is_made_from_nothing(
    name: str, old: str, new: str, relayed: Built
) -> None:
    file = relayed.folder / name
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    assert relayed.build() is None
    relayed.is_as_from_nothing()


def test_a_source_that_comes_or_goes_is_made_from_nothing(relayed: Built) -> None:
    shutil.copy(relayed.source("d"), relayed.source("e"))
    assert relayed.build() is None
    relayed.is_as_from_nothing()
    relayed.source("e").unlink()
    assert relayed.build() is None
    relayed.is_as_from_nothing()


def test_damaged_files_of_the_former_build_are_made_anew(relayed: Built) -> None:
    (relayed.out / "things" / "gift.html").write_text("spoilt", encoding="utf-8")
    relayed.replace("a", "2020-05-05", "2020-06-06")
    assert relayed.build() is not None
    relayed.is_as_from_nothing()
    (relayed.out / "graph.nq").write_text("spoilt", encoding="utf-8")
    relayed.replace("a", "2020-06-06", "2020-07-07")
    assert relayed.build() is None
    relayed.is_as_from_nothing()


@pytest.mark.parametrize("spoil", [b"", b"no tables", None])
def test_damaged_tables_of_the_former_build_are_made_anew(
    spoil: bytes | None, relayed: Built
) -> None:
    (kept,) = (relayed.folder / BUILT).glob("*/tables.duckdb")
    if spoil is None:
        with duckdb.connect(str(kept)) as tables:
            tables.execute("DROP TABLE origin")
    else:
        kept.write_bytes(spoil)
    relayed.replace("a", "2020-05-05", "2020-06-06")
    assert relayed.build() is None
    relayed.is_as_from_nothing()


def test_tables_kept_hold_no_withheld_name(tmp_path: Path) -> None:
    files = {**RELAYED, "private/names.yaml": f"night-sergeant: {OFFICER}\n"}
    case = write_case(tmp_path / "case", files, entities=ENTITIES + PERSON)
    built = Built(case, case / "build")
    assert built.build() is None
    kept = [file for file in (case / ".sousveil").rglob("*") if file.is_file()]
    assert kept
    for file in kept:
        assert OFFICER.encode() not in file.read_bytes(), file
    built.replace("a", "2020-05-05", "2020-06-06")
    assert built.build() is not None
    built.is_as_from_nothing()


def test_links_that_are_kept_go_into_the_next_build(relayed: Built) -> None:
    relayed.build()
    kept = links_of(relayed.folder / SPARE)
    assert "things/ring.html" in kept
    assert "graph.nq" not in kept
    place = (relayed.folder / SPARE).stat().st_ino
    relayed.replace("a", "2020-05-05", "2020-06-06")
    assert relayed.build() is not None
    assert relayed.out.stat().st_ino == place, "the new folder began with them"
    relayed.is_as_from_nothing()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda spare, out: shutil.rmtree(spare),
        lambda spare, out: (spare / "things" / "ring.html").unlink(),
        lambda spare, out: (spare / "things" / "no-thing.html").write_text("<p>stray"),
        lambda spare, out: os.link(out / "report.md", spare / "graph.nq"),
        lambda spare, out: os.link(out / "graph.nq", spare / "things.html"),
        lambda spare, out: replaced_by(spare / "things" / "ring.html", b"another"),
    ],
    ids=["gone", "one gone", "one more", "another", "top", "not the same"],
)
def test_links_that_are_kept_and_were_damaged_harm_no_build(
    spoil: Callable[[Path, Path], None], relayed: Built
) -> None:
    relayed.build()
    former = content(relayed.out)
    spoil(relayed.folder / SPARE, relayed.out)
    relayed.replace("a", "2020-05-05", "2020-06-06")
    old = relayed.out.parent / "old"
    old.mkdir()
    for name in former:  # the files of the former build themselves, which no build may write into
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(relayed.out / name, old / name)
    assert relayed.build() is not None
    assert content(old) == former
    relayed.is_as_from_nothing()
    relayed.replace("a", "2020-06-06", "2020-05-05")
    assert relayed.build() is not None
    relayed.is_as_from_nothing()


def replaced_by(path: Path, data: bytes) -> None:
    """Put a file of its own in the place of a link."""
    path.unlink()
    path.write_bytes(data)


def test_the_command_takes_over_what_did_not_change(relayed: Built) -> None:
    assert run("build", str(relayed.folder))[0] == 0  # with answers on its pages
    relayed.replace("a", "2020-05-05", "2020-06-06")
    before = {p.name for p in (relayed.folder / BUILT).glob("[!.]*")}
    said, _ = start("build", str(relayed.folder)).communicate()
    assert re.search(r"changed since the last build: sources/a.yaml; \d+ pages stay", said)
    after = {p.name for p in (relayed.folder / BUILT).glob("[!.]*")}
    assert len(before) == len(after) == 1
    assert before != after


def test_the_command_names_what_changed_where_all_is_made_anew(relayed: Built) -> None:
    said, _ = start("build", str(relayed.folder)).communicate()
    assert "changed since" not in said
    for place in (*(f"sources/{name}.yaml" for name in "abd"), "entities/all.yaml"):
        file = relayed.folder / place
        file.write_text(file.read_text("utf-8") + "# looked at again\n", encoding="utf-8")
    (relayed.folder / "sources" / "c.yaml").unlink()
    said, _ = start("build", str(relayed.folder)).communicate()
    assert (
        "changed since the last build: entities/all.yaml, sources/a.yaml, sources/b.yaml "
        "and 2 more files; all is made anew\n" in said
    )
