"""Commands that compare a case with what it would be, or was: impact."""

from __future__ import annotations

from typing import Annotated

import typer

from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    opened,
    profile_named,
    progress,
    say,
    say_json,
)


def impact(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A source by its key, title, file or IRI.")
    ],
    case: CaseOption = None,
    captures: CapturesOption = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Ask this question only; may be given again."),
    ] = None,
    no_answers: Annotated[
        bool, typer.Option("--no-answers", help="Ask no questions: claims and stories only.")
    ] = False,
    profile: ProfileOption = "public",
    json: JsonOption = False,
) -> None:
    """Tell what falls if a source is withdrawn: claims, derived links, answers, stories.

    Its evidence is taken out, and all that relays it and nothing else; everything is computed anew
    as for a case that never had it. A claim is gone, no longer (or only now) accepted, of another
    standing, or has fewer origins or less evidence. Questions that need a parameter are asked of
    every thing that their changed rows are about. Nothing of the case is changed.

    Example: sousveil impact techtimes-2021-06-17 --case cases/ring-lapd
    """
    from sousveil.ask.impact_text import impact_text
    from sousveil.errors import UsageError
    from sousveil.pipeline.impact import impact_of

    if question and no_answers:
        raise UsageError("--question and --no-answers exclude each other")
    wanted = profile_named(profile)
    with opened(case, captures) as found, progress("asking") as told:
        asked = () if no_answers else question
        fallen = impact_of(found, source, questions=asked, profile=wanted, progress=told)
    if json:
        say_json(fallen.as_dict())
    else:
        say(impact_text(fallen))
