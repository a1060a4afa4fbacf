"""Answers on the first case, their traps included; and answers as data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema
import pytest

from sousveil.ask.answers import Answer
from sousveil.ask.questions import load_question, question_names
from sousveil.pipeline.case import Case
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Store
from tests.cases import REPOSITORY, RING_LAPD


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(case: Case) -> Iterator[Store]:
    with OxigraphStore() as opened:
        opened.load_case(case)
        yield opened


def asked(case: Case, store: Store, name: str, **parameters: str) -> Answer:
    return case.ask(name, parameters, store=store)


def told(answer: Answer, subject: str) -> dict[str, list[tuple[str, str]]]:
    """Return value and standing of each relation of a thing, by its key."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in answer.rows:
        claim = row.claim
        if claim.subject.endswith(f"/{subject}"):
            found.setdefault(claim.relation, []).append((claim.value, claim.standing))
    return found


def test_pillar_is_rings_programme_and_its_spokesperson_is_disputed(
    case: Case, store: Store
) -> None:
    answer = asked(case, store, "programme-of-a-gift", gift="gifts-to-officers")
    pillar = told(answer, "pillar")
    assert pillar["run by"] == [("Ring", "reported")]
    assert pillar["ended"] == [("2019", "reported")]
    assert told(answer, "pillar-spokesperson")["speaks for"] == [("Pillar", "disputed")]
    assert not next(r for r in answer.rows if r.claim.relation == "speaks for").accepted


def test_the_purchase_of_2018_and_the_end_of_2019_stand_side_by_side(
    case: Case, store: Store
) -> None:
    answer = asked(case, store, "programme-and-purchase", program="Pillar")
    assert told(answer, "pillar")["ended"] == [("2019", "reported")]
    assert ("2018", "reported") in told(answer, "ring-purchase")["date"]
    assert ("from 2016", "reported") in told(answer, "gifts-to-officers")["date"]


def test_the_first_review_is_preliminary_and_no_apparent_violation_is_kept_apart(
    case: Case, store: Store
) -> None:
    review = told(
        asked(case, store, "review-of-gifts", concerning="gifts-to-officers"), "gift-review"
    )
    assert ("preliminary", "reported") in review["stage"]
    assert {value for value, _ in review["outcome"]} >= {
        "no apparent violation found",
        "no violation found",
    }


def test_no_request_is_told_to_have_broken_a_rule_of_a_later_day(case: Case, store: Store) -> None:
    answer = asked(
        case, store, "requests-against-policy", protest="floyd-protests", policy="request-rules"
    )
    of_july = {
        (row.values["version"].words, row.values["verdict"].words)
        for row in answer.rows
        if row.values["date"].edtf == "2020-07-16"
    }
    assert of_july == {
        ("Ring's request rules before 7 June 2021", "not documented for that date"),
        ("Ring's request rules of 7 June 2021", "not in force then"),
    }


def test_the_policy_of_july_2021_is_the_one_of_june_2021(case: Case, store: Store) -> None:
    def forbidden(on: str) -> set[tuple[str, str]]:
        answer = asked(case, store, "policy-on-a-date", policy="request-rules", on=on)
        return {
            (row.values["value"].words, row.values["verdict"].words)
            for row in answer.rows
            if row.claim.relation == "forbids"
            and row.claim.subject.endswith("june-2021")
            and "before" not in row.claim.subject
        }

    assert ("requests about protests", "in force then") in forbidden("2021-07-01")
    assert ("requests about protests", "not in force then") in forbidden("2020-07-16")


def test_nobody_is_told_to_have_handed_over_footage_and_silence_is_no_no(
    case: Case, store: Store
) -> None:
    answer = asked(case, store, "footage-handed-over", protest="floyd-protests")
    assert not [r for r in answer.rows if r.claim.value == "no footage handed over"]
    assert any("footage handed over" in sentence for sentence in answer.not_known)


def test_no_immediate_response_and_refused_stay_what_their_sources_say(
    case: Case, store: Store
) -> None:
    answer = asked(case, store, "who-did-not-reply")
    february, june = told(answer, "lapd-comment-february"), told(answer, "lapd-comment-june")
    assert [value for value, _ in february["outcome"]] == ["no immediate response"]
    assert "refused" in {value for value, _ in june["outcome"]}


def test_what_the_chief_and_the_company_said_is_told_with_the_words(
    case: Case, store: Store
) -> None:
    lapd = asked(case, store, "what-a-body-said", body="LAPD")
    assert told(lapd, "moore-on-tactic")["words"][0][0] == "is an important and lawful tactic"
    ring = asked(case, store, "what-a-body-said", body="Ring")
    assert told(ring, "ring-on-protests")["words"][0][0] == (
        "expressly prohibits video requests for lawful activities, such as protests"
    )


def test_incidents_and_requests_are_not_counted_as_partners(case: Case, store: Store) -> None:
    answer = asked(case, store, "how-many-partners", company="Ring")
    count = told(answer, "partners-ft")
    assert ("police and fire departments", "reported") in count["unit"]
    assert not told(answer, "incidents-ft")
    assert not {"legal demands", "percent"} & {r.values["value"].words for r in answer.rows}


def test_redaction_is_withheld_and_never_none(case: Case, store: Store) -> None:
    answer = asked(case, store, "what-was-withheld")
    area = [r for r in answer.rows if r.claim.relation == "area"]
    assert area
    assert {r.values["value"].kind for r in area} == {"withheld"}


def test_the_detective_may_not_leave_and_the_chief_may(case: Case, store: Store) -> None:
    leaves = {
        row.values["person"].words: (row.values["exposure"].words, row.values["leaves"].words)
        for row in asked(case, store, "names-at-risk").rows
    }
    assert leaves["a detective of the Safe L.A. Task Force"] == (
        "junior staff",
        "only after a decision",
    )
    assert leaves["Michel Moore"] == ("public official", "yes")
    assert leaves["Matthew Guariglia"] == ("spokesperson", "yes")


def test_the_suit_is_an_allegation_and_the_review_a_finding(case: Case, store: Store) -> None:
    kinds = {
        (row.claim.subject.rsplit("/", 1)[-1], row.values["kind"].words)
        for row in asked(case, store, "allegations-and-findings").rows
    }
    assert ("adt-suit", "allegation") in kinds
    assert ("gift-review", "finding") in kinds
    assert ("guariglia-warning", "somebody's words") in kinds


def test_each_date_of_the_message_is_told_with_its_distance_from_it(
    case: Case, store: Store
) -> None:
    answer = asked(case, store, "dates-of-one-event", event="protest-request")
    found = {(r.values["value"].edtf, r.values["distance"].number) for r in answer.rows}
    assert {("2020-06-16", 1), ("2020-07-16", 1), ("2020-07-16", 2)} <= found


def test_the_chain_of_a_paper_leads_back_to_the_one_it_names(case: Case, store: Store) -> None:
    answer = asked(
        case, store, "chain-to-the-document", about="gifts-to-officers", of="techtimes-2021-06-17"
    )
    assert answer.rows
    assert {(r.values["step"].number, r.values["repeats"].words) for r in answer.rows} == {
        (1, "Los Angeles Times, 2021-06-17")
    }


def test_values_are_typed(case: Case, store: Store) -> None:
    answer = asked(case, store, "who-received-benefits", giver="Ring", body="LAPD")
    values = {(r.claim.relation, r.claim.value): r.values["value"].as_dict() for r in answer.rows}
    assert values[("number of receivers", "at least 100")] == {
        "kind": "number",
        "words": "at least 100",
        "number": 100,
        "bound": ">=",
    }
    assert values[("date", "from 2016")] == {
        "kind": "date",
        "words": "from 2016",
        "edtf": "2016/..",
        "precision": "interval",
        "earliest": "2016-01-01",
    }


@pytest.mark.parametrize("name", question_names())
def test_json_is_what_its_schema_says(name: str, case: Case, store: Store) -> None:
    schema = json.loads((REPOSITORY / "docs" / "answer.schema.json").read_text(encoding="utf-8"))
    question = load_question(name)
    given = {p.name: p.example for p in question.parameters if p.required}
    jsonschema.validate(
        json.loads(json.dumps(case.ask(name, given, store=store).as_dict())),
        schema,
        cls=jsonschema.Draft202012Validator,
    )


def test_an_answer_goes_to_pandas_networkx_and_jupyter(case: Case, store: Store) -> None:
    answer = asked(case, store, "who-received-benefits", giver="Ring", body="LAPD")
    frame = answer.to_pandas()
    assert list(frame.columns)[-4:] == ["standing", "accepted", "origins", "claims"]
    assert len(frame) == len(answer.rows)
    graph = answer.to_networkx()
    edges = [r.claim for r in answer.rows if r.claim.is_edge]
    assert graph.number_of_edges() == len(edges)
    for claim in edges:
        assert claim.object
        assert graph.edges[claim.subject, claim.object, claim.id]["evidence"]
    shown = answer._repr_html_()
    assert "<table>" in shown
    assert "<script" not in shown
