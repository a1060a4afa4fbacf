"""What the graph does not know about the things of an answer: withheld, unknown, silent, absent."""

from __future__ import annotations

from collections.abc import Collection

from sousveil.ask.questions import Question
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView


def not_known(
    question: Question, claims: Collection[ClaimView], words: CaseWords
) -> tuple[str, ...]:
    """Return sentences on what is withheld, unknown, passed over in silence, or not there at all.

    The first three are told of the things that the answer's claims are about; the last where the
    question wants a relation that no source of the case states of any of them.
    """
    subjects = sorted({claim.subject for claim in claims})
    relations = set(question.gap_relations or question.relation_order) | set(question.wanted)
    relations |= {claim.relation for claim in claims} if not relations else set()
    ids = words.tables.query(
        """
        SELECT id FROM claim
        WHERE kind IN ('unknown', 'withheld') AND subject IN (SELECT unnest(?::VARCHAR[]))
        """,
        [subjects],
    )
    several = len(subjects) > 1
    found: list[str] = []
    for claim in words.claims(only=[i for (i,) in ids]):
        if claim.relation in relations:
            says = sorted({e.source_label for e in claim.evidence if not e.discounted})
            of = f" of {claim.subject_label}" if several else ""
            found.append(f"{claim.relation}{of}: {claim.value}, per {'; '.join(says)}")
    for gap in words.gaps():
        if gap.subject in subjects and gap.relation in relations:
            of = f" of {words.labels[gap.subject]}" if several else ""
            found.append(f"{gap.relation}{of}: not stated by {gap.source_label}")
    return (*found, *_absent(question, subjects, words))


def _absent(question: Question, subjects: list[str], words: CaseWords) -> list[str]:
    """Return the wanted relations that the things of the answer may have and no source states."""
    stated = {
        words.vocabulary.relation_at(predicate).label
        for (predicate,) in words.tables.query(
            """
            SELECT DISTINCT c.predicate FROM claim c JOIN standing s ON s.claim = c.id
            WHERE s.life = 'active' AND c.subject IN (SELECT unnest(?::VARCHAR[]))
            UNION SELECT DISTINCT predicate FROM gap WHERE subject IN (SELECT unnest(?::VARCHAR[]))
            """,
            [subjects, subjects],
        )
    }
    found = []
    for label, record in question.wanted.items():
        relation = words.vocabulary.relation_called(label)
        possible = relation is not None and any(
            words.vocabulary.is_a(words.types[s], relation.domain) for s in subjects
        )
        if possible and label not in stated:
            ask = f"; ask for {record}" if record else ""
            found.append(f"{label}: nothing in this case{ask}")
    return found
