"""The written form of the ontology's Turtle files: one place for each thing, so that changes show.

A serialiser would make one form of every graph, and delete each comment by which the files are
read. So the form is checked and not made: prefixes, one block per subject, one order of properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ORDER = (
    "a", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:versionIRI", "owl:versionInfo",
    "owl:deprecated", "dcterms:title", "dcterms:description", "dcterms:license",
    "dcterms:modified", "dcterms:source", "rdfs:label", "skos:prefLabel", "skos:altLabel",
    "skos:definition", "skos:example", "skos:scopeNote", "skos:changeNote", "dcterms:isReplacedBy",
    "skos:inScheme", "skos:broader", "owl:members", "rdfs:domain", "rdfs:range",
    "owl:propertyChainAxiom", "pg:label", "pg:abstract", "pg:unique", "pg:derived", "pg:scheme",
    "pg:type", "pg:key", "pg:verbatim", "pg:color", "pg:symbol", "pg:mode", "pg:reads",
    "pg:readsBack", "pg:readsContested", "pg:readsBackContested", "sh:targetClass", "sh:class",
    "sh:property", "sh:or", "sh:xone",
)  # fmt: skip
"""The order of properties in a block: what it is, what it means, how it is used, its shape."""

_ANYWHERE = ("owl:equivalentClass",)
_OWN = ("sv", "pg", "svt")
_PREFIX = re.compile(r"@prefix (\S+): +<(\S+)> \.")
_PROPERTY = re.compile(r" {4}(a|[a-z]\w*:\w+)(?= |$)")
_SPACES = re.compile(r"[ \t]+$")


def layout_problems(path: Path) -> list[str]:
    """Return `file:line: problem` for a Turtle file that is not in the written form."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    found = [*_spaces(text, lines), *_prefixes(lines), *_blocks(lines)]
    return [f"{path.name}:{line}: {problem}" for line, problem in sorted(found)]


def _spaces(text: str, lines: list[str]) -> Iterator[tuple[int, str]]:
    if not lines[0].startswith("# "):
        yield 1, "begins with no comment that says what the file is about"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield len(lines), "does not end with one line end"
    for number, line in enumerate(lines, start=1):
        if "\t" in line or "\r" in line or _SPACES.search(line):
            yield number, "holds a tab, a carriage return or spaces at its end"
        if line == "" and lines[number : number + 1] == [""] and number + 1 < len(lines):
            yield number, "two empty lines, one is enough"


def _prefixes(lines: list[str]) -> Iterator[tuple[int, str]]:
    bound: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.startswith("@"):
            continue
        match = _PREFIX.fullmatch(line)
        if match is None:
            yield number, "is not of the form '@prefix name: <IRI> .'"
        elif match[1] in bound:
            yield number, f"binds the prefix '{match[1]}' twice"
        else:
            bound[match[1]] = (number, match[2])
    own = [name for name in bound if name in _OWN]
    if own != [name for name in _OWN if name in bound] or list(bound)[: len(own)] != own:
        yield 3, f"the prefixes {', '.join(_OWN)} come first, in this order"
    body = "\n".join(_without_comments(lines))
    for name, (number, iri) in bound.items():
        if not re.search(rf"(?<![\w:]){re.escape(name)}:\w", body):
            yield number, f"binds the prefix '{name}' and does not use it"
        if re.search(rf"<{re.escape(iri)}\w+>", body):
            yield number, f"writes out names for which there is the prefix '{name}'"


def _without_comments(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith(("#", "@prefix"))]


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    subjects: dict[str, int] = {}
    last = -1
    for number, line in enumerate(lines, start=1):
        if line and line[0] not in " #@[":
            last = -1
            subject = line.split()[0]
            if subject == line:
                if subject in subjects:
                    yield number, f"a second block about {subject} (first in line {subjects[line]})"
                subjects.setdefault(subject, number)
        elif line.startswith("["):
            last = -1
        elif match := _PROPERTY.match(line):
            name = match[1]
            if name in _ANYWHERE:
                continue
            if name not in ORDER:
                yield number, f"{name} has no place in the order of properties"
                continue
            if ORDER.index(name) <= last:
                yield number, f"{name} comes before {ORDER[last]}, once"
            last = max(last, ORDER.index(name))
