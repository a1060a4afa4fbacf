"""The three questions: the same answer from every store, and the one written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from sousveil.ask.answer_words import standing_words
from sousveil.ask.answers import Answer, ask
from sousveil.ask.formats import FORMATS, as_markdown, as_table
from sousveil.ask.html import answer_page
from sousveil.ask.questions import load_question, question_names
from sousveil.errors import OutsideError, UsageError
from sousveil.ledger.profile import Profile
from sousveil.pipeline.asking import Server, ask_all
from sousveil.pipeline.case import Case
from sousveil.stores.neo4j_store import Neo4jStore
from sousveil.stores.oxigraph_store import OxigraphStore
from sousveil.stores.protocol import Store
from tests.cases import RING_LAPD, open_case, source
from tests.expected import answers as expected
from tests.servers import Neo4jServer
from tests.stores import MAKERS, StoreMaker, filled

ALL_STORES = [
    pytest.param(make, id=name, marks=[pytest.mark.neo4j] if name == "neo4j" else [])
    for name, make in MAKERS.items()
]


def evidence_of(answer: Answer, claim: str, case: Case) -> str:
    keys = dict(case.tables.query("SELECT iri, key FROM source"))
    row = next(row for row in answer.rows if row.claim.id == claim)
    assert sorted(e.id for e in row.claim.evidence) == list(row.evidence_ids)
    found = sorted(
        f"{keys[e.source].split('-')[0]} {(e.passage or '').removeprefix('paragraph ')}"
        for e in row.claim.evidence
    )
    return "; ".join(found)


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Case.open(RING_LAPD) as opened:
        yield opened


@pytest.fixture(scope="module")
def in_memory(case: Case) -> Iterator[Store]:
    with OxigraphStore() as opened:
        opened.load_case(case)
        yield opened


@pytest.fixture(scope="module", params=ALL_STORES)
def store(
    request: pytest.FixtureRequest, case: Case, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with filled(request.param, case, request, tmp_path_factory.mktemp("store")) as opened:
        yield opened


def test_who_received_benefits_is_answered_with_the_drifted_number_beside_its_origin(
    store: Store, case: Case
) -> None:
    answer = case.ask("who-received-benefits", giver="Ring", body="LAPD", store=store)
    found = [
        (
            row.claim.relation,
            row.claim.value,
            standing_words(row),
            row.accepted,
            evidence_of(answer, row.claim.id, case),
        )
        for row in answer.rows
    ]
    assert found == expected.WHO_RECEIVED_BENEFITS
    assert {len(row.claim.origins) for row in answer.rows} == {1}


def test_who_asked_for_footage_tells_person_post_unit_and_department_apart(
    store: Store, case: Case
) -> None:
    answer = case.ask("who-asked-for-footage", protest="floyd-protests", store=store)
    found = [
        (
            row.claim.relation,
            row.claim.value,
            row.cells["level"],
            standing_words(row),
            row.accepted,
            evidence_of(answer, row.claim.id, case),
        )
        for row in answer.rows
    ]
    assert found == expected.WHO_ASKED_FOR_FOOTAGE


def test_the_reach_of_the_request_is_not_known_and_withheld_and_never_none(
    store: Store, case: Case
) -> None:
    answer = case.ask("reach-of-a-request", protest="floyd-protests", store=store)
    found = [
        (
            row.claim.relation,
            row.claim.value,
            standing_words(row),
            row.accepted,
            evidence_of(answer, row.claim.id, case),
        )
        for row in answer.rows
    ]
    assert found == expected.REACH_OF_A_REQUEST
    assert list(answer.not_known) == expected.REACH_NOT_KNOWN


NOT_IN_THE_FIRST_CASE = {"rule-on-gifts", "kept-running", "corrections"}


@pytest.mark.parametrize("name", question_names())
def test_the_examples_are_answered_on_the_first_case_or_it_says_what_it_lacks(
    name: str, case: Case, in_memory: Store
) -> None:
    question = load_question(name)
    given = {p.name: p.example for p in question.parameters if p.required}
    answer = case.ask(name, given, store=in_memory)
    assert bool(answer.rows) == (name not in NOT_IN_THE_FIRST_CASE)
    if not answer.rows:
        for write in (as_table, as_markdown, answer_page):
            text = unescape(write(answer)).replace("\n", " ").casefold()
            assert f"what could answer it: {question.needs}".casefold() in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by": "LAPD"}, [
            "looked for claims with giver (2 in this case), receiver (1), thing given (0)",
            "Los Angeles Police Department is in none of these, but in 1 claim with other "
            "relations",
        ]),
        ({"by": "Ring", "to": "Acme"}, [
            "looked for claims with giver (2 in this case), receiver (1), thing given (0)",
            "Ring is in 1 of these: giver (1)",
            "Acme is in no claim of this case",
        ]),
    ],
)  # fmt: skip
def test_an_answer_without_rows_says_what_was_looked_for_and_what_there_is(
    given: dict[str, str], told: list[str], tmp_path: Path
) -> None:
    says = """
    - about: gift
      at: 1
      giver: [Ring, a Ring spokesperson]
      receiver: LAPD officers
    - about: officers
      at: 2
      member group of: LAPD
    """
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}) as small:
        answer = small.ask("who-gave-what", given)
        assert not answer.rows
        assert list(answer.looked_for) == told
        for write in (as_table, as_markdown, answer_page):
            text = unescape(write(answer)).replace("\\", "")
            assert all(sentence[1:] in text for sentence in told)
        assert small.ask("who-gave-what", by="Ring").looked_for == ()


def test_where_the_case_has_nothing_of_what_is_looked_for_that_is_said(tmp_path: Path) -> None:
    says = "- about: pillar\n  at: 1\n  run by: Ring"
    with open_case(tmp_path, {"sources/a.yaml": source("Paper A", says)}) as small:
        assert small.ask("who-gave-what", by="Ring").looked_for == (
            "this case has no claim with giver or receiver or thing given",
            "Ring is in 1 claim of this case: run by (1)",
        )


def test_a_question_about_a_body_finds_gifts_to_its_officers_and_none_about_another(
    case: Case,
) -> None:
    assert not case.ask("who-received-benefits", giver="Ring", body="EFF").rows
    assert case.ask("who-received-benefits", giver="Ring", body="LAPD officers").rows


@pytest.mark.parametrize("make", ALL_STORES)
def test_a_parameter_is_bound_and_never_pasted(
    make: StoreMaker, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    hostile = "x'}) DETACH DELETE n // \" } UNION { ?s ?p ?o } #"
    entities = (
        f"Company:\n  ring:\n    name: |\n      {hostile}\nNewsOrganization:\n  paper-a: Paper A\n"
        "BenefitTransfer:\n  gift: a gift\nGroup:\n  officers: officers\n"
    )
    says = source("Paper A", "- about: gift\n  at: 1\n  giver: ring\n  receiver: officers")
    with (
        open_case(tmp_path / "case", {"sources/a.yaml": says}, entities=entities) as small,
        filled(make, small, request, tmp_path) as store,
    ):
        answer = small.ask("who-received-benefits", giver=hostile, body="officers", store=store)
        assert [row.claim.relation for row in answer.rows] == ["giver", "receiver"]


def test_bounds_are_equal_in_all_stores(store: Store, case: Case) -> None:
    rows = case.ask("who-received-benefits", giver="Ring", body="LAPD", store=store).rows
    cells = [
        (row.cells["value"], row.cells["bound"])
        for row in rows
        if row.claim.relation == "number of receivers"
    ]
    assert cells == [("100", ">="), ("100", None)]


def test_a_server_that_holds_an_older_state_is_not_asked(
    neo4j_clean: Neo4jServer, tmp_path: Path
) -> None:
    told = source("Paper A", "- about: gift\n  at: 1\n  giver: Ring\n  receiver: LAPD officers")
    server = Server(uri=neo4j_clean.uri, user=neo4j_clean.user, password=neo4j_clean.password)
    given = {"giver": "Ring", "body": "LAPD officers"}
    with open_case(tmp_path / "a", {"sources/a.yaml": told}) as small:
        with pytest.raises(OutsideError, match="holds nothing of this case"):
            ask_all(small, "who-received-benefits", given, Profile.PUBLIC, server)
        with Neo4jStore(server.uri, server.user, server.password) as store:
            store.load(small.property_graph(), small.vocabulary)
        assert len(ask_all(small, "who-received-benefits", given, Profile.PUBLIC, server).rows) == 2
        with Neo4jStore(server.uri, server.user, server.password) as store:
            with store.bolt.driver.session() as session:
                session.run("MATCH (c:Case) REMOVE c.shape").consume()
            with pytest.raises(
                OutsideError, match=r"as another version of sousveil loaded it; run"
            ):
                ask_all(small, "who-received-benefits", given, Profile.PUBLIC, server)
            store.load(small.property_graph(), small.vocabulary)
        assert len(ask_all(small, "who-received-benefits", given, Profile.PUBLIC, server).rows) == 2
    changed = told.replace("giver: Ring", "giver: Acme")
    with (
        open_case(tmp_path / "b", {"sources/a.yaml": changed}) as small,
        pytest.raises(OutsideError, match="an older state of this case"),
    ):
        ask_all(small, "who-received-benefits", given, Profile.PUBLIC, server)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"giver": "Ring"}, "needs --body"),
        (
            {"giver": "Ring", "body": "LAPD", "bodi": "x"},
            "no parameter 'bodi'; did you mean 'body'",
        ),
        (
            {"giver": "Rng", "body": "LAPD"},
            "nothing in this case is called 'Rng'; did you mean 'Ring",
        ),
        ({"giver": "Pillar", "body": "LAPD"}, "is an AmbassadorProgram, wanted Agent"),
    ],
)
def test_a_wrong_parameter_says_what_is_wanted(
    parameters: dict[str, str], message: str, case: Case
) -> None:
    with pytest.raises(UsageError, match=message):
        case.ask("who-received-benefits", parameters)


def test_every_format_names_each_source_of_each_row(case: Case) -> None:
    answer = ask_small(case)
    for name, write in FORMATS.items():
        text = write(answer)
        assert "Los Angeles Times, 2021-06-17" in text.replace("\\", ""), name
        assert "at least 100" in text, name


def ask_small(case: Case) -> Answer:
    with OxigraphStore() as store:
        store.load(case.quads())
        question = load_question("who-received-benefits")
        return ask(question, {"giver": "Ring", "body": "LAPD"}, case.words(), store)
