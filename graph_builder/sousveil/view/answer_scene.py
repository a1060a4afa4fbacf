"""An answer as a scene: the things of its claims, and what these claims say of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sousveil.ask.answer_words import as_of_words
from sousveil.ask.answers import Answer
from sousveil.view.case_scene import CaseMaterial, case_origin, case_scene
from sousveil.view.scene import Scene


def answer_scene(
    material: CaseMaterial, answer: Answer, claims: Collection[str], language: str | None = None
) -> Scene:
    """Return the claims of an answer (ids) as a scene, in the order of its rows."""
    said = {claim.id: claim for claim in material.claims if claim.id in claims}
    things: dict[str, None] = {}
    for row in answer.rows:
        for each in row.claims:
            claim = said.get(each.id)
            if claim is not None:
                things |= dict.fromkeys(claim.things)
    own = material.only(said.values())
    scene = case_scene(own, list(things), title=answer.question.title, interface=language)
    asked = [f"{name}: {value}" for name, value in answer.parameters.items()]
    licence = material.words.tables.header.licence
    return replace(
        scene,
        finding="; ".join([*asked, *as_of_words(answer), *answer.left_out]),
        version="",
        origin=case_origin(material.words, scene.interface),
        credits=(licence,) if licence else (),
    )
