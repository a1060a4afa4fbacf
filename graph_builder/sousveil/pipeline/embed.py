"""Embeds of a case: what is chosen, as a gated page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sousveil.errors import UsageError
from sousveil.ledger.lookup import find_entity
from sousveil.ledger.profile import Profile, withheld_names
from sousveil.model.story import Story
from sousveil.pipeline.build import gate
from sousveil.pipeline.case import Case
from sousveil.pipeline.release import draft_mark, held_back, refuse
from sousveil.view.case_scene import CaseMaterial
from sousveil.view.embed import Embed
from sousveil.view.oembed import oembed_folder
from sousveil.view.picture_file import pdf_file, png_file
from sousveil.view.story_scene import entity_scene, story_scene
from sousveil.vocabulary.words import did_you_mean, fold


def embed_of(
    case: Case,
    chosen: str,
    profile: Profile = Profile.PUBLIC,
    language: str | None = None,
    *,
    draft: bool = False,
    now: datetime | None = None,
) -> Embed:
    """Return an embed of a story (by its key) or of an entity (by any name, key or IRI).

    Args:
        draft: make it although it may not go out yet; it then bears a mark that says why.
        now: the moment that counts, with its offset from UTC; by default the clock's.

    Raises UsageError when nothing is called that, or a story is in another language, and
    NotReleased where an embargo holds or a party has not been asked. The desk's profile is stamped,
    and not held back.
    """
    words = case.words(profile)
    material = CaseMaterial(words)
    story = case.stories.get(fold(chosen)) or case.stories.get(chosen)
    if story is not None:
        _check_language(story, language, case.tables.header.language)
        scene = story_scene(material, story)
    else:
        scene = entity_scene(material, _entity(case, chosen), language)
    if profile is Profile.PUBLIC:
        anchors = {node.anchor for node in scene.nodes}
        shown = {iri for iri, key in material.keys.items() if key in anchors}
        moment = now or datetime.now().astimezone()
        held = held_back(case, words, shown, story, moment, scene.interface)
        if not draft:
            refuse(held)
        elif held:
            scene = replace(scene, stamp=draft_mark(held, scene.interface))
    return Embed(scene)


def _check_language(story: Story, wanted: str | None, language: str) -> None:
    """Refuse another language than that of a story, whose words an editor wrote in one."""
    own = story.language or language
    if wanted not in (None, own):
        file = story.file if story.language else "case.yaml"
        raise UsageError(
            f"--language {wanted}: the story '{story.key}' is written in '{own}', and so are its "
            f"buttons; 'language:' in {file} says so"
        )


def _entity(case: Case, chosen: str) -> str:
    try:
        return find_entity(case.tables, chosen)
    except UsageError as error:
        hint = did_you_mean(chosen, case.stories)
        stories = ", ".join(sorted(case.stories)) or "none"
        raise UsageError(f"{error}{hint}; stories here: {stories}") from error


def embed_bytes(case: Case, embed: Embed, profile: Profile, theme: str = "auto") -> bytes:
    """Return an embed as bytes, gated: raises NameWouldLeave for a public one with such a name."""
    data = embed.html(theme).encode("utf-8")
    if profile is Profile.PUBLIC:
        gate({"the embed": data}, withheld_names(case.tables))
    return data


def picture_bytes(case: Case, embed: Embed, profile: Profile, form: str) -> bytes:
    """Return an embed's picture as `svg`, `png` or `pdf`; the gate reads the words drawn in it.

    Raises NameWouldLeave, and OutsideError without the extra `pictures` (svg needs none).
    """
    drawn = embed.picture.encode("utf-8")
    if profile is Profile.PUBLIC:
        gate({"the picture": drawn}, withheld_names(case.tables))
    if form == "svg":
        return drawn
    return png_file(embed.picture) if form == "png" else pdf_file(embed.picture)


def oembed_files(embed: Embed, page: bytes, url: str) -> dict[str, bytes]:
    """Return a static oEmbed folder for a gated page.

    Raises UsageError for no web address, and for a draft: such a folder is for publication only.
    """
    if embed.scene.stamp:
        raise UsageError("an oEmbed folder is for publication; this page is marked as not for it")
    try:
        return oembed_folder(embed.scene, page.decode("utf-8"), url)
    except ValueError as error:
        raise UsageError(f"--url: {error}") from error
