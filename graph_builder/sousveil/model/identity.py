"""Claim ids and evidence hashes: what makes two statements the same row.

Claim id, format 1. SHA-256 over these fields, joined by U+001F, each the empty string where it
does not apply; the id is the first 32 hexadecimal digits:

    1             the format
    subject       IRI as authored (before any judgement)
    predicate     IRI
    kind          entity, term, number, date, text, unknown, withheld, none
    value         object IRI, or the canonical lexical form in Unicode NFC
    datatype      IRI of the literal's datatype
    language      language tag of a text
    bound         > >= < <= ~ or empty when exact
    during        one EDTF value

Canonical forms: integers without sign, grouping or leading zeros (xsd:integer); other numbers as
xsd:decimal without trailing zeros; dates as EDTF; text with NFC applied, line ends as U+000A and
no white space at either end. Who withheld a value, quotes, modes and reasons are not in the id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SEPARATOR = "\x1f"
LIST_SEPARATOR = "\x1e"
FORMAT = "1"


def _digest(fields: Iterable[str | None]) -> str:
    joined = SEPARATOR.join(field or "" for field in fields)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:32]


def claim_id(
    *,
    subject: str,
    predicate: str,
    kind: str,
    value: str | None,
    datatype: str | None = None,
    language: str | None = None,
    bound: str | None = None,
    during: str | None = None,
) -> str:
    """Return the claim id of canonical fields (see the module's docstring)."""
    return _digest((FORMAT, subject, predicate, kind, value, datatype, language, bound, during))


def evidence_hash(
    *,
    claim: str,
    source: str,
    via: tuple[str, ...],
    inferred: bool,
    mode: str,
    stance: str,
    attributed_to: str | None,
    on_behalf_of: str | None,
    said_in: str | None,
    passage: str | None,
    passage_hash: str | None,
    quote: str | None,
    withheld_by: str | None,
    reason: str | None,
) -> str:
    """Return the content hash of evidence: all its columns but note, recorded and position."""
    return _digest(
        (
            FORMAT,
            claim,
            source,
            LIST_SEPARATOR.join(via),
            "inferred" if inferred else "",
            mode,
            stance,
            attributed_to,
            on_behalf_of,
            said_in,
            passage,
            passage_hash,
            quote,
            withheld_by,
            reason,
        )
    )
