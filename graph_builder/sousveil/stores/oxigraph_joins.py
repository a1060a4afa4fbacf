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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from sousveil.stores.sparql_text import TOKENS

_NO_JOIN = frozenset(["{", "WHERE", "OPTIONAL", "UNION", "MINUS", "EXISTS", "LATERAL"])
"""What stands before the brace of a group that is not joined to what stands before it."""
_OF_ITS_OWN = frozenset(["FILTER", "BIND", "OPTIONAL", "MINUS", "SELECT", "LATERAL"])
"""What may make a group depend on what is bound before."""
_NAMED = frozenset(["VALUES", "GRAPH", "SERVICE"])
"""What a term follows that begins no triples."""
_ENDS_TRIPLES = _OF_ITS_OWN | _NAMED | {"{", "}"}
_MODIFIERS = frozenset(["GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"])
_TERM = ("?", "$", "<")


@dataclass
class _Group:
    """What has been read of a group."""

    data: bool = False
    """Whether it lists values."""
    joined: bool = False
    """Whether a group within it has ended."""
    parentheses: int = 0


def join_in_order(text: str, bound: Mapping[str, ox.NamedNode]) -> str:
    """Return a SELECT that begins at its parameters and takes its groups as they are written.

    Groups with a filter, BIND, OPTIONAL, MINUS or subquery of their own are joined as pyoxigraph
    has it. An OPTIONAL within another must not use variables that only what stands before the
    outer one binds.

    Args:
        text: the query; no line is added to it.
        bound: the IRIs that parameters are bound to; pyoxigraph makes none of a text that could
            end one.
    """
    tokens = [token for token in TOKENS.finditer(text) if not token[0].startswith("#")]
    words = [token[0].upper() for token in tokens]
    if "{" not in words:
        return text
    before: defaultdict[int, str] = defaultdict(str)
    behind: defaultdict[int, str] = defaultdict(str)
    for first, last in _joined(words):
        before[first] += "LATERAL { "
        behind[last] += " }"
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


def _joined(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of each part that is joined to what stands before it.

    A part is a group with its UNION, an OPTIONAL, or the triples between two of them.
    """
    groups = [_Group()]
    last = -1
    for number, word in enumerate(words):
        group = groups[-1]
        if word == "{":
            if _is_join(words, number):
                yield number, _end(words, number)
            groups.append(_Group(data="VALUES" in _since_brace(words, number)))
        elif word == "}" and len(groups) > 1:
            groups.pop()
            groups[-1].joined |= not group.data
        elif word in "()":
            group.parentheses += 1 if word == "(" else -1
        elif word == "OPTIONAL":
            yield number, _end(words, number + 1)
        elif word in _MODIFIERS:
            group.joined = False
        elif number > last and _begins_triples(words, number, group):
            last = _last_of_triples(words, number)
            yield number, last


def _is_join(words: Sequence[str], brace: int) -> bool:
    """Tell whether a brace begins a group of triples that is joined to what stands before it."""
    if not brace or words[brace - 1] in _NO_JOIN or "GRAPH" in words[max(0, brace - 2) : brace]:
        return False
    if not {"SELECT", "VALUES"}.isdisjoint(_since_brace(words, brace)):
        return False
    return _OF_ITS_OWN.isdisjoint(words[brace : _end(words, brace)])


def _begins_triples(words: Sequence[str], number: int, group: _Group) -> bool:
    """Tell whether a term begins triples that are joined to a group before them."""
    term = words[number].startswith(_TERM) or ":" in words[number]
    of_group = group.joined and not group.parentheses
    return term and of_group and words[number - 1] not in _NAMED


def _since_brace(words: Sequence[str], brace: int) -> Sequence[str]:
    """Return the words between the brace before this one and this one."""
    start = brace
    while start and words[start - 1] not in "{}":
        start -= 1
    return words[start:brace]


def _last_of_triples(words: Sequence[str], first: int) -> int:
    last = first
    while last + 1 < len(words) and words[last + 1] not in _ENDS_TRIPLES:
        last += 1
    return last


def _end(words: Sequence[str], brace: int) -> int:
    """Return the place of the brace that ends a group, the last of its UNION."""
    depth = 0
    for number, word in enumerate(words[brace:], brace):
        depth += (word == "{") - (word == "}")
        if word == "}" and not depth and words[number + 1 : number + 2] != ["UNION"]:
            return number
    return len(words) - 1
