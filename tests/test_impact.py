"""What falls with a source, counted by hand from the files of the first case."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sousveil.ask.effects import Effect
from sousveil.ask.impact import Impact
from sousveil.ask.impact_text import impact_text
from sousveil.errors import UsageError
from sousveil.ledger.copies import copied_tables, drop_copy
from sousveil.ledger.tables import ClaimTables
from sousveil.model.records import Decision
from sousveil.pipeline.case import Case
from sousveil.pipeline.impact import impact_of
from sousveil.standing.compute import compute_standing
from sousveil.standing.withdrawal import tables_without
from tests.cases import RING_LAPD, open_case, source
from tests.test_command_line import run

BASE = "https://w3id.org/sousveil/case/ring-lapd/"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        opened.words().claims()
        yield opened


@pytest.fixture(scope="module")
def latimes(case: Case) -> Impact:
    return case.impact(
        "sources/latimes-2021-06-17.yaml", questions=["who-received-benefits", "who-gave-what"]
    )


@pytest.fixture(scope="module")
def techtimes(case: Case) -> Impact:
    return case.impact("techtimes-2021-06-17", questions=["who-did-not-reply", "what-a-body-said"])


def told(found: Impact, effect: Effect) -> set[str]:
    """Return `key relation value` of the claims with an effect."""
    return {
        f"{each.was.subject.removeprefix(BASE)} {each.was.relation} {each.was.value}"
        for each in found.claims
        if each.effect is effect
    }


def test_with_the_los_angeles_times_goes_all_that_rests_on_it_alone(latimes: Impact) -> None:
    gone = Counter(
        e.was.subject.removeprefix(BASE) for e in latimes.claims if e.effect is Effect.GONE
    )
    # Counted in the files of the Los Angeles Times, Tech Times, American Police Beat and The Verge.
    assert gone == {
        "gifts-to-officers": 13,
        "promotion-cases": 6,
        "ring-code-message": 6,
        "code-uses-2016": 4,
        "ring-code-offer": 5,
        "gift-review": 7,
        "lapd-officers": 2,
        "lapd-comment-june": 1,
        "pillar": 2,
        "pillar-reward": 6,
        "goods-for-a-station": 5,
        "lapd-station": 1,
    }


def test_what_others_say_on_their_own_keeps_their_origins(latimes: Impact) -> None:
    assert told(latimes, Effect.FEWER_ORIGINS) == {
        "pillar run by Ring",
        "pillar ended 2019",
        "lapd-comment-june asked Los Angeles Police Department",
        "lapd-comment-june concerns Ring's gifts to LAPD officers",
    }
    ended = next(e for e in latimes.claims if e.was.relation == "ended")
    assert ended.now is not None
    assert ended.now.origins == ("Tech Times, 2021-06-17", "The Verge, 2021-06-17")


def test_the_evidence_that_goes_is_counted_with_that_of_who_relays_it(latimes: Impact) -> None:
    assert latimes.evidence == 33
    assert latimes.relayed == {
        "American Police Beat, 2021-06": 17,
        "Tech Times, 2021-06-17": 20,
        "The Verge, 2021-06-17": 2,
    }


def test_an_answer_that_conflicted_is_accepted_when_its_rival_goes(latimes: Impact) -> None:
    assert told(latimes, Effect.ACCEPTED) == {"lapd-comment-june outcome no immediate response"}


def test_derived_links_fall_with_their_claims(latimes: Impact) -> None:
    assert {(e.link.sentence, e.effect, e.still) for e in latimes.links} == {
        ("Ring gave a benefit to LAPD officers", Effect.GONE, False),
        ("Ring gave a benefit to Pillar members", Effect.GONE, False),
        ("Ring gave a benefit to an LAPD station", Effect.GONE, False),
        ("Ring gave a benefit to members of Los Angeles Police Department", Effect.GONE, False),
    }


def test_the_answer_on_benefits_falls_as_a_whole(latimes: Impact) -> None:
    benefits = next(e for e in latimes.answers if e.question == "who-received-benefits")
    assert benefits.parameters == {"giver": "Ring", "body": "Los Angeles Police Department"}
    assert benefits.falls
    gave = next(e for e in latimes.answers if e.question == "who-gave-what")
    assert not gave.falls


def test_the_story_of_the_gifts_loses_every_step_that_names_claims(latimes: Impact) -> None:
    (story,) = latimes.stories
    assert story.key == "gifts"
    assert story.falls
    assert [(step.number, step.falls) for step in story.steps] == [
        (1, True),
        (2, True),
        (3, True),
        (4, True),
    ]
    assert "LAPD's review of the gifts" in story.bare


def test_without_tech_times_the_disputed_spokesperson_goes(techtimes: Impact) -> None:
    gone = told(techtimes, Effect.GONE)
    assert "pillar-spokesperson speaks for Pillar" in gone
    assert "pillar-statement speaker a spokesperson of Pillar" in gone
    assert "gifts-to-officers number of receivers 100" in gone
    assert not any("at least 100" in claim for claim in gone)
    was = next(e.was for e in techtimes.claims if e.was.relation == "speaks for")
    assert was.standing == "disputed"


def test_without_tech_times_its_rivals_are_accepted(techtimes: Impact) -> None:
    assert told(techtimes, Effect.ACCEPTED) == {
        "lapd-comment-june outcome no immediate response",
        "ring-statement-to-verge speaker a Ring spokesperson",
    }
    replies = next(e for e in techtimes.answers if e.question == "who-did-not-reply")
    assert Effect.ACCEPTED in {row.effect for row in replies.changed}


def test_what_a_party_alone_still_asserts_is_no_longer_accepted(techtimes: Impact) -> None:
    found = {
        e.was.subject.removeprefix(BASE): (e.was.standing, e.now.standing)
        for e in techtimes.claims
        if e.effect is Effect.NOT_ACCEPTED and e.now
    }
    # ADT's own release of the suit's kind; Ring's own page on its product.
    assert found == {"adt-suit": ("reported", "alleged"), "neighbors": ("reported", "alleged")}


def test_a_question_is_asked_of_the_things_that_its_changed_rows_are_about(
    techtimes: Impact,
) -> None:
    bodies = {e.parameters["body"] for e in techtimes.answers if e.question == "what-a-body-said"}
    assert "a spokesperson of Pillar" in bodies
    assert "Michel Moore" not in bodies


def test_steps_tell_which_claims_they_lose(techtimes: Impact) -> None:
    story = next(each for each in techtimes.stories if each.key == "gifts")
    falls = {step.number: [e.was.value for e in step.changed if e.now is None]
             for step in story.steps if step.falls}  # fmt: skip
    assert falls == {2: ["100"]}


@pytest.mark.parametrize(
    "key",
    ["latimes-2021-06-17", "techtimes-2021-06-17", "lapd-email-2020", "desk-2026-11-23",
     "cnet-2021-06", "ring-blog-2019-02-14"],
)  # fmt: skip
def test_the_standing_left_is_that_of_a_case_whose_editor_retracted_the_source(
    case: Case, key: str
) -> None:
    retracted = copied_tables(case.tables)
    decision = Decision(
        sequence=1000, decision="retract source", about=BASE + key, claim=None, over=(),
        because="b", by="e", second=None, decided="2026-11-25", file="f", line=1,
    )  # fmt: skip
    retracted.insert("decision", [decision])
    compute_standing(retracted, case.vocabulary)
    left = tables_without(case.tables, case.vocabulary, BASE + key).tables
    assert states(left) == states(retracted)
    assert states(left) != states(case.tables)
    for copy in (left, retracted):
        drop_copy(case.tables, copy)


def states(tables: ClaimTables) -> list[tuple[object, ...]]:
    return tables.query(
        """
        SELECT s.claim, s.standing, s.accepted, s.drifted,
            (SELECT list(DISTINCT origin ORDER BY origin) FROM origin o WHERE o.claim = s.claim)
        FROM standing s WHERE s.life = 'active' ORDER BY s.claim
        """
    )


def test_a_second_way_to_the_same_claim_keeps_it(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n{via}  giver: Ring"
    files = {
        "sources/a.yaml": source("Paper A", says.format(via="")),
        "sources/b.yaml": source("Paper B", says.format(via="  via: a\n")),
        "sources/c.yaml": source(
            "Paper C",
            says.format(via="  via: b\n") + "\n- about: gift\n  at: 2\n  giver: Ring",
        ),
    }
    with open_case(tmp_path, files) as case:
        found = case.impact("a", questions=[])
        ((effect, origins),) = [(e.effect, e.now.origins) for e in found.claims if e.now]
        assert effect is Effect.FEWER_ORIGINS
        assert origins == ("Paper C, 2021-01-01",)
        assert found.evidence == 1
        # Paper C's own words stay, what it has from Paper B goes with Paper B's source.
        assert found.relayed == {"Paper B, 2021-01-01": 1, "Paper C, 2021-01-01": 1}


def test_a_source_that_is_only_based_on_it_is_kept_and_named(tmp_path: Path) -> None:
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Ring"),
        "sources/b.yaml": source(
            "Paper B", "- about: gift\n  at: 1\n  receiver: LAPD officers", based_on="a"
        ),
    }
    with open_case(tmp_path, files) as case:
        found = case.impact("a", questions=[])
        assert [e.was.relation for e in found.claims] == ["giver"]
        assert found.based_on_it == ("Paper B, 2021-01-01",)
        assert "based on it, and kept: Paper B" in impact_text(found)


def test_a_withdrawn_correction_gives_back_what_it_took(tmp_path: Path) -> None:
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Ring"),
        "sources/fix.yaml": source(
            "Paper A",
            "- about: gift\n  at: 1\n  withdraws:\n    giver: Ring",
            title="a correction",
            corrects="a",
        ),
    }
    with open_case(tmp_path, files) as case:
        assert not case.words().claims()
        left = tables_without(case.tables, case.vocabulary, case.tables.header.base + "fix")
        assert left.tables.query("SELECT standing, accepted FROM standing") == [("reported", True)]


def test_nothing_of_the_case_is_changed_and_nothing_is_left_behind(case: Case) -> None:
    digest, before = case.tables.digest(), states(case.tables)
    databases = case.tables.query("SELECT count(*) FROM duckdb_databases()")
    case.impact("vice-2019-07-25", questions=[])
    assert (case.tables.digest(), states(case.tables)) == (digest, before)
    assert case.tables.query("SELECT count(*) FROM duckdb_databases()") == databases


def test_a_source_nobody_read_takes_nothing_of_its_own(case: Case) -> None:
    found = case.impact("techtimes-2014-headline", questions=[])
    assert found.evidence == 0
    assert found.relayed == {"Tech Times, 2021-06-17": 4}


def test_a_source_is_found_by_key_title_and_file(case: Case) -> None:
    names = (
        "verge-2021-06-17",
        "Ring reportedly used LA cops as influencers to market its cameras",
        "sources/verge-2021-06-17.yaml",
        "verge-2021-06-17.yaml",
        str(RING_LAPD / "sources" / "verge-2021-06-17.yaml"),
        BASE + "verge-2021-06-17",
    )
    found = {case.impact(name, questions=[]).source for name in names}
    assert found == {BASE + "verge-2021-06-17"}


def test_an_unknown_source_is_answered_with_the_nearest(case: Case) -> None:
    with pytest.raises(UsageError, match="did you mean 'techtimes-2021-06-17'"):
        case.impact("techtime-2021-06-17")
    with pytest.raises(UsageError, match="its sources are: latimes-2021-02-moore, latimes-2021-06"):
        case.impact("LA Times")
    with pytest.raises(UsageError, match="that is a thing, and no source was published by it"):
        case.impact("gifts-to-officers")
    with pytest.raises(UsageError, match="no question 'who-gave-wat'; did you mean 'who-gave-wh"):
        case.impact("techtimes-2021-06-17", questions=["who-gave-wat"])


def test_the_text_tells_what_is_gone_and_what_is_left(latimes: Impact) -> None:
    text = impact_text(latimes)
    assert "claims: 58 gone, 1 now accepted, 4 fewer origins; " in text
    assert "    reported, 3 -> 2 origins: Tech Times, 2021-06-17; The Verge, 2021-06-17" in text
    assert "gifts ('What Ring gave the officers'): loses its footing" in text
    assert 'who-received-benefits --giver Ring --body "Los Angeles Police Department"' in text


def test_what_is_beyond_the_limit_is_counted_for_each_question(case: Case) -> None:
    names = ["what-a-body-said", "who-did-not-reply", "who-owns-whom"]
    whole = impact_of(case, "techtimes-2021-06-17", questions=names)
    assert whole.not_asked == ()
    assert whole.asked > 4
    cut = impact_of(case, "techtimes-2021-06-17", questions=names, most=2)
    assert cut.asked == 2
    # who-did-not-reply needs no parameter, so it is asked once.
    left = {each.question: each.combinations for each in cut.not_asked}
    assert sum(filter(None, left.values())) == whole.asked - 2
    assert left["who-did-not-reply"] == 1
    assert all(each.why == "beyond the 2 askings" for each in cut.not_asked)
    text = impact_text(cut)
    assert f"  what-a-body-said: {left['what-a-body-said']} combinations of parameters, " in text
    assert "  who-did-not-reply: 1 combination of parameters, beyond the 2 askings" in text
    data = json.loads(json.dumps(cut.as_dict()))
    assert {e["question"]: e["combinations"] for e in data["notAsked"]} == left


def test_a_question_whose_example_another_case_lacks_is_named_as_not_asked(tmp_path: Path) -> None:
    files = {"sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  date: 2020-01-01")}
    with open_case(tmp_path, files) as case:
        names = ["reach-of-a-request", "policy-on-a-date"]  # in the order of the questions
        found = case.impact("a", questions=names)
        assert [(e.question, e.combinations) for e in found.not_asked] == [(n, None) for n in names]
        text = impact_text(found)
        assert (
            "  policy-on-a-date: what its example names is not in this case, nor any --on" in text
        )
        assert (
            "  reach-of-a-request: what its example names is not in this case, and no row" in text
        )


def test_json_is_plain_and_has_the_evidence(latimes: Impact) -> None:
    data = json.loads(json.dumps(latimes.as_dict()))
    assert data["counts"] == {"gone": 58, "now accepted": 1, "fewer origins": 4}
    assert data["claims"][0]["claim"]["evidence"]
    assert data["stories"][0]["falls"] is True


def test_the_command_prints_json_and_answers_a_wrong_name_with_exit_code_2() -> None:
    done = run(
        "impact", "techtimes-adt-headline", "--case", str(RING_LAPD), "--no-answers", "--json"
    )
    data = json.loads(done.stdout)
    # A headline that nobody here read: three things on the suit, what ADT alleges, who owns Ring.
    assert (data["evidence"], data["answers"]) == (0, [])
    assert data["relayed"] == {"Tech Times, 2021-06-17": 5}
    wrong = run("impact", "ft-2012", "--case", str(RING_LAPD), "--no-answers")
    assert wrong.returncode == 2
    assert "no source of this case is called 'ft-2012'; did you mean 'ft-2021'?" in wrong.stderr
