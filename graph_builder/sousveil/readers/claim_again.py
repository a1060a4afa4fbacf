"""A claim written again, where a decision or a story refers to it."""

from __future__ import annotations

from sousveil.model.records import Claim
from sousveil.readers.fields import Fields
from sousveil.readers.lines import LineReader, claim_of
from sousveil.readers.names import Named
from sousveil.readers.value_words import WrongWords, read_during
from sousveil.readers.yaml_text import Mapping, Text

Again = tuple[list[Claim], Named, str | None]


def read_claim_again(
    lines: LineReader,
    node: Mapping | None,
    file: str,
    inherited: tuple[Named, str | None] | None = None,
) -> Again | None:
    """Read a claim's subject (or an inherited one), `during:` and relations.

    None when it is not there, or when what is wrong with it is among the problems.
    """
    if node is None:
        return None
    inner = Fields(node, file, lines.problems)
    about = inner.text("about", required=inherited is None)
    subject = inherited[0] if inherited else None
    if about:
        subject = lines.names.resolve(about, file)
    during = inherited[1] if inherited else None
    validity = inner.text("during")
    if validity:
        during = _during(lines, validity, file)
    if subject is None:
        return None
    claims: list[Claim] = []
    if not inner.left:
        lines.problems.error(file, node.line, "names no relation: add 'relation: value'")
    for key, value in inner.left.values():
        relation = lines.relation(key, subject, file)
        if relation is None:
            continue
        claims += [
            claim_of(subject.iri, relation, line.value, during)
            for line in lines.read(relation, value, file, subject.iri)
            if line.value is not None
        ]
    return (claims, subject, during) if claims else None


def _during(lines: LineReader, text: Text, file: str) -> str | None:
    try:
        return read_during(text.text)
    except WrongWords as error:
        lines.problems.error(file, text.line, str(error))
        return None
