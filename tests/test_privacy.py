"""No withheld name leaves: not in RDF, Neo4j, page bytes, keys or file names."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from sousveil.ledger.private_text import NameSearch
from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import NameWouldLeave, build, build_files, gate
from sousveil.pipeline.case import Case, ProblemsFound, check_case
from sousveil.pipeline.export import FORMATS, export_bytes
from sousveil.pipeline.kept import open_kept
from sousveil.stores.neo4j_store import Neo4jStore
from tests.cases import ENTITIES, REPOSITORY, RING_LAPD, problems, source, write_case
from tests.servers import Neo4jServer

OFFICER = "Zebulon Quackenbush"
PERSON = """
Person:
  night-sergeant:
    name: sealed
    shown as: a sergeant of the night watch
    exposure: junior staff
"""
SAYS = """
- about: gift
  at: 1
  receiver: night-sergeant
  note: The sergeant was asked for a comment.
"""
PUBLISH = """
- decision: publish name
  person: night-sergeant
  because: The official record of the act bears the name.
  by: one
  second: two
  decided: 2026-11-23
"""


def officer_case(folder: Path, **more: str) -> Path:
    files = {
        "sources/a.yaml": source("Paper A", SAYS),
        "private/names.yaml": f"night-sergeant: {OFFICER}\n",
        **{f"decisions/{name}.yaml": text for name, text in more.items()},
    }
    return write_case(folder, files, entities=ENTITIES + PERSON)


def everything(files: dict[str, bytes]) -> str:
    return "\n".join(f"{name}\n{data.decode('utf-8')}" for name, data in files.items())


def test_an_officer_is_a_role_in_public_and_a_name_on_the_desk(tmp_path: Path) -> None:
    with Case.open(officer_case(tmp_path)) as case:
        public = everything(build_files(case, Profile.PUBLIC))
        desk = everything(build_files(case, Profile.DESK))
    assert OFFICER not in public
    assert "Quackenbush" not in public
    assert "a sergeant of the night watch" in public
    assert "was asked for a comment" not in public
    assert OFFICER in desk
    assert "was asked for a comment" in desk
    assert "DESK PROFILE" in desk
    assert "DESK PROFILE" not in public


def test_a_decision_with_reason_and_second_person_lets_the_name_leave(tmp_path: Path) -> None:
    with Case.open(officer_case(tmp_path, one=PUBLISH)) as case:
        assert OFFICER in everything(build_files(case, Profile.PUBLIC))


def test_a_decision_without_second_person_or_reason_does_not(tmp_path: Path) -> None:
    for number, missing in enumerate(("second: two\n", "because: The official record")):
        text = "\n".join(line for line in PUBLISH.splitlines() if missing.strip() not in line)
        found = problems(officer_case(tmp_path / str(number), one=text))
        assert found == [f"decisions/one.yaml:1: '{missing.split(':')[0]}:' is missing"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_export_holds_the_name(name: str, tmp_path: Path) -> None:
    with Case.open(officer_case(tmp_path)) as case:
        assert OFFICER.encode() not in export_bytes(case, name, Profile.PUBLIC)
        assert OFFICER.encode() in export_bytes(case, name, Profile.DESK)


def test_the_server_gets_no_withheld_name_by_default(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    def strings() -> str:
        with neo4j_clean.driver() as driver:
            rows = driver.execute_query(
                "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n) AS n, properties(r) AS r"
            ).records
        return "\n".join(str(row.data()) for row in rows)

    with (
        Case.open(officer_case(tmp_path)) as case,
        Neo4jStore(neo4j_clean.uri, neo4j_clean.user, neo4j_clean.password) as store,
    ):
        store.load(case.property_graph(Profile.DESK), case.vocabulary)
        assert OFFICER in strings()
        store.load(case.property_graph(), case.vocabulary)
        assert "Quackenbush" not in strings()
        assert "was asked for a comment" not in strings()


@pytest.mark.parametrize(
    "leak",
    [
        OFFICER,
        OFFICER.upper(),
        "Sgt. Quackenbush said no",
        "Zebulon&#32;Quackenbush",
        "Zebulon\\u0020Quackenbush",
        "Zebulon%20Quackenbush",
        "zebulon-quackenbush",
        "Zébulon  Quackenbush",
        "Zebulon Quackenbushs Kamera",
        "Quackenbushs Kamera",
        "SGT. QUACKENBUSH SAID NO",
        "Zebulon Quacken\u00adbush",
        "Zebulon Quacken&shy;bush",
        "Sgt. Quacken\\u200bbush",
    ],
)
def test_the_gate_reads_the_finished_bytes_however_the_name_is_spelt(leak: str) -> None:
    with pytest.raises(NameWouldLeave, match=r"graph\.ttl"):
        gate({"graph.ttl": f"... {leak} ...".encode(), "clean.md": b"nothing"}, [OFFICER])
    with pytest.raises(NameWouldLeave):
        gate({"zebulon-quackenbush.html": b""}, [OFFICER])


def test_a_build_that_would_leak_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = officer_case(tmp_path / "case")
    with Case.open(folder) as case:
        build(case, tmp_path / "out", Profile.PUBLIC)
        before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
        # A label that changed after the check, as a fault in a writer would have it.
        case.tables.connection.execute(
            "UPDATE entity SET label = ? WHERE key = 'gift'", [f"gift to {OFFICER}"]
        )
        with pytest.raises(NameWouldLeave):
            build(case, tmp_path / "out", Profile.PUBLIC)
    assert {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()} == before


def test_a_withheld_name_in_a_quotation_is_found_by_check(tmp_path: Path) -> None:
    folder = officer_case(tmp_path)
    quoted = SAYS + "  effect: Quackenbush got a camera.\n"
    (folder / "sources" / "a.yaml").write_text(source("Paper A", quoted), encoding="utf-8")
    assert problems(folder) == [
        "sources/a.yaml:12: a name that private/ withholds stands here (the value); "
        "write the role instead, "
        "or record a decision 'publish name'"
    ]


def test_a_withheld_name_in_the_header_of_a_case_or_a_source_is_found_by_check(
    tmp_path: Path,
) -> None:
    folder = officer_case(tmp_path)
    header = folder / "case.yaml"
    header.write_text(header.read_text("utf-8").replace("A small case", f"The {OFFICER} case"))
    (folder / "sources" / "a.yaml").write_text(
        source("Paper A", SAYS, author=OFFICER), encoding="utf-8"
    )
    told = "write the role instead, or record a decision 'publish name'"
    here = "a name that private/ withholds stands here"
    assert problems(folder) == [
        f"case.yaml: {here} (title); {told}",
        f"sources/a.yaml:1: {here} (author); {told}",
    ]


def test_a_withheld_name_in_a_question_of_the_case_is_found_by_check(tmp_path: Path) -> None:
    folder = officer_case(tmp_path)
    question = folder / "queries" / "named"
    question.mkdir(parents=True)
    head = f'title = "Who gave?"\nanswers = "What {OFFICER} got."\n'
    (question / "question.toml").write_text(head, encoding="utf-8")
    (question / "query.rq").write_text("# of nobody\nASK {}\n", encoding="utf-8")
    assert problems(folder) == [
        "queries/named/question.toml:2: a name that private/ withholds stands here (a question); "
        "write the role instead, or record a decision 'publish name'"
    ]
    with pytest.raises(ProblemsFound):
        open_kept(folder)


def test_a_withheld_name_of_whoever_decided_is_found_by_check(tmp_path: Path) -> None:
    decided = f"""
    - decision: retract source
      source: a
      because: It was withdrawn.
      by: {OFFICER}
      decided: 2026-11-23
    """
    folder = officer_case(tmp_path, a=decided)
    (found,) = problems(folder)
    assert found.startswith("decisions/a.yaml:1: a name that private/ withholds stands here (by);")


@pytest.mark.parametrize("name", ["private/names.yaml", "judgements.csv"])
def test_a_folder_or_a_dead_link_in_the_place_of_a_file_is_told(name: str, tmp_path: Path) -> None:
    """Names that nobody looks for would leave."""
    folder = officer_case(tmp_path)
    place = folder / name
    place.unlink(missing_ok=True)
    place.mkdir()
    told = f"{name}: is a folder or a link to nothing; it must be a file"
    assert told in problems(folder)
    place.rmdir()
    place.symlink_to(folder / "nothing")
    assert told in problems(folder)


def test_check_names_a_key_with_a_surname_that_is_withheld(tmp_path: Path) -> None:
    """It may be another's, so that it stops no build."""
    folder = officer_case(tmp_path)
    (folder / "entities" / "more.yaml").write_text("Company:\n  quackenbush-inc: Q Inc\n")
    (folder / "sources" / "memo-of-quackenbush.yaml").write_text(
        source("Paper A", SAYS), encoding="utf-8"
    )
    rows = check_case(folder)
    assert not rows.problems.errors
    told = "has a surname in it that private/ withholds; if that person is meant, take another key"
    assert [(p.file, p.message) for p in rows.problems.sorted()] == [
        ("entities/more.yaml", f"'quackenbush-inc' {told}"),
        ("sources/memo-of-quackenbush.yaml", f"'memo-of-quackenbush' {told}"),
    ]


def test_a_surname_that_is_a_common_word_blocks_no_page() -> None:
    search = NameSearch(["Ann Black"])
    assert not search.found_in("color: black; ring")
    assert search.found_in("Detective Black wrote")


def detectives_name(seeds: Path) -> str:
    """Read the name at run time from the article, so that it is committed nowhere."""
    text = (seeds / "000_7933f691cd6934e1.txt").read_text(encoding="utf-8")
    found = re.search(r"Detective ([A-Z]\w+ [A-Z]\w+)", text)
    assert found
    return found[1]


def test_the_detectives_name_is_in_no_tracked_file_and_in_no_output(
    shared_data: Path, tmp_path: Path
) -> None:
    name = detectives_name(shared_data / "seeds")
    surname = name.split()[-1]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    for path in (REPOSITORY / entry.decode() for entry in listed if entry):
        if path.is_file():
            data = path.read_bytes()
            assert surname.encode() not in data, path
            assert surname not in path.name
    with Case.open(RING_LAPD) as case:
        for profile in Profile:
            assert surname not in everything(build_files(case, profile))


def test_with_the_name_in_private_only_the_desk_profile_of_the_first_case_holds_it(
    shared_data: Path, tmp_path: Path
) -> None:
    import shutil

    name = detectives_name(shared_data / "seeds")
    folder = tmp_path / "case"
    shutil.copytree(RING_LAPD, folder)
    (folder / "private").mkdir()
    (folder / "private" / "names.yaml").write_text(f"task-force-detective: {name}\n", "utf-8")
    with Case.open(folder) as case:
        assert name not in everything(build_files(case, Profile.PUBLIC))
        assert name in everything(build_files(case, Profile.DESK))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "ring-lapd",
            [
                ("brian-huseman", "senior staff", False),
                ("edward-markey", "public official", False),
                ("familiar-faces-plaintiff", "private", True),
                ("george-floyd", "public figure", False),
                ("map-researcher", "private", True),
                ("matthew-guariglia", "spokesperson", False),
                ("michel-moore", "public official", False),
                ("ron-wyden", "public official", False),
                ("task-force-detective", "junior staff", True),
            ],
        ),
        ("police-tools", [("wrongly-named-man", "wrongly accused", True)]),
    ],
)
def test_every_person_of_the_bundled_cases_has_an_exposure_class(
    name: str, expected: list[tuple[str, str, bool]]
) -> None:
    with Case.open(REPOSITORY / "cases" / name) as case:
        people = case.tables.query(
            "SELECT key, exposure, sealed FROM entity WHERE type = 'Person' ORDER BY key"
        )
    assert people == expected
