"""Scenes to publish: a story with its steps and parties, or one thing with what it is linked to."""

from __future__ import annotations

from dataclasses import replace

from sousveil.graph.claim_words import ClaimView
from sousveil.graph.story_things import step_things, story_things
from sousveil.model.story import Party, Step, Story
from sousveil.model.values import date_words
from sousveil.view.case_scene import CaseMaterial, case_origin, case_scene
from sousveil.view.interface_words import Words, interface_words
from sousveil.view.scene import Scene, StepView

MOST_AROUND = 60
"""An entity's embed holds at most so many things: those with the most links among them."""


def story_scene(material: CaseMaterial, story: Story) -> Scene:
    """Return a story as a scene. What its steps show is part of it, whether listed or not."""
    claims = {claim.id: claim for claim in material.claims}
    chosen = story_things(story, claims, material.neighbours)
    interface = story.language or material.words.tables.header.language
    words = interface_words(interface)
    scene = case_scene(
        material,
        chosen,
        title=story.title,
        interface=interface,
        captions=dict(story.captions),
        ranks=_ranks(story, chosen, claims),
    )
    place = {iri: n for n, iri in enumerate(chosen)}
    number = {statement.anchor: n for n, statement in enumerate(scene.statements)}
    anchors = {
        id_: number[material.anchor(id_)] for id_ in claims if material.anchor(id_) in number
    }
    return replace(
        scene,
        finding=story.finding,
        alt=story.alt or scene.alt,
        as_of=date_words(story.as_of),
        version=story.version,
        correction=story.correction or "",
        credits=_credits(material, story),
        parties=tuple(_party(material, party, words) for party in story.parties),
        steps=tuple(_step(step, place, anchors) for step in story.steps),
    )


def _ranks(story: Story, chosen: tuple[str, ...], claims: dict[str, ClaimView]) -> dict[str, int]:
    """Each thing's place in the story: the step that first shows it; else its place in the list."""
    found: dict[str, int] = {}
    for number, step in enumerate(story.steps):
        for iri in step_things(step, claims):
            found.setdefault(iri, number)
    if found:
        return found
    return {iri: number for number, iri in enumerate(chosen) if iri in story.things}


def _step(step: Step, place: dict[str, int], anchors: dict[str, int]) -> StepView:
    return StepView(
        text=step.text,
        nodes=tuple(place[iri] for iri in step.things if iri in place),
        statements=tuple(anchors[id_] for id_ in step.claims if id_ in anchors),
    )


def _party(material: CaseMaterial, party: Party, words: Words) -> str:
    asked = []
    if party.asked:
        asked.append(words("asked-on", day=date_words(party.asked)))
    if party.channel:
        asked.append(words("by-channel", channel=party.channel))
    if party.deadline:
        asked.append(words("deadline", day=date_words(party.deadline)))
    outcome = words(f"outcome-{party.outcome.replace(' ', '-')}")
    when = f" ({', '.join(asked)})" if asked else ""
    reply = f": “{party.reply}”" if party.reply else ""
    return f"{material.words.labels[party.party]} {outcome}{when}{reply}"


def _credits(material: CaseMaterial, story: Story) -> tuple[str, ...]:
    licence = material.words.tables.header.licence
    return (*story.credits, *((licence,) if licence else ()))


def entity_scene(material: CaseMaterial, iri: str, language: str | None = None) -> Scene:
    """Return one thing with all that a claim joins it with, and the links among these."""
    near = material.neighbours(iri)
    count = dict.fromkeys(near, 0)
    for claim in material.claims:
        if claim.subject in near and claim.object in near:
            count[claim.subject] += 1
            count[claim.object] += 1
    kept = sorted(near, key=lambda other: (-count[other], other))[: MOST_AROUND - 1]
    label = material.words.labels[iri]
    scene = case_scene(material, [iri, *sorted(kept)], title=label, interface=language)
    known = material.words.vocabulary.classes.get(material.words.types[iri])
    words = interface_words(scene.interface)
    finding = known.label if known else ""
    if len(near) > len(kept):
        finding += f". {words('more', n=len(near) - len(kept))}"
    licence = material.words.tables.header.licence
    return replace(
        scene,
        finding=finding,
        version="",
        origin=case_origin(material.words, scene.interface),
        credits=(licence,) if licence else (),
    )
