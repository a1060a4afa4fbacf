"""Three times kept apart: what happened, what was reported, what was recorded here by then."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.ask.formats import FORMATS
from sousveil.errors import UsageError
from sousveil.pipeline.case import Case
from sousveil.standing.as_of import AsOf
from tests.cases import open_case, source

SAYS = {
    "sources/early.yaml": source(
        "Paper A",
        """
        - about: gift
          at: 1
          giver: Ring
          receiver: LAPD officers
          date: 2018
        """,
        published="2020-03-01",
        read="2026-09-01",
    ),
    "sources/late.yaml": source(
        "Paper B",
        """
        - about: gift
          at: 1
          giver: Acme
          number of receivers: 5
        - about: answer
          at: 2
          speaker: a Ring spokesperson
          gist: No comment.
        - about: officers
          at: 3
          during: 2016 to 2017
          member group of: LAPD
        """,
        published="2021-06-17",
        read="2026-11-01",
    ),
    "sources/undated.yaml": source(
        "Paper C",
        "- about: gift\n  at: 1\n  number of receivers: 7",
        published="not stated",
        read="2026-11-01",
    ),
    "decisions/all.yaml": """
        - decision: retract source
          source: early
          because: made up
          by: one
          decided: 2026-11-10
        """,
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with open_case(tmp_path_factory.mktemp("as-of"), SAYS) as opened:
        yield opened


def told(case: Case, **times: str) -> set[str]:
    """Return what is said of the gift and of the officers, as sentences."""
    seen = case.seen(AsOf(**times))
    return {
        f"{claim.relation}: {claim.value}"
        for claim in seen.words().claims()
        if claim.relation in ("giver", "number of receivers", "member group of", "gist")
    }


LATE = {"giver: Acme", "number of receivers: 5", "gist: No comment."}
MEMBERS = {"member group of: Los Angeles Police Department"}


def test_without_a_time_everything_that_counts_is_told(case: Case) -> None:
    assert told(case) == LATE | MEMBERS | {"number of receivers: 7"}


def test_what_was_recorded_later_is_not_there_and_a_later_retraction_does_not_count(
    case: Case,
) -> None:
    assert told(case, recorded="2026-10") == {"giver: Ring"}
    assert told(case, recorded="2026-11-09") == told(case) | {"giver: Ring"}
    assert told(case, recorded="2026-11-10") == told(case)


def test_what_was_published_later_is_not_there(case: Case) -> None:
    assert told(case, reported="2021-06-16") == set()
    assert told(case, reported="2021-06-17") == LATE | MEMBERS


def test_what_bears_no_date_is_left_out_and_told(case: Case) -> None:
    seen = case.seen(AsOf(reported="2021-06-17"))
    assert seen.left_out == (
        "left out, because the day they were published is not known well enough: "
        "article of Paper C",
    )


def test_an_interval_takes_what_lies_within(case: Case) -> None:
    assert told(case, reported="2021/2022") == LATE | MEMBERS
    assert told(case, reported="2020-01/2020-12") == set()


def test_only_what_may_have_happened_then_is_told(tmp_path: Path) -> None:
    without = {k: v for k, v in SAYS.items() if not k.startswith("decisions")}
    with open_case(tmp_path, without) as case:
        gift = {"giver: Ring", "giver: Acme", "number of receivers: 5", "number of receivers: 7"}
        assert told(case, happened="2018-05") == gift
        assert told(case, happened="2017") == MEMBERS
        assert told(case, happened="2017/2018") == gift | MEMBERS
        seen = case.seen(AsOf(happened="2018"))
        assert seen.left_out == ("left out, because their day is not known: an answer",)


def test_an_answer_says_as_of_when_it_is_and_differs_for_each_time(case: Case) -> None:
    then = case.ask("who-did-not-reply", recorded="2026-10")
    assert then.as_of == {"recorded": "2026-10"}
    values = {
        name: {
            r.claim.value
            for r in case.ask("single-origin-facts", **times).rows  # type: ignore[arg-type]
        }
        for name, times in {
            "now": {},
            "recorded": {"recorded": "2026-10"},
            "reported": {"reported": "2021-06-17"},
            "happened": {"happened": "2017"},
        }.items()
    }
    assert "Ring" in values["recorded"]
    assert "Ring" not in values["now"]
    assert values["happened"] == {"Los Angeles Police Department"}
    assert len({frozenset(v) for v in values.values()}) == 4


def test_a_time_that_is_none_is_refused_with_its_option(case: Case) -> None:
    with pytest.raises(UsageError, match="--reported: '2021-13' is not a possible date"):
        AsOf(reported="2021-13")
    done = subprocess.run(
        ["sousveil", "ask", "who-gave-what", "--happened", "yesterday"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--happened: 'yesterday' is not a date in EDTF" in done.stderr


def test_the_case_itself_is_as_it_was(case: Case) -> None:
    before = case.tables.digest()
    case.seen(AsOf(reported="2020"))
    assert case.tables.digest() == before
    assert told(case) == LATE | MEMBERS | {"number of receivers: 7"}


def test_what_is_left_out_is_told_below_the_answer(tmp_path: Path) -> None:
    without = {k: v for k, v in SAYS.items() if not k.startswith("decisions")}
    with open_case(tmp_path, without) as case:
        answer = case.ask("single-origin-facts", happened="2018")
    left = "left out, because their day is not known: an answer"
    for name in ("table", "md", "html"):
        text = FORMATS[name](answer)
        assert text.count(left) + text.count(left.capitalize()) == 1
        assert text.lower().index(left) > text.rindex("Acme")
