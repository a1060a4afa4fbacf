"""The header that `source new` is about to write, read by the same reader as the case's files."""

from __future__ import annotations

from collections.abc import Mapping

from sousveil.model.records import Problem
from sousveil.readers.captures import Captures
from sousveil.readers.case_folder import CaseRows
from sousveil.readers.names import Named, Names
from sousveil.readers.problems import Problems
from sousveil.readers.sources import SourceReader
from sousveil.readers.yaml_text import Mapping as YamlMapping
from sousveil.readers.yaml_text import Text
from sousveil.vocabulary.terms import Vocabulary

_WHOLE = 1
"""The line of what concerns the header as a whole: a field that is not filled in yet."""


def header_problems(
    rows: CaseRows, vocabulary: Vocabulary, key: str, header: Mapping[str, str | None]
) -> list[tuple[str, Problem]]:
    """Return what is wrong with the fields of a header that are given, each with its field.

    Names are looked up among those of the case; where its entity files cannot be read, a name is
    not called unknown.
    """
    problems = Problems()
    given = [(word, value) for word, value in header.items() if value]
    lines = {number: word for number, (word, _) in enumerate(given, start=_WHOLE + 1)}
    node = YamlMapping(
        tuple((Text(word, n), Text(value, n)) for n, (word, value) in enumerate(given, _WHOLE + 1)),
        _WHOLE,
    )
    base = rows.header.base if rows.header else "urn:sousveil:unreadable/"
    names = _names(rows, vocabulary, problems)
    SourceReader(base, vocabulary, names, Captures((), problems), problems).read(key, node, "")
    return [
        (lines.get(p.line or 0, ""), p)
        for p in problems.sorted()
        if p.line != _WHOLE or p.severity != "error"
    ]


def _names(rows: CaseRows, vocabulary: Vocabulary, problems: Problems) -> Names:
    # A name that stands for two things is the case's own problem, told by `check`.
    names = Names(vocabulary, Problems())
    for entity in rows.entities:
        named = Named(
            iri=entity.iri, key=entity.key, type=entity.type, file=entity.file, line=entity.line
        )
        for word in (entity.key, *(n.value for n in rows.names if n.entity == entity.iri)):
            names.add(word, named, entity.line)
    names.problems = problems
    names.incomplete = any(p.file.startswith("entities") for p in rows.problems.errors)
    return names
