"""Checks on the text of a Cypher query, before an engine sees it."""

from __future__ import annotations

import re
from itertools import pairwise

from sousveil.errors import UsageError
from sousveil.stores.sparql_text import place

_SILENT = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|/\*.*?\*/|//[^\n]*""", re.DOTALL
)
_CLAUSE = re.compile(
    r"\b(OPTIONAL\s+MATCH|MATCH|WITH|RETURN|WHERE|CALL|UNWIND|MERGE|CREATE|SET)\b", re.IGNORECASE
)
_RELATIONSHIP = re.compile(r"\[\s*(\w+)\s*(?=[:*\]{])")
_ESCAPED = re.compile(r"\\u+([0-9a-fA-F]{4})")
_LOAD_CSV = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_WRITES = re.compile(
    r"""
    \bAS\s+\w+                                   # a name, whatever it is
  | (?<![.:$|&!\w])
    (?P<clause>(?:DETACH\s+|NODETACH\s+)?DELETE|CREATE|MERGE|SET|REMOVE|FOREACH|INSERT|DROP
      |LOAD\s+CSV)
    \b (?!\s*[:.,)=\]}])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CALL = re.compile(r"\b(?P<clause>CALL)\b", re.IGNORECASE)
_MAP = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r"(?<![.\w$:])(\w+)\b(?!\s*:)")


def _blank(match: re.Match[str]) -> str:
    """Blank out a string or comment, keeping every offset and line."""
    return re.sub(r"[^\n]", " ", match[0])


def refuse_load_csv(text: str) -> None:
    """Raise UsageError for LOAD CSV: it reads files and addresses, be it in a read transaction.

    A case may bring queries of its own, and what a server's settings allow is not for it to use.
    Cypher 5 takes an escaped letter (u004C) for the letter everywhere, so it is resolved first.
    """
    resolved = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    found = _LOAD_CSV.search(_SILENT.sub(_blank, resolved))
    if found:
        raise UsageError(
            f"{place(resolved, found.start())}: LOAD CSV would read from outside the graph; "
            "queries may not"
        )


def refused_clause(text: str) -> str | None:
    """Return the first clause that writes, with its place, of a query that an engine refused.

    Where there is none it is the first CALL. It is told to whoever wrote the query; what writes
    is for the engine alone to judge.
    """
    plain = _SILENT.sub(_blank, text)
    for clauses in (_WRITES, _CALL):
        for found in clauses.finditer(plain):
            if found["clause"]:
                clause = " ".join(found["clause"].upper().split())
                return f"{place(text, found.start('clause'))}: {clause}"
    return None


def refuse_map_on_relationship(text: str) -> None:
    """Raise UsageError for the one construct to which the embedded engine gives no rows.

    `MATCH ()-[r]->() MATCH (k {iri: r.claim})`: a later MATCH whose property map reads a
    relationship variable silently finds nothing in ArcadeDB 26.10.2, where Neo4j finds the nodes.
    """
    plain = _SILENT.sub(_blank, text)
    starts = [m.start() for m in _CLAUSE.finditer(plain)] + [len(plain)]
    known: set[str] = set()
    for start, end in pairwise(starts):
        part = plain[start:end]
        clause = part.split(None, 1)[0].upper()
        if clause == "WITH" and "*" not in part:
            known &= set(re.findall(r"\w+", part))
        if clause not in ("MATCH", "OPTIONAL"):
            continue
        for found in _MAP.finditer(part):
            for name in _NAME.finditer(found[0]):
                if name[1] in known:
                    raise UsageError(
                        f"{place(text, start + found.start() + name.start())}: the embedded "
                        f"engine finds nothing when a property map reads the relationship "
                        f"'{name[1]}'; write the condition after WHERE, or ask Neo4j"
                    )
        known |= set(_RELATIONSHIP.findall(part))
