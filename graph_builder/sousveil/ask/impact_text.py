"""What falls with a source, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sousveil.ask.answer_effects import AnswerEffect
from sousveil.ask.answer_words import evidence_words
from sousveil.ask.effects import ClaimEffect, Effect, LinkEffect
from sousveil.ask.impact import ASKED_WITH, HOW, Impact, NotAsked, StoryEffect
from sousveil.graph.claim_words import ClaimView
from sousveil.vocabulary.words import counted


def impact_text(found: Impact) -> str:
    """Return an impact as lines: counts first, then claims, links, answers and stories."""
    lines = [
        f"if {found.label} were withdrawn ('{found.title}') from '{found.case_title}'",
        *_taken_out(found),
        f"claims: {_listed(found.counts()) or 'none change'}; {unchanged_words(found.unchanged)}",
        f"how: {HOW}",
        *effect_lines(found.claims),
        *link_lines(found.links),
        *_answers(found),
        *_stories(found),
    ]
    return "\n".join(lines) + "\n"


def unchanged_words(number: int) -> str:
    """Return how many claims are in both states as they were."""
    return f"{number} stays as it is" if number == 1 else f"{number} stay as they are"


def _taken_out(found: Impact) -> Iterator[str]:
    own = counted(found.evidence, "piece")
    if not found.evidence:
        yield "taken out: nothing; none of its evidence counts as it is"
        return
    relayed = [f"{number} of {label}" for label, number in found.relayed.items()]
    also = f", and what relays it: {', '.join(relayed)}" if relayed else "; nothing relays it"
    yield f"taken out: {own} of its evidence{also}"
    if found.based_on_it:
        yield f"based on it, and kept: {'; '.join(found.based_on_it)}"


def effect_lines(effects: Iterable[ClaimEffect]) -> Iterator[str]:
    """Yield claims that change as lines, below a heading per effect."""
    groups: dict[Effect, list[ClaimEffect]] = {}
    for each in effects:
        groups.setdefault(each.effect, []).append(each)
    for effect, group in groups.items():
        yield ""
        yield f"{effect} ({len(group)})"
        for each in group:
            if effect is Effect.VALUE:
                yield f"  {each.was.sentence}"
            yield f"  {'-> ' if effect is Effect.VALUE else ''}{(each.now or each.was).sentence}"
            yield f"    {change_words(each)}"
            if each.now is not None and effect in (Effect.NOT_ACCEPTED, Effect.STANDING):
                yield from (f"    - {evidence_words(e)}" for e in each.now.evidence)
            if each.now is not None:
                yield from (f"    ! {r}" for r in each.now.remarks if r not in each.was.remarks)


def change_words(each: ClaimEffect) -> str:
    """Return what changed in how a claim stands, its origins or its evidence."""
    was, now = each.was, each.now
    if now is None or each.effect is Effect.GONE:
        return f"was {_stands(was)}, {_origins(was)}"
    if _stands(was) != _stands(now):
        return f"{_stands(was)} -> {_stands(now)}, {_origins(now)}"
    if was.origins != now.origins:
        return f"{_stands(now)}, {len(was.origins)} -> {_origins(now)}"
    told = [f"{_stands(now)}, {_origins(now)}"]
    for word, some, others in (("without", was, now), ("now also", now, was)):
        ids = {e.id for e in others.evidence if not e.discounted}
        said = [e for e in some.evidence if e.id not in ids and not e.discounted]
        told += [f"{word} {'; '.join(map(evidence_words, said))}"] if said else []
    return "; ".join(told)


def _stands(claim: ClaimView) -> str:
    return ", ".join(claim.standings)


def _origins(claim: ClaimView) -> str:
    count = counted(len(claim.origins), "origin")
    return f"{count}: {'; '.join(claim.origins)}" if claim.origins else count


def link_lines(effects: Sequence[LinkEffect]) -> Iterator[str]:
    """Yield derived links that change as lines, below a heading."""
    if not effects:
        return
    yield ""
    yield f"derived links ({len(effects)})"
    for each in effects:
        more = ""
        if each.effect is Effect.GONE and each.still:
            more = "; other claims join them all the same"
        elif each.effect is Effect.STANDING and each.was and each.now:
            more = f"; {each.was.standing} -> {each.now.standing}"
        on = counted(len(each.link.claims), "claim")
        yield f"  {each.effect}: {each.link.sentence} (on {on}{more})"


def _answers(found: Impact) -> Iterator[str]:
    if not found.asked and not found.not_asked:
        return
    yield ""
    yield f"answers: {len(found.answers)} of {found.asked} that were asked change; {ASKED_WITH}"
    for each in found.answers:
        yield f"  {_asked(each)}"
        counts = Counter(str(row.effect) for row in each.changed)
        told = _listed({str(e): counts[str(e)] for e in Effect if counts[str(e)]})
        falls = "falls: " if each.falls else ""
        yield f"    {falls}of {counted(each.rows, 'row')}: {told}"
    if found.not_asked:
        yield ""
        yield "not asked"
        yield from (f"  {_left_out(each)}" for each in found.not_asked)


def _left_out(each: NotAsked) -> str:
    if each.combinations is None:
        return f"{each.question}: {each.why}"
    return f"{each.question}: {counted(each.combinations, 'combination')} of parameters, {each.why}"


def _asked(each: AnswerEffect) -> str:
    given = [f'--{n} "{v}"' if " " in v else f"--{n} {v}" for n, v in each.parameters.items()]
    return " ".join([each.question, *given])


def _stories(found: Impact) -> Iterator[str]:
    if not found.stories:
        return
    yield ""
    yield f"stories ({len(found.stories)})"
    for story in found.stories:
        yield f"  {story.key} ('{story.title}'){': loses its footing' if story.falls else ''}"
        yield from _story(story)


def _story(story: StoryEffect) -> Iterator[str]:
    for step in story.steps:
        yield f"    step {step.number}{' falls' if step.falls else ''}: {step.text}"
        for each in step.changed:
            yield f"      {each.effect}: {each.was.sentence}"
    if story.shown:
        counts = Counter(str(each.effect) for each in story.shown)
        told = _listed({str(e): counts[str(e)] for e in Effect if counts[str(e)]})
        yield f"    of what else it shows: {told}"
    if story.bare:
        yield f"    nothing is left to say of: {'; '.join(story.bare)}"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items())
