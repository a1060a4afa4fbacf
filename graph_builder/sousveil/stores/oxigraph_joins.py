"""The order in which pyoxigraph joins what a query asks for.

pyoxigraph 0.5 has three habits that take quadratic time on claims. It plans before it knows which
variables parameters bind, and an OPTIONAL before it knows what the rest of its group binds, and so
walks all claims of a relation instead of those of one thing. A UNION of more than triples, joined
to something, is not planned at all, and evaluated on the whole graph. `LATERAL`, which it reads
beside SPARQL 1.1 (SEP 6 of the W3C's community group), evaluates a group once for each row found
before it, planned with what is bound there. That gives the solutions of a join where no filter or
BIND of the group uses what only the rest binds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sousveil.stores.sparql_text import TOKENS

_NO_JOIN = frozenset(["{", "WHERE", "OPTIONAL", "UNION", "MINUS", "EXISTS", "LATERAL"])
"""What stands before the brace of a group that is not joined to what stands before it."""
_OF_ITS_OWN = frozenset(["FILTER", "BIND", "OPTIONAL", "MINUS", "SELECT", "LATERAL"])
"""What may make a group depend on what is bound before."""


def join_in_order(text: str, bound: Mapping[str, object]) -> str:
    """Return a SELECT that begins at its parameters and takes its groups as they are written.

    Triples behind a group are joined as pyoxigraph has it, and so are groups with a filter, BIND,
    OPTIONAL, MINUS or subquery of their own. An OPTIONAL within another must not use variables that
    only what stands before the outer one binds.

    Args:
        text: the query; no line is added to it.
        bound: what the parameters are bound to, each as an object whose text is N-Triples.
    """
    tokens = [token for token in TOKENS.finditer(text) if not token[0].startswith("#")]
    words = [token[0].upper() for token in tokens]
    if "{" not in words:
        return text
    before: defaultdict[int, str] = defaultdict(str)
    behind: defaultdict[int, str] = defaultdict(str)
    for number, word in enumerate(words):
        group = number + (word == "OPTIONAL")
        if group > number or (word == "{" and _is_join(words, number)):
            before[number] += "LATERAL { "
            behind[_end(words, group)] += " }"
    if bound:
        first = words.index("{")
        names = " ".join(f"?{name}" for name in bound)
        values = " ".join(map(str, bound.values()))
        before[first] += f"{{ VALUES ({names}) {{ ({values}) }} LATERAL "
        behind[_end(words, first)] += " }"
    pieces, written = [], 0
    for number, token in enumerate(tokens):
        pieces += [text[written : token.start()], before[number], token[0], behind[number]]
        written = token.end()
    return "".join([*pieces, text[written:]])


def _is_join(words: Sequence[str], brace: int) -> bool:
    """Tell whether a brace begins triples and groups that are joined to what stands before."""
    if not brace or words[brace - 1] in _NO_JOIN or "GRAPH" in words[max(0, brace - 2) : brace]:
        return False
    since = max((n for n in range(brace) if words[n] in "{}"), default=0)
    if not {"SELECT", "VALUES"}.isdisjoint(words[since:brace]):
        return False
    return _OF_ITS_OWN.isdisjoint(words[brace : _end(words, brace)])


def _end(words: Sequence[str], brace: int) -> int:
    """Return the place of the brace that ends a group, the last of its UNION."""
    depth = 0
    for number, word in enumerate(words[brace:], brace):
        depth += (word == "{") - (word == "}")
        if word == "}" and not depth and words[number + 1 : number + 2] != ["UNION"]:
            return number
    return len(words) - 1
