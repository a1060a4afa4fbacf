"""Checks on the text of somebody's own SPARQL query, before a store sees it."""

from __future__ import annotations

import re

from sousveil.errors import UsageError

# What can hold any word without meaning it: IRIs, strings, comments, prefixed names, variables.
TOKENS = re.compile(
    r"""
    (?P<skip>
        <[^<>"{}|^`\\\s]*>
      | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
      | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\n]|\\.)*"
      | '(?:[^'\\\n]|\\.)*'
      | \#[^\n]*
      | [?$]\w+
      | @\w[\w-]*
      | [\w.-]*:[\w.%:-]*
    )
    | (?P<word>[A-Za-z]\w*)
    | (?P<brace>[{])
    | (?P<mark>[}()])
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])


def place(text: str, offset: int) -> str:
    """Return an offset as `line L, column C`, counted from 1."""
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def refuse_unsafe_sparql(text: str) -> None:
    """Raise UsageError for a query that would write, or ask another server.

    SERVICE and FROM make a store fetch from an address in the text: nothing here goes onto the
    network unless the user names an address on the command line.
    """
    in_pattern = False
    form: str | None = None
    for token in TOKENS.finditer(text):
        if token.lastgroup == "brace":
            in_pattern = True
        if token.lastgroup != "word":
            continue
        word = token[0].upper()
        at = place(text, token.start())
        if word in _UPDATES and form is None and not in_pattern:
            raise UsageError(f"{at}: {word} writes, and queries are read-only; ask with SELECT")
        if word in _FORMS and form is None:
            form = word
        if word == "SERVICE":
            raise UsageError(f"{at}: SERVICE asks another server; query what the case holds")
        if word == "FROM" and not in_pattern:
            raise UsageError(
                f"{at}: FROM would fetch a graph from its address; write GRAPH <...> {{ ... }}"
            )
    if form is not None and form != "SELECT":
        raise UsageError(f"{form} gives no rows; the query must be a SELECT")
