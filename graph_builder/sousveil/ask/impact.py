"""What falls with a source: claims, derived links, rows of answers and stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sousveil.ask.answer_effects import AnswerEffect
from sousveil.ask.effects import GRAVE, ClaimEffect, Effect, LinkEffect
from sousveil.graph.claim_words import ClaimView
from sousveil.graph.story_things import story_things
from sousveil.model.story import Story

HOW = (
    "the evidence of the source, and all that relays it and nothing else, is taken out; standing, "
    "acceptance, origins and derived links are computed anew from what is left"
)

ASKED_WITH = (
    "a question that needs parameters is asked with its example, and with what its rows on changed "
    "claims name; with nothing else"
)


@dataclass(frozen=True, kw_only=True)
class NotAsked:
    """A question that was not asked, or not with every combination of parameters that it might.

    Args:
        combinations: how many were left out; None where nobody knows of any.
        why: in words.
    """

    question: str
    combinations: int | None
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {"question": self.question, "combinations": self.combinations, "why": self.why}


@dataclass(frozen=True, kw_only=True)
class StepEffect:
    """A step of a story (counted from 1) whose claims change."""

    number: int
    text: str
    changed: tuple[ClaimEffect, ...]

    @property
    def falls(self) -> bool:
        """Whether a claim that the step stands on goes, or is not accepted any more."""
        return any(each.effect in GRAVE for each in self.changed)


@dataclass(frozen=True, kw_only=True)
class StoryEffect:
    """A story that changes.

    Args:
        steps: the steps whose claims change.
        shown: other claims about the things that it shows.
        bare: labels of things that it shows and of which nothing is left to say.
    """

    key: str
    title: str
    steps: tuple[StepEffect, ...]
    shown: tuple[ClaimEffect, ...]
    bare: tuple[str, ...]

    @property
    def falls(self) -> bool:
        """Whether a step has lost its footing."""
        return any(step.falls for step in self.steps)

    def as_dict(self) -> dict[str, Any]:
        """Return the effect as plain data for JSON; claims by id."""
        return {
            "story": self.key,
            "title": self.title,
            "falls": self.falls,
            "steps": [
                {
                    "step": step.number,
                    "text": step.text,
                    "falls": step.falls,
                    "changed": [_short(each) for each in step.changed],
                }
                for step in self.steps
            ],
            "shown": [_short(each) for each in self.shown],
            "bare": list(self.bare),
        }


def _short(each: ClaimEffect) -> dict[str, Any]:
    return {"claim": each.was.id, "effect": each.effect, "sentence": each.was.sentence}


@dataclass(frozen=True, kw_only=True)
class Impact:
    """What changes in a case if one source is withdrawn.

    Args:
        source, label, title: the source, how it is named in evidence, and its title.
        evidence: how many counted pieces of its own evidence go.
        relayed: how many counted pieces of other sources go with them, by label.
        based_on_it: sources whose header says that they are based on it; their evidence stays.
        claims: claims that change, the gravest first; `unchanged` counts the others.
        links: derived links that change.
        answers: questions as they were asked, with the rows that change.
        asked: how many times questions were asked; `not_asked` says what was left out.
        stories: stories that change.
    """

    source: str
    label: str
    title: str
    case_title: str
    as_of: dict[str, str]
    evidence: int
    relayed: dict[str, int]
    based_on_it: tuple[str, ...]
    claims: tuple[ClaimEffect, ...]
    unchanged: int
    links: tuple[LinkEffect, ...]
    answers: tuple[AnswerEffect, ...]
    asked: int
    not_asked: tuple[NotAsked, ...]
    stories: tuple[StoryEffect, ...]

    def counts(self) -> dict[str, int]:
        """Return how many claims change in which way, the gravest first."""
        found = Counter(each.effect for each in self.claims)
        return {str(effect): found[effect] for effect in Effect if found[effect]}

    def as_dict(self) -> dict[str, Any]:
        """Return the impact as plain data for JSON."""
        return {
            "source": self.source,
            "label": self.label,
            "title": self.title,
            "case": self.case_title,
            "asOf": self.as_of,
            "how": HOW,
            "evidence": self.evidence,
            "relayed": self.relayed,
            "basedOnIt": list(self.based_on_it),
            "counts": self.counts(),
            "unchanged": self.unchanged,
            "claims": [each.as_dict() for each in self.claims],
            "derivedLinks": [each.as_dict() for each in self.links],
            "answers": [each.as_dict() for each in self.answers],
            "asked": self.asked,
            "askedWith": ASKED_WITH,
            "notAsked": [each.as_dict() for each in self.not_asked],
            "stories": [each.as_dict() for each in self.stories],
        }


def story_effects(
    stories: Iterable[Story],
    before: Mapping[str, ClaimView],
    effects: Iterable[ClaimEffect],
    labels: Mapping[str, str],
) -> tuple[StoryEffect, ...]:
    """Return the stories that change; `before` are the claims of then by id."""
    changed = {each.was.id: each for each in effects}
    joined: dict[str, set[str]] = {}
    left: set[str] = set()
    for claim in before.values():
        gone = claim.id in changed and changed[claim.id].effect is Effect.GONE
        ends = set(claim.things)
        for end in ends:
            joined.setdefault(end, set()).update(ends - {end})
        left |= set() if gone else ends
    found = []
    for story in stories:
        steps = tuple(
            StepEffect(number=number, text=step.text, changed=hit)
            for number, step in enumerate(story.steps, start=1)
            if (hit := tuple(changed[i] for i in step.claims if i in changed))
        )
        told = {id_ for step in story.steps for id_ in step.claims}
        things = story_things(story, before, lambda iri: joined.get(iri, set()))
        shown = tuple(
            each
            for each in changed.values()
            if each.was.subject in things and each.was.id not in told
        )
        bare = tuple(labels[iri] for iri in things if iri in joined and iri not in left)
        if steps or shown:
            found.append(
                StoryEffect(key=story.key, title=story.title, steps=steps, shown=shown, bare=bare)
            )
    return tuple(found)
