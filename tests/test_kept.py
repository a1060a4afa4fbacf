"""The default stores of a case: kept while it is the same, made from former tables after a change.

Tables that were made from former ones are compared row by row with those of the case read anew.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from sousveil.ledger.profile import Profile
from sousveil.pipeline import answered
from sousveil.pipeline.case import Case, ProblemsFound, check_case
from sousveil.pipeline.held_folder import held
from sousveil.pipeline.kept import STORES, KeptCase, open_kept
from sousveil.pipeline.last_state import BUILT, stands
from sousveil.pipeline.unchanged import state_of
from tests.cases import ENTITIES, RING_LAPD, source, write_case
from tests.test_changed_build import NOT_COPIED, RELAYED, Built, changed, holds_the_rows_of
from tests.test_command_line import run
from tests.test_privacy import OFFICER, PERSON


class Reading:
    """Counts how often a case is read as a whole."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        whole = Case.open

        def counted(*given: object) -> Case:
            self.count += 1
            return whole(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(Case, "open", counted)


@pytest.fixture(autouse=True)
def no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that builds ask for their pages would take most of the time."""
    monkeypatch.setattr(answered, "MOST_CLAIMS", 0)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    return Reading(monkeypatch)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", RELAYED)


def edit(case: Path, source: str, old: str, new: str) -> None:
    file = case / "sources" / f"{source}.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def is_as_read_anew(case: Path) -> None:
    with open_kept(case) as kept, Case.open(case) as whole:
        assert isinstance(kept, KeptCase)
        assert kept.tables.digest() == whole.tables.digest()
        assert kept.tables.header == whole.tables.header
        (file,) = (case / STORES).glob("*/tables.duckdb")
        holds_the_rows_of(file, whole)


def test_a_case_that_was_built_is_not_read_again_to_be_asked(case: Path, reading: Reading) -> None:
    Built(case, case / "build").build()
    before = reading.count
    open_kept(case).close()
    assert reading.count == before
    is_as_read_anew(case)


@pytest.mark.parametrize("built", [True, False])
def test_after_a_change_only_the_changed_source_is_read(
    built: bool, case: Path, reading: Reading
) -> None:
    if built:
        Built(case, case / "build").build()
    else:
        open_kept(case).close()
    before = reading.count
    for old, new in (("2020-05-05", "2020-06-06"), ("receivers: 100", "receivers: at least 50")):
        edit(case, "a", old, new)
        open_kept(case).close()
        assert reading.count == before
    is_as_read_anew(case)


def test_a_build_leaves_the_stores_as_they_are(case: Path) -> None:
    open_kept(case).close()
    (kept,) = (case / STORES).glob("*/tables.duckdb")
    for profile in Profile:
        Built(case, case / f"build-{profile}", profile).build()
    open_kept(case).close()
    assert list((case / STORES).glob("*/tables.duckdb")) == [kept]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources/a.yaml", "article of Paper A", "letter to Paper A"),
        ("entities/all.yaml", "Ring", "Rings"),
        ("case.yaml", "title: ", "title: Another "),
    ],
)
def test_after_a_change_that_concerns_all_the_case_is_read_anew(
    file: str, old: str, new: str, case: Path, reading: Reading
) -> None:
    Built(case, case / "build").build()
    before, place = reading.count, case / file
    text = place.read_text("utf-8")
    assert old in text
    for each in (case / "sources").glob("*.yaml") if "entities" in file else ():
        edited = each.read_text("utf-8").replace(old, new)
        each.write_text(edited, encoding="utf-8")
    place.write_text(text.replace(old, new), encoding="utf-8")
    open_kept(case).close()
    assert reading.count == before + 1
    is_as_read_anew(case)


def test_errors_are_told_as_they_are_when_the_case_is_read_anew(case: Path) -> None:
    open_kept(case).close()
    edit(case, "a", "giver: Ring", "giver: Rnig")
    with pytest.raises(ProblemsFound) as raised:
        open_kept(case)
    assert raised.value.problems == check_case(case).problems.sorted()


def spoil_within(file: Path) -> None:
    """Change bytes in the middle, so that the file still opens."""
    data = bytearray(file.read_bytes())
    begin = len(data) // 3
    data[begin : begin + 3000] = bytes(byte ^ 0x5A for byte in data[begin : begin + 3000])
    file.write_bytes(data)


@pytest.mark.parametrize("where", ["stores", "built"])
def test_tables_that_open_but_are_damaged_are_made_again(
    where: str, case: Path, reading: Reading
) -> None:
    if where == "stores":
        open_kept(case).close()
    else:
        Built(case, case / "build").build()
    before = reading.count
    (tables,) = (case / ".sousveil").glob(f"{where}/*/tables.duckdb")
    spoil_within(tables)
    open_kept(case).close()
    assert reading.count == before + 1
    is_as_read_anew(case)


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"header": null, "hashes": {}}'])
@pytest.mark.parametrize("where", ["stores", "built"])
def test_a_state_that_was_spoilt_is_not_used(where: str, text: str, case: Path) -> None:
    built = Built(case, case / "build")
    if where == "stores":
        open_kept(case).close()
    else:
        built.build()
    (state,) = (case / ".sousveil").glob(f"{where}/*/state.txt")
    state.write_text(text, encoding="utf-8")
    edit(case, "a", "2020-05-05", "2020-06-06")
    is_as_read_anew(case)
    assert built.build() is None
    built.is_as_from_nothing()


def test_a_state_of_which_a_part_was_changed_is_not_used(case: Path) -> None:
    built = Built(case, case / "build")
    built.build()
    (state,) = (case / ".sousveil").glob("built/*/state.txt")
    text = state.read_text("utf-8")
    spoilt = text.replace('"hashes": {', '"hashes": {"claim zz": "", ')
    assert spoilt != text
    state.write_text(spoilt, encoding="utf-8")
    edit(case, "a", "2020-05-05", "2020-06-06")
    assert built.build() is None
    built.is_as_from_nothing()


ELSEWHERE = "elsewhere"
"""Stands for a folder beside the case, in the steps below."""
NO_FILES: dict[str, Callable[[Path], object]] = {
    "a link to nothing": lambda case: (case / "sources" / "zz.yaml").symlink_to("nowhere.yaml"),
    "a folder in the place of a source": lambda case: (case / "sources" / "zz.yaml").mkdir(),
    "a folder for judgements": lambda case: (case / "judgements.csv").mkdir(),
    "a folder for names": lambda case: (case / "private" / "names.yaml").mkdir(parents=True),
    "stories elsewhere": lambda case: (case / "stories").symlink_to(case.parent / ELSEWHERE),
    "names elsewhere": lambda case: (case / "private").symlink_to(case.parent / ELSEWHERE),
}


@pytest.mark.parametrize("step", NO_FILES)
def test_what_is_no_file_is_seen_by_the_next_look_and_build(step: str, case: Path) -> None:
    other = case.parent / ELSEWHERE
    other.mkdir()
    (other / "names.yaml").write_text(f"night-sergeant: {OFFICER}\n", encoding="utf-8")
    (other / "a.yaml").write_text("finding: nothing\n", encoding="utf-8")
    built = Built(case, case / "build")
    built.build()
    open_kept(case).close()
    before = state_of(case, (), Profile.PUBLIC)
    assert stands(case, built.out, before)
    NO_FILES[step](case)
    assert check_case(case).problems.errors
    assert not stands(case, built.out, state_of(case, (), Profile.PUBLIC))
    with pytest.raises(ProblemsFound) as raised:
        open_kept(case)
    assert raised.value.problems == check_case(case).problems.sorted()
    with pytest.raises(ProblemsFound):
        built.build()


def test_empty_folders_of_the_format_make_no_other_state(case: Path) -> None:
    before = state_of(case, (), Profile.PUBLIC).name
    (case / "tables").mkdir()
    (case / "captures").mkdir()
    assert state_of(case, (), Profile.PUBLIC).name == before


def test_documents_behind_a_link_count(tmp_path: Path) -> None:
    words = "Ring gave devices.\n"
    digest = hashlib.sha256(words.encode()).hexdigest()
    says = "- about: gift\n  at: 1\n  giver: Ring"
    text = source("Paper A", says, capture="saved.txt", sha256=digest)
    case = write_case(tmp_path / "case", {"sources/a.yaml": text})
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "saved.txt").write_text(words, encoding="utf-8")
    (case / "captures").symlink_to(tmp_path / "saved")
    built = Built(case, case / "build")
    built.build()
    open_kept(case).close()
    (tmp_path / "saved" / "saved.txt").write_text("Something else.\n", encoding="utf-8")
    assert check_case(case).problems.errors
    with pytest.raises(ProblemsFound):
        open_kept(case)
    with pytest.raises(ProblemsFound):
        built.build()


@pytest.mark.parametrize("spoil", [b"", b"no tables", None])
def test_former_tables_that_are_damaged_are_not_used(
    spoil: bytes | None, case: Path, reading: Reading
) -> None:
    Built(case, case / "build").build()
    before = reading.count
    (tables,) = (case / BUILT).glob("*/tables.duckdb")
    if spoil is None:
        with duckdb.connect(str(tables)) as opened:
            opened.execute("DROP TABLE origin")
    else:
        tables.write_bytes(spoil)
    edit(case, "a", "2020-05-05", "2020-06-06")
    open_kept(case).close()
    assert reading.count == before + 1
    is_as_read_anew(case)


def test_stores_from_former_tables_hold_no_withheld_name(tmp_path: Path, reading: Reading) -> None:
    files = {**RELAYED, "private/names.yaml": f"night-sergeant: {OFFICER}\n"}
    case = write_case(tmp_path / "case", files, entities=ENTITIES + PERSON)
    open_kept(case).close()
    edit(case, "a", "2020-05-05", "2020-06-06")
    open_kept(case).store().close()
    assert reading.count == 1
    kept = [file for file in (case / ".sousveil").rglob("*") if file.is_file()]
    assert len(kept) > 3
    for file in kept:
        assert OFFICER.encode() not in file.read_bytes(), file


def test_changes_of_the_first_case(tmp_path: Path, reading: Reading) -> None:
    case = tmp_path / "case"
    shutil.copytree(RING_LAPD, case, ignore=NOT_COPIED)
    open_kept(case).close()
    choose, made = random.Random(3), 0
    files = sorted((case / "sources").glob("*.yaml"))
    texts = [file.read_text("utf-8") for file in files]
    for _ in range(5):
        place = choose.randrange(len(files))
        files[place].write_text(changed(texts[place], texts, choose), encoding="utf-8")
        if check_case(case).problems.errors:
            files[place].write_text(texts[place], encoding="utf-8")
            continue
        before = reading.count
        is_as_read_anew(case)
        made += reading.count == before + 1  # by the comparison
    assert made >= 2


def test_a_question_after_an_edit_tells_what_is_new(case: Path) -> None:
    command = ["show", "gift", "--case", str(case)]
    assert "at least 50" not in run(*command).stdout
    edit(case, "a", "number of receivers: 100", "number of receivers: at least 50")
    assert "at least 50" in run(*command).stdout


def test_what_a_killed_process_left_of_new_stores_goes_with_the_next(case: Path) -> None:
    open_kept(case).close()
    left = case / STORES / ".new-killed"
    busy = case / STORES / ".new-busy"
    for folder in (left, busy):
        folder.mkdir()
        (folder / "tables.duckdb").write_bytes(b"half")
    edit(case, "a", "2020-05-05", "2020-06-06")
    with held(busy):
        open_kept(case).close()
        assert not left.exists()
        assert busy.exists()
    shutil.rmtree(busy)
    is_as_read_anew(case)
