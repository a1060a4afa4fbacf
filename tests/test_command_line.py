"""The command line as people and scripts use it: help, exit codes, pipes, files."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import REPOSITORY, RING_LAPD, source, write_case

SOUSVEIL = str(Path(sys.executable).parent / "sousveil")
COMMANDS = [
    "demo",
    "new",
    "source new",
    "source passages",
    "check",
    "build",
    "show",
    "ask",
    "export",
    "embed",
    "neo4j load",
    "ontology lint",
    "ontology schema",
    "ontology docs",
    "ontology legend",
    "ontology context",
    "ontology constraints",
    "trace",
    "query",
    "impact",
    "changes",
    "analyse",
]
GOOD = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring\n  receiver: LAPD officers")
BAD = source("Paper A", "- about: gift\n  at: 1\n  givr: Ring")


def run(
    *words: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [SOUSVEIL, *words],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Example: sousveil {command}" in done.stdout


def test_the_list_of_commands_is_whole() -> None:
    found = []
    for name in listed("--help"):
        below = listed(name, "--help")
        found += [f"{name} {sub}" for sub in below] or [name]
    assert sorted(found) == sorted(COMMANDS)


def listed(*words: str) -> list[str]:
    text = run(*words).stdout
    if "\nCommands:\n" not in text:
        return []
    lines = text.split("\nCommands:\n")[1].splitlines()
    return [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "Usage: sousveil"),
        (["--version"], 0, "sousveil 0.1.0"),
        (["bogus"], 2, "No such command 'bogus'"),
        (["demo", "--case", "police-tool"], 2, "did you mean 'police-tools'?"),
        (["demo", "--case", "x"], 2, "no bundled case 'x'; there are police-tools, ring-lapd"),
        (["check", "nowhere"], 2, "'nowhere' is no case folder: it has no case.yaml"),
        (["build", "--bogus"], 2, "No such option"),
        (["export", "nq", "--graph", "accepted", "--case", str(RING_LAPD)], 2,
         "--graph goes with turtle only: leave it out for nquads"),
        (["export", "turtel", "--case", str(RING_LAPD)], 2, "did you mean 'turtle'"),
        (["export", "turtle", "--graph", "x", "--case", str(RING_LAPD)], 2, "no graph 'x'"),
        (["build", str(RING_LAPD), "--profile", "x"], 2, "no profile 'x'; there are: public, desk"),
        (["show", "Pilar", "--case", str(RING_LAPD)], 2, "did you mean 'Pillar'?"),
        (["ask", "nope", "--case", str(RING_LAPD)], 2, "no question 'nope'"),
        (["ask", "reach-of-a-request", "--case", str(RING_LAPD)], 2, "needs --protest"),
        (["ask", "reach-of-a-request", "x", "--case", str(RING_LAPD)], 2, "'x' has no --NAME"),
        (["ask", "reach-of-a-request", "--engine", "x"], 2, "no engine 'x'"),
        (["ask", "reach-of-a-request", "--format", "x"], 2, "no format 'x'"),
        (["ask", "reach-of-a-request", "--format", "x", "-o", "a.csv"], 2, "no format 'x'"),
        (["ask", "what-changed", "--case", str(RING_LAPD)], 2, "by `sousveil changes OLD"),
        (["ask", "reach-of-a-request", "--protest", "floyd-protests", "--engine", "neo4j"], 2,
         "say which Neo4j server to ask, with --uri or NEO4J_URI"),
        (["trace", "Ring", "LAPD", "--engine", "neo4j"], 2, "say which Neo4j server to ask"),
        (["trace", "Ring", "LAPD", "--engine", "all"], 2, "say which Neo4j server to ask"),
        (["build", str(RING_LAPD), "--case", "x"], 2, "the case is named twice: '"),
        (["check", str(RING_LAPD), "--case", "x"], 2, "the case is named twice: '"),
        (["neo4j", "load", str(RING_LAPD), "--uri", "bolt://127.0.0.1:9"], 2, "set NEO4J_PASSWORD"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_is_wanted_and_ends_with_2(
    words: list[str], code: int, says: str, tmp_path: Path
) -> None:
    done = run(*words, folder=tmp_path)
    assert done.returncode == code
    assert says in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["police-tools", "ring-lapd"])
def test_demo_copies_a_bundled_case_under_its_name_and_builds_it(name: str, tmp_path: Path) -> None:
    done = run("demo", "--case", name, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"copied the case '{name}' to {name}" in done.stdout
    assert (tmp_path / name / "build" / "index.html").is_file()
    wanted = (REPOSITORY / "cases" / name / "case.yaml").read_bytes()
    assert (tmp_path / name / "case.yaml").read_bytes() == wanted


def test_check_tells_file_and_line_and_ends_with_1(tmp_path: Path) -> None:
    write_case(tmp_path / "case", {"sources/a.yaml": BAD})
    done = run("check", "case", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "case/sources/a.yaml:10: no relation 'givr'; did you mean 'giver'?"
    )
    # Nothing was looked for yet that could be a finding.
    assert done.stdout.splitlines()[-1] == "1 problem in 1 source, 0 claims"
    inside = run("check", folder=tmp_path / "case" / "sources")
    assert "sources/a.yaml:10: no relation 'givr'" in inside.stdout
    data = json.loads(run("check", "case", "--json", folder=tmp_path).stdout)
    assert [(p["file"], p["line"], p["severity"]) for p in data] == [
        ("sources/a.yaml", 10, "error")
    ]


def test_findings_count_with_strict_only(tmp_path: Path) -> None:
    assert run("check", str(RING_LAPD)).returncode == 0
    strict = run("check", str(RING_LAPD), "--strict")
    assert strict.returncode == 1
    lines = strict.stdout.splitlines()
    assert lines[-2].startswith("no problems, 24 findings in 140 sources, 989 claims; ")
    assert lines[-1].startswith("findings are no mistakes in the files, but for an editor")
    assert sum(": finding: " in line for line in lines) == 24
    assert "itself says at least 100" in strict.stdout


def test_a_new_case_passes_check_and_build(tmp_path: Path) -> None:
    assert run("new", "riverton", folder=tmp_path).returncode == 0
    folder = tmp_path / "riverton"
    assert run("check", folder=folder).stdout.startswith("no problems, no findings in ")
    assert run("build", folder=folder).returncode == 0
    again = run("new", "riverton", folder=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert "holds a case already" in again.stderr
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    assert "is not empty" in run("new", "full", folder=tmp_path).stderr


def test_demo_twice_says_what_to_do(tmp_path: Path) -> None:
    assert run("demo", "made", folder=tmp_path).returncode == 0
    again = run("demo", "made", folder=tmp_path)
    assert again.returncode == 2
    assert "build it with `sousveil build made`" in again.stderr


def test_source_new_shows_passages_and_writes_hashes_but_no_word(tmp_path: Path) -> None:
    run("new", "c", folder=tmp_path)
    folder = tmp_path / "c"
    article = tmp_path / "the article.txt"
    article.write_text("Unmistakable opening.\n\nA second paragraph: “quoted”.\n", encoding="utf-8")
    done = run(
        "source", "new", str(article), "--publisher", "Our desk", "--read", "2026-11-23",
        "--title", "Title: with a colon", folder=folder,
    )  # fmt: skip
    assert done.returncode == 0
    assert "   1  Unmistakable opening." in done.stdout
    text = (folder / "sources" / "the-article.yaml").read_text(encoding="utf-8")
    assert "Unmistakable" not in text
    assert "second" not in text.lower().replace("# says", "")
    assert (folder / "captures" / "the article.txt").read_bytes() == article.read_bytes()
    assert run("check", folder=folder).stdout.startswith("no problems, no findings in ")
    assert run("source", "new", str(article), folder=folder).returncode == 2
    for name, data in (
        ("a.html", b"<!DOCTYPE html><p>x"),
        ("b.bin", b"\xff\xfe\x00"),
        ("c.txt", b" "),
    ):
        (tmp_path / name).write_bytes(data)
        refused = run("source", "new", str(tmp_path / name), folder=folder)
        assert refused.returncode == 2
        assert len(list((folder / "sources").iterdir())) == 1


def test_answers_come_as_json_and_csv_without_formulas(tmp_path: Path) -> None:
    entities = (
        "Company:\n  ring: |\n    =HYPERLINK(1)\nNewsOrganization:\n  paper-a: Paper A\n"
        "Group:\n  officers: LAPD officers\nBenefitTransfer:\n  gift: a gift\n"
    )
    told = source("Paper A", "- about: gift\n  at: 1\n  giver: ring\n  receiver: officers")
    write_case(tmp_path, {"sources/a.yaml": told}, entities=entities)
    asking = ("ask", "who-received-benefits", "--giver", "ring", "--body", "officers")
    rows = list(csv.reader(io.StringIO(run(*asking, "--format", "csv", folder=tmp_path).stdout)))
    assert [row[:3] for row in rows[1:]] == [
        ["a gift", "giver", "'=HYPERLINK(1)"],
        ["a gift", "receiver", "LAPD officers"],
    ]
    data = json.loads(run(*asking, "--json", folder=tmp_path).stdout)
    assert data["question"] == "who-received-benefits"
    assert data["rows"][0]["values"]["value"]["words"] == "=HYPERLINK(1)"
    assert data["rows"][0]["claims"][0]["evidence"][0]["source_label"] == "Paper A, 2021-01-01"


ASKED = ("ask", "who-received-benefits", "--giver", "Ring", "--body", "LAPD")
IN_ONE_LINE = " thing given           free devices or discount codes   reported            1 "
ON_A_TERMINAL = """
import os, pty, sys
os.environ["COLUMNS"] = "80"
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""


def test_a_table_in_a_pipe_is_as_wide_as_it_is_and_on_a_terminal_as_wide_as_that() -> None:
    words = (*ASKED, "--case", str(RING_LAPD))
    assert IN_ONE_LINE in run(*words).stdout
    done = subprocess.run(
        [sys.executable, "-c", ON_A_TERMINAL, SOUSVEIL, *words],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert " thing given " in done.stdout
    assert IN_ONE_LINE not in done.stdout


def test_an_answer_in_a_file_is_that_of_the_pipe(tmp_path: Path) -> None:
    words = (*ASKED, "--case", str(RING_LAPD))
    for form in ("table", "csv", "html"):
        target = tmp_path / "made" / f"answer.{form}"
        done = run(*words, "--format", form, "-o", str(target))
        assert done.stdout == f"wrote {target}\n"
        assert target.read_text(encoding="utf-8") == run(*words, "--format", form).stdout
    (tmp_path / "file").write_text("")
    refused = run(*words, "-o", str(tmp_path / "file" / "answer.txt"))
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "cannot write" in refused.stderr
    wrong = run("ask", "nope", "-o", str(tmp_path / "none"), "--case", str(RING_LAPD))
    assert wrong.returncode == 2
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("named", "given", "wanted"),
    [
        ("a.csv", (), "csv"),
        ("a.JSON", (), "json"),
        ("a.md", (), "md"),
        ("a.html", (), "html"),
        ("a.txt", (), "table"),
        ("answer", (), "table"),
        ("a.csv", ("--format", "md"), "md"),
        ("a.csv", ("--format", "table"), "table"),
        ("a.csv", ("--json",), "json"),
    ],
)
def test_the_ending_of_the_file_says_the_format_where_nothing_else_does(
    named: str, given: tuple[str, ...], wanted: str, tmp_path: Path
) -> None:
    words = (*ASKED, "--case", str(RING_LAPD))
    target = tmp_path / named
    assert run(*words, *given, "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8") == run(*words, "--format", wanted).stdout


def test_build_and_check_take_the_case_by_option_too(tmp_path: Path) -> None:
    write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    assert run("check", "--case", "case", folder=tmp_path).returncode == 0
    assert run("build", "--case", "case", folder=tmp_path).returncode == 0
    assert (tmp_path / "case" / "build" / "index.html").is_file()


def test_export_to_a_pipe_is_the_built_file(tmp_path: Path) -> None:
    run("build", str(RING_LAPD), "-o", str(tmp_path / "out"))
    files = {"turtle": "graph.ttl", "nquads": "graph.nq", "cypher": "graph.cypher"}
    for name, file in files.items():
        done = subprocess.run(
            [SOUSVEIL, "export", name, "--case", str(RING_LAPD)], capture_output=True, check=True
        )
        assert done.stdout == (tmp_path / "out" / file).read_bytes()
        assert done.stderr == b""


def test_a_reader_that_closes_the_pipe_makes_no_noise() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{SOUSVEIL} export nquads --case {RING_LAPD} | head -1 | wc -l"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("1", "")


@pytest.mark.parametrize("place", ["case.yaml", "sources/a.yaml", "entities/more.yaml"])
def test_what_a_command_makes_takes_the_place_of_no_file_of_the_case(
    place: str, tmp_path: Path
) -> None:
    case = write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    before = {p: p.read_bytes() for p in case.rglob("*.yaml")}
    for words in (
        ("ask", "who-received-benefits", "--giver", "Ring", "--body", "LAPD officers"),
        ("export", "turtle"),
        ("embed", "Ring"),
    ):
        done = run(*words, "--case", str(case), "-o", str(case / place))
        assert done.returncode == 2, done.stderr
        assert "where the case 'case' has its own files; name another" in done.stderr
    assert {p: p.read_bytes() for p in case.rglob("*.yaml")} == before


def test_a_build_replaces_only_what_a_build_wrote(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", {"sources/a.yaml": GOOD})
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    done = run("build", str(case), "-o", str(tmp_path / "mine"))
    assert done.returncode == 2
    assert "holds files that no build wrote" in done.stderr
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert run("build", str(case)).returncode == 0
    own = case / "build" / "things" / "notes.txt"
    own.write_text("a day's work")
    (case / "sources" / "a.yaml").write_text(GOOD.replace("at: 1", "at: 2"), encoding="utf-8")
    done = run("build", str(case))
    assert done.returncode == 2
    assert "holds 'things/notes.txt', which no build wrote" in done.stderr
    assert own.read_text() == "a day's work"
    own.rename(case / "build" / ".notes.txt")  # as file managers leave theirs
    assert run("build", str(case)).returncode == 0
    below_a_file = run("build", str(case), "-o", str(tmp_path / "mine" / "thesis.txt" / "x"))
    assert below_a_file.returncode == 3


def test_a_case_with_problems_leaves_the_former_build_as_it_was(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", {"sources/a.yaml": BAD})
    first = run("build", "case", folder=tmp_path)
    assert first.returncode == 1
    assert first.stderr.endswith("\nsousveil: 1 problem in case\n")
    (case / "sources" / "a.yaml").write_text(GOOD, encoding="utf-8")
    assert run("build", str(case)).returncode == 0
    before = {p: p.read_bytes() for p in (case / "build").rglob("*") if p.is_file()}
    (case / "sources" / "a.yaml").write_text(BAD, encoding="utf-8")
    done = run("build", "case", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "sources/a.yaml:10: no relation 'givr'" in done.stderr
    assert done.stderr.endswith(
        "\nsousveil: 1 problem in case; the former build in case/build still stands\n"
    )
    assert {p: p.read_bytes() for p in (case / "build").rglob("*") if p.is_file()} == before
    assert [p.name for p in case.iterdir() if p.name.startswith(".")] == [".sousveil"]


def test_a_clean_run_in_a_pipe_is_quiet_on_standard_error(tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(RING_LAPD, case)
    for words in (["check"], ["build"], ["show", "Ring"], ["ask"]):
        assert run(*words, folder=case).stderr == ""


def test_the_command_line_imports_no_engine_before_it_needs_one() -> None:
    code = (
        "import sys, sousveil.cli.app; print([m for m in ('rdflib', 'networkx', 'duckdb', 'neo4j',"
        " 'pyvis', 'pyoxigraph', 'yaml', 'rich.console') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
