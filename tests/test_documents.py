"""What the README and the documents show is what happens."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sousveil.ledger.profile import Profile
from sousveil.pipeline.build import build_files
from sousveil.pipeline.case import Case
from sousveil.stores.neo4j_store import Neo4jStore
from sousveil.vocabulary.loading import load_vocabulary
from tests.cases import REPOSITORY, problems
from tests.servers import Neo4jServer, unavailable

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
ASKING = (REPOSITORY / "docs" / "asking.md").read_text(encoding="utf-8")
FORMAT = (REPOSITORY / "docs" / "case-format.md").read_text(encoding="utf-8")
SOUSVEIL = str(Path(sys.executable).parent / "sousveil")


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Run a `uv run sousveil ...` or `sousveil ...` line with this environment's command."""
    words = shlex.split(command.removeprefix("uv run "))
    assert words[0] == "sousveil"
    done = subprocess.run(
        [SOUSVEIL, *words[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the README's first command was run."""
    made = tmp_path_factory.mktemp("readme")
    first = blocks(README, "sh")[0].strip()
    assert run(first, made)
    return made


def test_the_first_command_builds_what_the_table_promises(folder: Path) -> None:
    table = README.split("## What comes out")[1].split("```")[0]
    promised = set(re.findall(r"`([\w]+\.\w+)`", table))
    assert promised == {"index.html", "graph.ttl", "graph.nq", "graph.cypher", "report.md",
                        "report.json"}  # fmt: skip
    for name in promised:
        assert (folder / "my-case" / "build" / name).stat().st_size > 1000


def test_the_second_command_is_the_test_command_of_ci() -> None:
    assert blocks(README, "sh")[1].strip().startswith("uv run pytest")


@pytest.mark.parametrize("transcript", [*blocks(README, "console"), *blocks(ASKING, "console")])
def test_a_transcript_shows_what_the_command_prints(transcript: str, folder: Path) -> None:
    command, _, shown = transcript.partition("\n")
    printed = run(command.removeprefix("$ "), folder)
    pattern = ".*".join(re.escape(part.strip("\n")) for part in shown.split("...\n"))
    assert re.match(pattern, printed, re.DOTALL), printed


@pytest.mark.parametrize("script", blocks(ASKING, "python"))
def test_the_python_of_asking_runs(script: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", blocks(README, "python")[0]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.fullmatch(r"11 rows, \d+ edges\n", done.stdout)


def test_the_steps_for_ones_own_case_work(tmp_path: Path) -> None:
    section = README.split("## Your own case")[1].split("From Python:")[0]
    lines = [line.strip() for line in section.splitlines() if line.startswith("    sousveil")]
    entities, says = blocks(section, "yaml")
    (tmp_path / "article.txt").write_text("First paragraph.\n\nSecond one.\n", encoding="utf-8")
    where = tmp_path
    for line in lines:
        run(line.replace("~/", f"{tmp_path}/"), where)
        if " new riverton" in line:
            where = tmp_path / "riverton"
            (where / "entities" / "all.yaml").write_text(entities, encoding="utf-8")
        elif " source new " in line:
            with (where / "sources" / "article.yaml").open("a", encoding="utf-8") as file:
                file.write(says)
    assert len(lines) == 5
    shown = run("sousveil show free-cameras", where)
    assert "giver: Flockworth Safety" in shown
    assert (where / "build" / "index.html").is_file()
    assert "sv:giver" in (tmp_path / "riverton.ttl").read_text(encoding="utf-8")


def riverton(folder: Path) -> Path:
    """Make the case of docs/case-format.md with nothing but what stands there."""
    texts = blocks(FORMAT, "yaml")
    for name, text in zip(
        ("case.yaml", "entities/all.yaml", "sources/gazette-2021.yaml"), texts, strict=False
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_who_knows_only_the_format_document_finds_the_claims_everywhere(
    tmp_path: Path, neo4j_clean: Neo4jServer
) -> None:
    folder = riverton(tmp_path / "riverton")
    assert problems(folder) == []
    shown = run(f"sousveil show cameras-for-officers --case {folder}", tmp_path)
    assert "giver: Flockworth Safety" in shown
    assert "number of receivers: at least 12" in shown
    assert "Riverton Gazette, 2021-05-04, paragraph 3" in shown
    with Case.open(folder) as case:
        files = build_files(case, Profile.PUBLIC)
        turtle = files["graph.ttl"].decode()
        assert "rdf:object case:flockworth" in turtle
        assert "sv:amount 12" in turtle
        page = files["index.html"].decode()
        assert "at least 12" in page
        assert "Flockworth Safety" in page
        with Neo4jStore(neo4j_clean.uri, neo4j_clean.user, neo4j_clean.password) as store:
            store.load(case.property_graph(), case.vocabulary)
            rows = store.rows(
                "MATCH (a:Company)-[r:GAVE_BENEFIT_TO_MEMBERS_OF]->(b:PoliceAgency) "
                "RETURN a.name AS giver, b.name AS body, r.standing AS standing",
                {},
            )
    assert rows == [
        {
            "giver": "Flockworth Safety",
            "body": "Riverton Police Department",
            "standing": "reported",
        }
    ]


def test_the_format_document_names_every_fixed_word_field_and_decision() -> None:
    from sousveil.readers.decisions import FIELDS
    from sousveil.readers.lines import BLOCK_WORDS
    from sousveil.readers.sources import HEADER

    for word in (*BLOCK_WORDS, *HEADER, *FIELDS):
        assert f"`{word}`" in FORMAT or f"`{word}:" in FORMAT or f"{word}:" in FORMAT, word


def test_the_vocabulary_document_is_the_generated_one(tmp_path: Path) -> None:
    written = tmp_path / "vocabulary.md"
    run(f"sousveil ontology docs -o {written}", tmp_path)
    assert written.read_text("utf-8") == (REPOSITORY / "docs" / "vocabulary.md").read_text("utf-8")
    for label in load_vocabulary().relations:
        assert f"| `{label}` |" in written.read_text("utf-8")


def test_links_in_the_documents_lead_to_files() -> None:
    for path in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_what_the_examples_write_in_a_clone_git_ignores() -> None:
    documents = (REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md"))
    commands = (REPOSITORY / "graph_builder" / "sousveil" / "cli").glob("*.py")
    texts = [path.read_text("utf-8") for path in (*documents, *commands)]
    written = {w for t in texts for w in re.findall(r"sousveil [^`\n]* -o ([^\s`]+)", t)}
    # In a case, and in one's own home.
    written -= {".sousveil", "~/riverton.ttl"}
    assert len(written) >= 3
    for name in written:
        place = name if "." in name else f"{name}/"
        ignored = ["git", "check-ignore", "--quiet", "--no-index", place]
        assert subprocess.run(ignored, cwd=REPOSITORY, check=False).returncode == 0, name


def copied_repository(folder: Path) -> Path:
    """Copy what git knows of the repository, and add what a developer may have beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)
    for sub in ("private", "captures", "build"):
        extra = folder / "cases" / "ring-lapd" / sub / "names.yaml"
        extra.parent.mkdir()
        extra.write_text("task-force-detective: Zebulon Quackenbush\n", encoding="utf-8")
    return folder


def test_a_wheel_brings_its_content_along_and_nothing_private(tmp_path: Path) -> None:
    if shutil.which("uv") is None:
        unavailable("uv", "uv is not installed")
    subprocess.run(
        ["uv", "build", "--wheel", "--out-dir", str(tmp_path / "dist")],
        cwd=copied_repository(tmp_path / "repository"),
        check=True,
        capture_output=True,
    )
    unpacked = tmp_path / "site"
    shutil.unpack_archive(next((tmp_path / "dist").glob("*.whl")), unpacked, "zip")
    names = {str(p.relative_to(unpacked)) for p in unpacked.rglob("*")}
    for name in (
        "sousveil/content/ontology/sousveil.ttl",
        "sousveil/content/ontology/lint/label-twice.rq",
        "sousveil/content/queries/who-received-benefits/question.rq",
        "sousveil/content/visualizations/pyvis/page.js",
        "sousveil/content/cases/ring-lapd/case.yaml",
        "sousveil/content/cases/ring-lapd/judgements.csv",
        "sousveil/content/cases/police-tools/case.yaml",
    ):
        assert name in names
    assert not [name for name in names if {"private", "captures", "build"} & set(Path(name).parts)]
    done = subprocess.run(
        [sys.executable, "-m", "sousveil", "demo", "made"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made" / "build" / "index.html").is_file()
    shipped = {
        p.relative_to(unpacked / "sousveil/content/cases")
        for p in (unpacked / "sousveil/content/cases").rglob("*")
    }
    tracked = subprocess.run(
        ["git", "ls-files", "cases"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {Path(name).relative_to("cases") for name in tracked} <= shipped
