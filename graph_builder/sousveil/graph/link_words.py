"""The links of a case in words, without what is told of each: enough to draw all of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import FLAGS, during_words, standing_and_flags, verbs_for
from sousveil.model.records import Kind

_LINKS = f"""
SELECT c.id, c.subject, c.predicate, c.object, c.during, s.accepted, s.standing,
    {", ".join(f"s.{flag}" for flag in FLAGS)}
FROM claim c JOIN standing s ON s.claim = c.id
WHERE c.kind = '{Kind.ENTITY}' AND s.life = 'active'
"""  # noqa: S608


class LinkView(NamedTuple):
    """One claim that joins two things; its fields are those of a ClaimView."""

    id: str
    subject: str
    object: str
    verb: str
    sentence: str
    during: str | None
    accepted: bool
    standings: tuple[str, ...]


def links(words: CaseWords) -> list[LinkView]:
    """Return the links of a case in the order of its claims."""
    labels, relation_at = words.labels, words.vocabulary.relation_at

    @cache
    def told(predicate: str, accepted: bool) -> tuple[str, str]:  # noqa: FBT001
        relation = relation_at(predicate)
        return relation.label, verbs_for(relation, accepted=accepted)[0]

    @cache
    def stands(standing: str, *flags: bool) -> tuple[str, ...]:
        named = (flag for flag, holds in zip(FLAGS, flags, strict=True) if holds)
        return standing_and_flags(standing, named)

    when = cache(during_words)
    found: list[tuple[tuple[str, str, bool, str, str], LinkView]] = []
    for id_, subject, predicate, object_, during, accepted, *state in words.tables.query(_LINKS):
        relation, verb = told(predicate, accepted)
        value, time = labels[object_], when(during)
        link = LinkView(
            id_,
            subject,
            object_,
            verb,
            f"{labels[subject]} {verb} {value}{f' ({time})' if time else ''}",
            time,
            accepted,
            stands(*state),
        )
        found.append(((subject, relation, not accepted, value, id_), link))
    found.sort()
    return [link for _, link in found]
