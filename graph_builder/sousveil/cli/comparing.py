"""Commands that compare a case with what it would be, or was: impact, changes."""

from __future__ import annotations

from typing import Annotated

import typer

from sousveil.cli.output import format_of
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


def changes(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A build, a case folder, or a git revision of the case at hand."
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="[NEW]", help="The same; by default the case at hand as it is."),
    ] = None,
    case: CaseOption = None,
    profile: Annotated[
        str | None,
        typer.Option(help="In which profile a case is read; by default that of the build, public."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="table, json or md.")] = "table",
    json: JsonOption = False,
) -> None:
    """Tell what changed between two states of a case: claims, links, things, stories.

    A claim is gone, has another value, is no longer (or only now) accepted, of another standing,
    has other origins or other evidence, or is new; where an editor decided so, the reason follows.
    --format md writes a correction note with the evidence in footnotes. Builds are compared as
    they were written, whatever this version would make of them.

    Example: sousveil changes old-build new-build

    Example: sousveil changes HEAD~1 --case cases/ring-lapd --format md
    """
    from sousveil.ask.changes_text import changes_markdown, changes_text
    from sousveil.cli.terminal import case_folder
    from sousveil.errors import UsageError
    from sousveil.pipeline.changes import changes_of

    name = format_of(format_, ("table", "json", "md"), json=json)
    wanted = None if profile is None else profile_named(profile)
    try:
        folder = case_folder(case)
    except UsageError:
        if case is not None or new is None:
            raise
        folder = None
    with progress("comparing"):
        found = changes_of(old, new, folder, wanted)
    if name == "json":
        say_json(found.as_dict())
    else:
        say((changes_markdown if name == "md" else changes_text)(found))
