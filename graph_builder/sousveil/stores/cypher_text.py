"""Checks on the text of a Cypher query, before the embedded engine sees it."""

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
_MAP = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r"(?<![.\w$:])(\w+)\b(?!\s*:)")


def _blank(match: re.Match[str]) -> str:
    """Blank out a string or comment, keeping every offset and line."""
    return re.sub(r"[^\n]", " ", match[0])


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
