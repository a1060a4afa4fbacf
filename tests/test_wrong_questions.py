"""Questions of one's own that are not as the format wants them, and stores of older versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sousveil.ask.questions import QuestionFault
from sousveil.pipeline.case import Case
from sousveil.pipeline.kept import STORES, KeptCase, open_kept
from sousveil.stores.arcade_store import STATE, ArcadeStore, StoreDamaged
from tests.cases import open_case, source, write_case
from tests.stores import require_cypher
from tests.test_command_line import run

SAYS = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring\n  receiver: LAPD officers")
HEAD = """
title = "Who gave?"
answers = "Givers."
does_not = "Nothing else."

[columns.giver]
type = "entity"
words = "giver"
"""
QUERY = """
PREFIX sv: <https://w3id.org/sousveil/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?giver ?claim ?evidence WHERE {
  ?claim rdf:predicate sv:giver ; rdf:object ?giver ; sv:evidence ?evidence .
}
"""


def asked(tmp_path: Path, *, head: str = HEAD, query: str = QUERY) -> Case:
    files = {
        "sources/a.yaml": SAYS,
        "queries/mine/question.toml": head,
        "queries/mine/question.rq": query,
    }
    return open_case(tmp_path, files)


def test_a_question_of_ones_own_is_answered(tmp_path: Path) -> None:
    with asked(tmp_path) as case:
        assert [row.values["giver"].words for row in case.ask("mine").rows] == ["Ring"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD + 'colour = "red"\n', r"question\.toml: unknown: colour"),
        (HEAD.replace('title = "Who gave?"', 'titel = "Who gave?"'), r"'title' is missing"),
        ('answers = "x\n' + HEAD, r"question\.toml: .*line 1, column"),
        (HEAD.replace('"Givers."', '"Givers"."'), r"question\.toml: .*line 2, column"),
        (HEAD.replace('"entity"', '"thing"'), r"column 'giver' has the type 'thing'; there are: "),
        (HEAD + '\n[parameters.who]\ntype = "entity"\nwords = "who"\n', r"'example' is missing"),
        (HEAD + '\n[parameters.who]\ntype = "name"\nwords = "who"\nexample = "x"\n',
         r"parameter 'who' has the type 'name'"),
    ],
)  # fmt: skip
def test_a_broken_head_is_told_with_its_file_and_what_is_wrong(
    head: str, message: str, tmp_path: Path
) -> None:
    with asked(tmp_path, head=head) as case, pytest.raises(QuestionFault, match=message):
        case.ask("mine")


def test_a_column_that_the_query_does_not_give_is_told(tmp_path: Path) -> None:
    renamed = QUERY.replace("?giver", "?who")
    message = r"question\.rq: the query gives no column 'giver', which question\.toml names; it"
    with asked(tmp_path, query=renamed) as case, pytest.raises(QuestionFault, match=message):
        case.ask("mine")
    claimless = QUERY.replace("?claim ?evidence WHERE", "?evidence WHERE")
    with (
        asked(tmp_path / "b", query=claimless) as case,
        pytest.raises(QuestionFault, match="gives no column 'claim'"),
    ):
        case.ask("mine")


def test_a_missing_language_is_told_with_its_file(tmp_path: Path) -> None:
    with asked(tmp_path) as case:
        (tmp_path / "queries" / "mine" / "question.rq").unlink()
        with pytest.raises(QuestionFault, match=r"question\.rq: cannot be read; a question has"):
            case.ask("mine")


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    case = write_case(
        tmp_path,
        {"sources/a.yaml": SAYS, "queries/who-gave-what/question.toml": HEAD},
    )
    done = run("ask", "who-gave-what", "--case", str(case))
    assert done.returncode == 1
    assert "there is a question 'who-gave-what' already; rename the folder" in done.stderr


def test_stores_of_an_older_version_are_made_again(tmp_path: Path) -> None:
    case = write_case(tmp_path, {"sources/a.yaml": SAYS})
    open_kept(case).close()
    (kept,) = [f for f in (case / STORES).iterdir() if f.is_dir()]
    older = kept.rename(kept.with_name("0" * 20))
    with open_kept(case) as opened:
        assert isinstance(opened, KeptCase)
        assert opened.kept == kept
        assert len(opened.ask("single-origin-facts").rows) == 2
    assert not older.exists()


def test_a_state_that_this_version_cannot_read_does_no_harm(tmp_path: Path) -> None:
    case = write_case(tmp_path, {"sources/a.yaml": SAYS})
    open_kept(case).close()
    (state,) = (case / STORES).glob("*/state.txt")
    state.write_text(json.dumps({"version": "0.0.1"}))
    with open_kept(case) as opened:
        assert len(opened.ask("single-origin-facts").rows) == 2


@pytest.mark.parametrize("file", ["tables.duckdb", "oxigraph/CURRENT"])
def test_stores_with_a_damaged_file_are_made_again(file: str, tmp_path: Path) -> None:
    case = write_case(tmp_path, {"sources/a.yaml": SAYS})
    with open_kept(case) as opened:
        whole = opened.ask("single-origin-facts", store=opened.store()).rows
    (damaged,) = (case / STORES).glob(f"*/{file}")
    damaged.write_bytes(b"not what it was")
    for _ in range(2):
        with open_kept(case) as opened:
            assert isinstance(opened, KeptCase)
            assert opened.ask("single-origin-facts", store=opened.store()).rows == whole
    assert damaged.read_bytes() != b"not what it was"


def test_a_look_at_one_thing_makes_no_store_of_quads(tmp_path: Path) -> None:
    case = write_case(tmp_path, {"sources/a.yaml": SAYS})
    assert run("show", "Ring", "--case", str(case)).returncode == 0
    assert list((case / STORES).glob("*/tables.duckdb"))
    assert not list((case / STORES).glob("*/oxigraph"))


def test_a_cypher_store_of_another_format_is_told(tmp_path: Path) -> None:
    require_cypher()
    with open_case(tmp_path / "case", {"sources/a.yaml": SAYS}) as case:
        with ArcadeStore(tmp_path / "store") as store:
            store.load_case(case)
        state = tmp_path / "store" / STATE
        data = json.loads(state.read_text())
        state.write_text(json.dumps({**data, "format": 0}))
        with ArcadeStore(tmp_path / "store") as store, pytest.raises(StoreDamaged):
            store.rows("RETURN 1 AS one", {})
