"""Whether something of a case may go out: its embargo, and the right of reply of the parties.

Nothing made here is a matter of the clock but the refusal itself: what a build marks depends on the
case's files alone, so that its bytes are the same on every day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sousveil.errors import SousveilError
from sousveil.graph.case_words import CaseWords
from sousveil.graph.claim_words import ClaimView
from sousveil.ledger.profile import STAMP, Profile
from sousveil.model.edtf_days import edtf_days
from sousveil.model.records import CaseHeader
from sousveil.model.release import Embargo
from sousveil.model.story import NO_RESPONSE, NOT_YET_ASKED, Party, Story
from sousveil.pipeline.case import Case
from sousveil.view.explorer.material import joined
from sousveil.view.interface_words import Words, interface_words


class NotReleased(SousveilError):
    """An embargo holds, or a party's right of reply is open; nothing was made."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One reason why something may not go out: where it stands, what to do, how a page says it."""

    file: str
    line: int | None
    message: str
    mark: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


def held_back(
    case: Case,
    words: CaseWords,
    things: Collection[str],
    story: Story | None,
    now: datetime,
    language: str,
) -> list[Held]:
    """Return why an embed may not go out at a moment; empty where it may.

    Args:
        things: the IRIs that it shows.
        story: the story that it is; without one, what any story owes to a party that is shown
            holds it back.
        now: a moment that knows its offset from UTC.
        language: of the marks.
    """
    said = interface_words(language)
    embargo = embargo_of(case, story)
    found = [_embargoed(embargo, said)] if embargo and embargo.holds(now) else []
    found += _without_ground(words, story, said) if story else []
    for owing in [story] if story else case.stories.values():
        for party in owing.parties:
            if (story or party.party in things) and not case.gates.overridden(
                owing.key, party.party
            ):
                found += _open_reply(owing, party, words.labels[party.party], said, now)
    return found


def refuse(found: list[Held]) -> None:
    """Raise NotReleased where there is a reason."""
    if found:
        lines = "\n".join(str(one) for one in found)
        raise NotReleased(
            f"may not go out yet:\n{lines}\n`--draft` makes it nevertheless, marked as a draft"
        )


def draft_mark(found: Iterable[Held], language: str) -> str:
    """Return how a draft is marked: with every reason why it may not go out."""
    return joined(interface_words(language)("draft"), *(one.mark for one in found))


def embargo_of(case: Case, story: Story | None) -> Embargo | None:
    """Return the embargo that counts: a story's own, else the case's."""
    return story.embargo if story and story.embargo else case.gates.embargo


def embargo_mark(header: CaseHeader) -> str:
    """Return how all that is made of a case is marked under its embargo; empty without one.

    It tells what the files say, whatever day it is: an embargo is told until it is taken out.
    """
    return (
        interface_words(header.language)("embargo", when=header.embargo) if header.embargo else ""
    )


def data_stamp(case: Case, profile: Profile) -> str | None:
    """Return what data and reports bear: the desk's stamp, the embargo, both, or None."""
    return stamp_of(case.tables.header, profile) or None


def stamp_of(header: CaseHeader, profile: Profile) -> str:
    """Return what is borne by all that is made of a case with this header; empty for nothing."""
    return joined(STAMP if profile is Profile.DESK else "", embargo_mark(header))


def story_marks(case: Case, words: CaseWords) -> dict[str, str]:
    """Return the mark of each story's page that may not go out, by the story's key."""
    language = case.tables.header.language
    stories = {}
    for story in case.stories.values():
        own, said = embargo_of(case, story), interface_words(story.language or language)
        marks = [_embargoed(own, said).mark] if own and own.until else []
        marks += [
            said("not-asked", party=words.labels[party.party])
            for party in story.parties
            if party.outcome == NOT_YET_ASKED and not case.gates.overridden(story.key, party.party)
        ]
        if marks:
            stories[story.key] = joined(said("draft"), *marks)
    return stories


def _embargoed(embargo: Embargo, said: Words) -> Held:
    return Held(
        file=embargo.file,
        line=embargo.line,
        message=f"embargo until {embargo.until}; wait, or change 'embargo:' ('none' where nothing "
        "is held back)",
        mark=said("embargo", when=embargo.until or ""),
    )


def shown_though_retracted(
    words: CaseWords, shown: Collection[str]
) -> Iterable[tuple[ClaimView, str]]:
    """Yield the claims among those that steps show (ids) which are retracted, and what to do."""
    for claim in words.claims(retracted=True, only=shown):
        if claim.standing == "retracted":
            yield (
                claim,
                f"a step shows what is retracted: {claim.sentence}; take it out of the step and "
                "the finding, or tell of it in 'correction:'",
            )


def _without_ground(words: CaseWords, story: Story, said: Words) -> Iterable[Held]:
    """A step that shows what nobody says any more, where no correction tells of it."""
    if story.correction:
        return
    ids = {claim for step in story.steps for claim in step.claims}
    for claim, message in shown_though_retracted(words, ids):
        yield Held(
            file=story.file,
            line=story.line,
            message=message,
            mark=f"{said.term('retracted')}: {claim.sentence}",
        )


def _open_reply(
    story: Story, party: Party, label: str, said: Words, now: datetime
) -> Iterable[Held]:
    if party.outcome == NOT_YET_ASKED:
        yield Held(
            file=story.file,
            line=party.line,
            message=f"{label} has not been asked yet; ask, then write 'asked:' and 'outcome:', or "
            f"decide 'override gate' with 'story: {story.key}' in decisions/",
            mark=said("not-asked", party=label),
        )
    elif party.outcome == NO_RESPONSE and party.deadline:
        last = edtf_days(party.deadline)[1]
        if last is None or now.date() <= date.fromordinal(int(last)):
            yield Held(
                file=story.file,
                line=party.line,
                message=f"{label} has until {party.deadline} to reply; wait until that day is "
                f"over, or decide 'override gate' with 'story: {story.key}' in decisions/",
                mark=said("may-reply", party=label, day=party.deadline),
            )
