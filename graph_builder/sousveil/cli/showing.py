"""The command that shows one thing: show."""

from __future__ import annotations

from typing import Annotated

import typer

from sousveil.cli.asking import (
    HappenedOption,
    RecordedOption,
    ReportedOption,
    as_of_times,
    opened_for,
)
from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    profile_named,
    say,
    say_json,
)


def show(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A name, a key or an IRI.")],
    case: CaseOption = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
    neighbours: Annotated[
        bool, typer.Option("--neighbours", help="Only what it is linked to, relation by relation.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="With --neighbours: how many links are shown.")
    ] = 50,
    json: JsonOption = False,
    happened: HappenedOption = None,
    reported: ReportedOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Show one entity: every claim about it with its evidence, retracted ones too.

    With --neighbours its links are told relation by relation, accepted and well documented ones
    first; terms, numbers and texts are no neighbours.

    Example: sousveil show Pillar --case cases/ring-lapd

    Example: sousveil show Ring --neighbours --limit 20 --case cases/ring-lapd
    """
    from sousveil.ask.neighbours import find_neighbours, neighbours_text
    from sousveil.ledger.lookup import find_entity
    from sousveil.view.entity_text import entity_data, entity_text

    wanted = profile_named(profile)
    as_of = as_of_times(happened, reported, recorded)
    with opened_for(case, captures, wanted, as_of) as found:
        words = found.words(wanted)
        iri = find_entity(found.tables, entity)
        if neighbours:
            near = find_neighbours(words, iri, limit, found.as_of.words(), found.left_out)
            if json:
                say_json(near.as_dict())
            else:
                say(neighbours_text(near))
            return
        if json:
            say_json(entity_data(words, iri))
            return
        for name, time in found.as_of.words().items():
            say(f"as of: {name} {time}")
        say(entity_text(words, iri))
        for line in found.left_out:
            say(line)
