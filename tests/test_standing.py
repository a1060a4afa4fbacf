"""Basis, contest, life, acceptance, drift and origins, each on a case small enough to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from sousveil.pipeline.case import Case
from tests.cases import open_case, row_of, source

GIFT_A = source("Paper A", "- about: gift\n  at: 1\n  number of receivers: at least 100")
DECISION = "by: one\ndecided: 2026-11-23\n"


def standing(case: Case, subject: str, relation: str) -> list[str]:
    """Return `value: standing, acceptance` of one relation."""
    return [
        " ".join(row.split(" <- ")[0].split(" | ")[i].strip() for i in (2, 4, 5))
        for row in row_of(case, subject, relation)
    ]


def test_at_least_100_and_100_stay_two_claims(tmp_path: Path) -> None:
    files = {
        "sources/a.yaml": GIFT_A,
        "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  number of receivers: 100"),
    }
    with open_case(tmp_path, files) as case:
        assert standing(case, "gift", "number of receivers") == [
            "100 reported accepted",
            "at least 100 reported accepted",
        ]
        assert case.tables.query("SELECT count(*) FROM difference") == [(1,)]
        assert case.tables.query("SELECT count(*) FROM conflict") == [(0,)]


def test_two_sources_that_say_the_same_make_one_claim_with_two_origins(tmp_path: Path) -> None:
    files = {
        "sources/a.yaml": GIFT_A,
        "sources/b.yaml": GIFT_A.replace("Paper A", "Paper B"),
    }
    with open_case(tmp_path, files) as case:
        assert row_of(case, "gift", "number of receivers") == [
            "gift | number of receivers | at least 100 |  | reported | accepted | 2 origin"
            " <- a 1; b 1"
        ]


def test_a_retelling_of_one_origin_counts_once(tmp_path: Path) -> None:
    retold = source(
        "Paper B", "- about: gift\n  at: 1\n  via: a\n  number of receivers: at least 100"
    )
    again = source(
        "Paper C", "- about: gift\n  at: 1\n  via: b\n  number of receivers: at least 100"
    )
    files = {"sources/a.yaml": GIFT_A, "sources/b.yaml": retold, "sources/c.yaml": again}
    with open_case(tmp_path, files) as case:
        assert "1 origin <- a 1; b 1; c 1" in row_of(case, "gift", "number of receivers")[0]


def test_a_source_based_on_an_unread_one_leads_to_it(tmp_path: Path) -> None:
    email = "title: mail\nkind: Email\npublisher: LAPD\npublished: not stated\nknown through: a\n"
    says = "- about: gift\n  at: 1\n  via: a\n  giver: Ring"
    files = {
        "sources/mail.yaml": email,
        "sources/a.yaml": source(
            "Paper A", "- about: gift\n  at: 1\n  date: 2020", based_on="mail"
        ),
        "sources/b.yaml": source("Paper B", says),
    }
    with open_case(tmp_path, files) as case:
        origins = case.tables.query(
            "SELECT o.origin FROM origin o JOIN claim c ON c.id = o.claim "
            "WHERE c.predicate LIKE '%giver'"
        )
    assert origins == [("https://example.org/case/small/mail",)]


def test_disjoint_values_of_a_functional_relation_conflict_and_neither_is_accepted(
    tmp_path: Path,
) -> None:
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  date: 2020-07-16"),
        "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  date: 2020-06-16"),
        "sources/c.yaml": source("Paper C", "- about: gift\n  at: 1\n  date: 2020"),
    }
    with open_case(tmp_path, files) as case:
        assert standing(case, "gift", "date") == [
            "2020 reported accepted",
            "2020-06-16 conflicting not accepted",
            "2020-07-16 conflicting not accepted",
        ]


def test_unknown_and_withheld_never_conflict_but_none_does(tmp_path: Path) -> None:
    def case_with(value: str, folder: Path) -> list[str]:
        files = {
            "sources/a.yaml": GIFT_A,
            "sources/b.yaml": source(
                "Paper B", f"- about: gift\n  at: 1\n  number of receivers: {value}"
            ),
        }
        with open_case(folder, files) as case:
            return standing(case, "gift", "number of receivers")

    assert case_with("unknown", tmp_path / "a") == [
        "at least 100 reported accepted",
        "not known reported accepted",
    ]
    assert case_with("withheld", tmp_path / "b") == [
        "at least 100 reported accepted",
        "withheld reported accepted",
    ]
    assert case_with("none", tmp_path / "c") == [
        "at least 100 conflicting not accepted",
        "none conflicting not accepted",
    ]


@pytest.mark.parametrize(
    ("relayed", "drifts"),
    [
        ("100", True),
        ("at least 120", True),
        ("at most 50", True),
        ("at least 50", False),
        ("at least 100", False),
    ],
)
def test_a_relayed_value_drifts_when_narrower_than_or_disjoint_from_its_origin(
    relayed: str, drifts: bool, tmp_path: Path
) -> None:
    says = f"- about: gift\n  at: 1\n  via: a\n  number of receivers: {relayed}"
    files = {"sources/a.yaml": GIFT_A, "sources/b.yaml": source("Paper B", says)}
    with open_case(tmp_path, files) as case:
        found = standing(case, "gift", "number of receivers")
        assert ("reported drifted not accepted" in " / ".join(found)) is drifts
        assert "at least 100 reported accepted" in found  # its origin is never contested by it


def test_only_a_partys_assertion_makes_an_alleged_claim(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n  said by: Acme\n  giver: Ring"
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}) as case:
        assert standing(case, "gift", "giver") == ["ring alleged not accepted"]


def test_a_record_of_the_act_makes_a_documented_claim(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n  giver: Ring"
    with open_case(tmp_path, {"sources/a.yaml": source("Ring", says, kind="Email")}) as case:
        assert standing(case, "gift", "giver") == ["ring documented accepted"]


def test_a_dispute_by_a_party_is_a_denial(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n  {}disputes:\n    giver: Ring"
    told = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring")
    for extra, word in (("", "disputed"), ("said by: Ring\n  ", "denied")):
        files = {
            "sources/a.yaml": told,
            "sources/b.yaml": source("Paper B", says.format(extra)),
        }
        with open_case(tmp_path / word, files) as case:
            assert standing(case, "gift", "giver") == [f"ring {word} not accepted"]


def test_an_editor_chooses_a_value_and_it_stays_visibly_contested(tmp_path: Path) -> None:
    decision = f"""
    - decision: choose value
      claim:
        about: gift
        date: 2020-07-16
      over:
        date: 2020-06-16
      because: The message itself was seen.
      {DECISION.strip().replace(chr(10), chr(10) + "      ")}
    """
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  date: 2020-07-16"),
        "sources/b.yaml": source("Paper B", "- about: gift\n  at: 1\n  date: 2020-06-16"),
        "decisions/one.yaml": decision,
    }
    with open_case(tmp_path, files) as case:
        assert standing(case, "gift", "date") == [
            "2020-06-16 conflicting not accepted",
            "2020-07-16 conflicting accepted",
        ]


RETRACT = """
- decision: retract source
  source: a
  because: It was made up.
  by: one
  decided: 2026-11-23
"""


def test_a_retracted_source_takes_along_what_relays_it(tmp_path: Path) -> None:
    says = "- about: gift\n  at: 1\n  via: {}\n  giver: Ring"
    files = {
        "sources/a.yaml": source("Paper A", "- about: gift\n  at: 1\n  giver: Ring"),
        "sources/b.yaml": source("Paper B", says.format("a")),
        "sources/c.yaml": source("Paper C", says.format("b")),
        "decisions/one.yaml": RETRACT,
    }
    with open_case(tmp_path, files) as case:
        assert row_of(case, "gift", "giver") == [
            "gift | giver | ring |  | retracted | not accepted | 0 origin"
            " <- a 1 not counted; b 1 not counted; c 1 not counted"
        ]
        evidence = case.words().claims(retracted=True)[0].evidence
        assert {e.discounted for e in evidence} == {
            "its source was retracted by an editor: It was made up.",
            "it relays a source that an editor retracted: It was made up.",
            "what it relays no longer counts",
        }


def test_an_independent_source_survives_the_retraction_of_another(tmp_path: Path) -> None:
    told = "- about: gift\n  at: 1\n  giver: Ring"
    files = {
        "sources/a.yaml": source("Paper A", told),
        "sources/b.yaml": source("Paper B", told),
        "decisions/one.yaml": RETRACT,
    }
    with open_case(tmp_path, files) as case:
        assert row_of(case, "gift", "giver") == [
            "gift | giver | ring |  | reported | accepted | 1 origin <- a 1 not counted; b 1"
        ]


def test_a_correction_withdraws_one_claim_and_brings_another(tmp_path: Path) -> None:
    correction = source(
        "Paper A",
        """
        - about: gift
          at: 1
          withdraws:
            number of receivers: at least 100
          number of receivers: at least 10
        """,
        kind="Correction",
        corrects="a",
    )
    files = {"sources/a.yaml": GIFT_A, "sources/a-correction.yaml": correction}
    with open_case(tmp_path, files) as case:
        assert standing(case, "gift", "number of receivers") == [
            "at least 10 reported accepted",
            "at least 100 retracted not accepted",
        ]


def test_statements_judged_the_same_are_compared_and_the_contested_one_is_its_own_origin(
    tmp_path: Path,
) -> None:
    files = {
        "sources/a.yaml": source(
            "Paper A", "- about: answer\n  at: 1\n  speaker: a Ring spokesperson"
        ),
        "sources/b.yaml": source(
            "Paper B",
            "- about: answer-again\n  at: 1\n  speaker: another spokesperson\n"
            "- about: gift\n  at: 2\n  said in: answer-again\n  giver: Ring",
        ),
        "judgements.csv": "left,right,verdict,by,decided,because\n"
        "answer,answer-again,same,one,2026-11-23,same words\n",
    }
    with open_case(tmp_path, files) as case:
        assert standing(case, "answer", "speaker") == ["spokesperson conflicting not accepted"]
        assert standing(case, "answer-again", "speaker") == [
            "other-spokesperson conflicting not accepted"
        ]
        claims = {c.relation: c for c in case.words().claims()}
        assert claims["giver"].origins == ("an answer",)


def test_a_later_judgement_undoes_an_earlier_one_and_no_claim_id_moves(tmp_path: Path) -> None:
    line = "answer,answer-again,{},one,2026-11-23,because\n"
    head = "left,right,verdict,by,decided,because\n"
    files = {
        "sources/a.yaml": source(
            "Paper A", "- about: answer\n  at: 1\n  speaker: a Ring spokesperson"
        ),
        "sources/b.yaml": source(
            "Paper B", "- about: answer-again\n  at: 1\n  speaker: another spokesperson"
        ),
    }
    ids = []
    for number, text in enumerate(
        (head, head + line.format("same"), head + line.format("same") + line.format("different"))
    ):
        with open_case(tmp_path / str(number), {**files, "judgements.csv": text}) as case:
            ids.append({c.id for c in case.words().claims()})
            conflicts = case.tables.query("SELECT count(*) FROM conflict")[0][0]
            assert conflicts == (2 if number == 1 else 0)
    assert ids[0] == ids[1] == ids[2]


def test_values_valid_at_different_times_do_not_conflict(tmp_path: Path) -> None:
    says = "- about: a Ring spokesperson\n  at: 1\n  during: {}\n  speaks for: {}"
    entities = source("Paper A", says.format("2016 to 2018", "Ring"))
    other = source("Paper B", says.format("from 2019", "Pillar"))
    with open_case(tmp_path, {"sources/a.yaml": entities, "sources/b.yaml": other}) as case:
        assert standing(case, "spokesperson", "speaks for") == [
            "pillar reported accepted",
            "ring reported accepted",
        ]
        assert case.tables.query("SELECT count(*) FROM conflict") == [(0,)]
