"""Which things a story shows: those it lists, those its steps show, and who is around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sousveil.graph.claim_words import ClaimView
from sousveil.model.story import Step, Story


def step_things(step: Step, claims: Mapping[str, ClaimView]) -> list[str]:
    """Return the things of a step, and those that its claims join; `claims` are by id."""
    found = list(step.things)
    for id_ in step.claims:
        claim = claims.get(id_)
        if claim is not None:
            found += claim.things
    return found


def story_things(
    story: Story,
    claims: Mapping[str, ClaimView],
    neighbours: Callable[[str], Iterable[str]],
) -> tuple[str, ...]:
    """Return the things (IRIs) that a story shows, in reading order."""
    found = dict.fromkeys(story.things)
    for step in story.steps:
        found |= dict.fromkeys(step_things(step, claims))
    for centre in story.around:
        found[centre] = None
        found |= dict.fromkeys(sorted(neighbours(centre)))
    return tuple(iri for iri in found if iri not in story.without)
