"""Claim ids are frozen: the vectors were made by hand-joining the documented fields."""

from __future__ import annotations

import pytest

from sousveil.model.identity import claim_id
from sousveil.pipeline.case import Case
from tests.cases import RING_LAPD

CASE = "https://w3id.org/sousveil/case/ring-lapd/"
NS = "https://w3id.org/sousveil/ns#"
TERM = "https://w3id.org/sousveil/term#"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

# printf '1\x1f<subject>\x1f<predicate>\x1f...' | sha256sum | cut -c1-32
VECTORS = [
    ("518f0cc80af0dbe10049bcf37d9b1ba9", "gifts-to-officers", "numberOfReceivers", "number", "100",
     {"datatype": INTEGER, "bound": ">="}),
    ("4cffb776f0a75d803f3755e9a362fca6", "gifts-to-officers", "numberOfReceivers", "number", "100",
     {"datatype": INTEGER}),
    ("5210cd325c5acb6e5a46d315dee9a1ad", "gifts-to-officers", "giver", "entity", CASE + "ring", {}),
    ("2c55604fb38a318fad8e02a7872ee5d7", "gifts-to-officers", "thingGiven", "term",
     TERM + "discount-codes", {}),
    ("f8cbfea57b88443dd496bd59c1c3e941", "protest-request", "date", "date", "2020-07-16",
     {"datatype": EDTF}),
    ("f01434870b69cfed5dc9eebefca8672b", "protest-request", "numberAsked", "unknown", None, {}),
    ("4f55a3673905acf67854c5dbd1ca1ed1", "protest-request", "hours", "withheld", None, {}),
    ("cb3add12def4f87a18ffa44cd281feda", "ring", "partOf", "entity", CASE + "amazon",
     {"during": "2021-06-17"}),
    ("d2f8516c8e3c075d29247ef96ccc3a62", "gifts-to-officers", "effect", "text",
     "Footage became easier to get.", {"datatype": LANG_STRING, "language": "en"}),
    ("0264373214b1379b0f73076671825d64", "x", "price", "number", "2.5",
     {"datatype": DECIMAL, "bound": "~"}),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "subject", "predicate", "kind", "value", "more"), VECTORS)
def test_the_id_is_the_frozen_one(
    expected: str, subject: str, predicate: str, kind: str, value: str | None, more: dict[str, str]
) -> None:
    found = claim_id(
        subject=CASE + subject, predicate=NS + predicate, kind=kind, value=value, **more
    )
    assert found == expected


def test_the_reader_makes_the_frozen_ids_from_the_first_case() -> None:
    with Case.open(RING_LAPD) as case:
        ids = {claim.id for claim in case.words().claims()}
    assert {vector[0] for vector in VECTORS if vector[1] != "x"} <= ids
