"""What became of the rows of an answer between two states of a case."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sousveil.ask.answers import Answer, AnswerRow
from sousveil.ask.effects import Effect


@dataclass(frozen=True, kw_only=True)
class RowEffect:
    """A row then and now; None where it was not, or is not any more."""

    effect: Effect
    was: AnswerRow | None
    now: AnswerRow | None

    @property
    def row(self) -> AnswerRow:
        """The row as it was, or as it is where it is new."""
        found = self.was or self.now
        assert found is not None
        return found


@dataclass(frozen=True, kw_only=True)
class AnswerEffect:
    """A question as it was asked, with the rows that change; `rows` counts all rows of then."""

    question: str
    title: str
    parameters: dict[str, str]
    rows: int
    changed: tuple[RowEffect, ...]

    @property
    def falls(self) -> bool:
        """Whether nothing of the answer is left."""
        gone = sum(1 for each in self.changed if each.effect is Effect.GONE)
        return 0 < gone == self.rows and not any(e.effect is Effect.NEW for e in self.changed)

    def as_dict(self) -> dict[str, Any]:
        """Return the effect as plain data for JSON."""
        return {
            "question": self.question,
            "title": self.title,
            "parameters": self.parameters,
            "rows": self.rows,
            "falls": self.falls,
            "changed": [
                {
                    "effect": each.effect,
                    "values": {k: v.as_dict() for k, v in each.row.values.items()},
                    "claims": [claim.id for claim in each.row.claims],
                    "standing": each.was.standing if each.was else None,
                    "standingNow": each.now.standing if each.now else None,
                    "originsNow": each.now.origins if each.now else 0,
                }
                for each in self.changed
            ],
        }


def answer_effect(before: Answer, after: Answer | None) -> AnswerEffect:
    """Compare two answers to one question; None where it cannot be asked any more.

    A row is the same where it says the same; one that tells a claim, where it is the same claim.
    """
    waiting: defaultdict[tuple[Any, ...], list[AnswerRow]] = defaultdict(list)
    for row in after.rows if after else ():
        waiting[_key(before, row)].append(row)
    changed = []
    for row in before.rows:
        same = waiting[_key(before, row)]
        now = same.pop(0) if same else None
        effect = _effect(row, now)
        if effect is not None:
            changed.append(RowEffect(effect=effect, was=row, now=now))
    changed += [
        RowEffect(effect=Effect.NEW, was=None, now=row) for rows in waiting.values() for row in rows
    ]
    order = list(Effect)
    return AnswerEffect(
        question=before.question.name,
        title=before.question.title,
        parameters=before.parameters,
        rows=len(before.rows),
        changed=tuple(sorted(changed, key=lambda each: order.index(each.effect))),
    )


def _key(answer: Answer, row: AnswerRow) -> tuple[Any, ...]:
    told = [c.name for c in answer.question.columns if c.type not in ("standing", "flag")]
    main = row.claim.id if answer.question.per_claim and row.claims else ""
    return (main, *(row.values[name].words for name in told))


def _effect(was: AnswerRow, now: AnswerRow | None) -> Effect | None:
    if now is None or (now.standing == "retracted" and was.standing != "retracted"):
        return Effect.GONE
    if was.accepted != now.accepted:
        return Effect.ACCEPTED if now.accepted else Effect.NOT_ACCEPTED
    if (was.standing, was.flags) != (now.standing, now.flags):
        return Effect.STANDING
    if now.origins < was.origins:
        return Effect.FEWER_ORIGINS
    if now.claims != was.claims:
        return Effect.LESS_EVIDENCE if len(_counted(now)) < len(_counted(was)) else None
    return None


def _counted(row: AnswerRow) -> set[str]:
    return {e.id for claim in row.claims for e in claim.evidence if not e.discounted}
