"""What changed between two states: for a terminal, and as Markdown for a correction note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sousveil.ask.answer_words import evidence_words
from sousveil.ask.changes import HOW, Changes, StoryChange, ThingChange
from sousveil.ask.effects import Effect
from sousveil.ask.formats import md_text
from sousveil.ask.impact_text import change_words, effect_lines, link_lines, unchanged_words
from sousveil.graph.claim_words import ClaimView

NOTHING = "nothing changed"


def changes_text(found: Changes) -> str:
    """Return changes as lines: counts first, then claims, links, things and stories."""
    told = ", ".join(f"{number} {word}" for word, number in found.counts().items())
    lines = [
        f"'{found.case_title}' from {found.old} to {found.new} ({found.profile})",
        *(f"! {remark}" for remark in found.remarks),
        f"claims: {told or NOTHING}; {unchanged_words(found.unchanged)}",
        f"how: {HOW}",
    ]
    lines += effect_lines(found.claims)
    lines += _decided(found)
    if found.added:
        lines += ["", f"new ({len(found.added)})"]
        for claim in found.added:
            lines += [f"  {claim.sentence}", f"    {_stands(claim)}"]
    lines += link_lines(found.links)
    lines += _things("entities", found.entities)
    lines += _things("sources", found.sources)
    lines += _stories(found.stories)
    return "\n".join(lines) + "\n"


def _stands(claim: ClaimView) -> str:
    says = "; ".join(evidence_words(e) for e in claim.evidence)
    return f"{', '.join(claim.standings)}: {says}"


def _decided(found: Changes) -> Iterator[str]:
    if found.decided:
        yield ""
        yield "decided by an editor"
        sentences = {each.was.id: each.was.sentence for each in found.claims}
        for id_, why in sorted(found.decided.items(), key=lambda item: sentences[item[0]]):
            yield f"  {sentences[id_]}"
            yield f"    {why}"


def _things(title: str, changes: tuple[ThingChange, ...]) -> Iterator[str]:
    if changes:
        yield ""
        yield f"{title} ({len(changes)})"
        for each in changes:
            both = f"{each.was} -> {each.now}" if each.was and each.now else each.was or each.now
            yield f"  {each.change}: {both}"


def _stories(changes: tuple[StoryChange, ...]) -> Iterator[str]:
    if changes:
        yield ""
        yield f"stories ({len(changes)})"
    for each in changes:
        versions = f", version {each.was} -> {each.now}" if each.was and each.now else ""
        title = "" if each.title == each.key else f" ('{each.title}')"
        yield f"  {each.key}{title}: {each.change}{versions}"
        yield from (f"    a step named: {sentence}" for sentence in each.fallen)


_CORRECTED = "Corrected"
_NOTE = {
    "No longer said": Effect.GONE,
    "No longer taken as established": Effect.NOT_ACCEPTED,
    _CORRECTED: Effect.VALUE,
    "Changed": Effect.VALUE,
    "Now taken as established": Effect.ACCEPTED,
    "Stands otherwise": Effect.STANDING,
}


def changes_markdown(found: Changes) -> str:
    """Return changes as Markdown for a correction note, with the evidence in footnotes.

    It has what a reader of the published pages must know: what is gone, corrected, changed or no
    longer accepted, and what is new; that a claim has more or fewer origins is for the desk. Only
    what a decision says to have been an error is called corrected.
    """
    lines = [f"### What changed in “{md_text(found.case_title)}”", ""]
    lines += [f"{md_text(remark)}.  " for remark in found.remarks]
    notes: list[str] = []

    def item(text: str, claim: ClaimView) -> str:
        notes.append("; ".join(evidence_words(e) for e in claim.evidence))
        return f"- {text}[^{len(notes)}]"

    for title, effect in _NOTE.items():
        group = [each for each in found.claims if each.effect is effect]
        if effect is Effect.VALUE:
            by_decision = title == _CORRECTED
            group = [each for each in group if (each.was.id in found.corrected) is by_decision]
        lines += [f"**{title}**", ""] if group else []
        for each in group:
            text = md_text(each.was.sentence)
            if effect is Effect.VALUE and each.now is not None:
                text = f"{md_text(each.now.sentence)} (it read: {text})"
            elif effect is not Effect.GONE:
                text = f"{md_text((each.now or each.was).sentence)} ({md_text(change_words(each))})"
            why = found.decided.get(each.was.id)
            text += f" – {md_text(why)}" if why else ""
            lines.append(item(text, each.now or each.was))
        lines += [""] if group else []
    lines += _listed("New", (item(md_text(c.sentence), c) for c in found.added))
    lines += _listed("Stories", (f"- {md_text(s.title)}: {s.change}" for s in found.stories))
    if not found:
        lines += [f"{NOTHING.capitalize()}.", ""]
    lines += [f"[^{number}]: {md_text(note)}" for number, note in enumerate(notes, start=1)]
    return "\n".join(lines) + "\n"


def _listed(title: str, items: Iterable[str]) -> list[str]:
    found = list(items)
    return [f"**{title}**", "", *found, ""] if found else []
