"""The command that computes on the graph of a case: analyse."""

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
from sousveil.cli.output import format_of
from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    JsonOption,
    ProfileOption,
    profile_named,
    progress,
    say,
)


def analyse(
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="shared, brokers, components, alike or same."),
    ],
    things: Annotated[
        list[str] | None, typer.Argument(metavar="[THING...]", help="Names, keys or IRIs.")
    ] = None,
    case: CaseOption = None,
    captures: CapturesOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Count alleged and contested claims too.")
    ] = False,
    type_: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="CLASS",
            help="List things of this class; by default Agent; 'any' for all. May be given again.",
        ),
    ] = None,
    hops: Annotated[
        int, typer.Option(min=1, max=4, help="For shared: how far away it may be.")
    ] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many rows are shown.")] = 20,
    profile: ProfileOption = "public",
    format_: Annotated[str, typer.Option("--format", help="table, json, csv or md.")] = "table",
    json: JsonOption = False,
    happened: HappenedOption = None,
    reported: ReportedOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Compute on the graph of a case; each row with its claims, each number explained.

    shared A B ...: what two or more things are joined to in common. brokers: who stands between
    the others. components: what hangs together. alike [A]: who is not linked but has the most
    neighbours in common. same A: who else got the same giver, benefit, programme or policy.
    Accepted claims only are counted, unless --all says otherwise.

    Example: sousveil analyse shared Ring "Flock Safety" --case cases/ring-lapd

    Example: sousveil analyse brokers --case cases/ring-lapd
    """  # fmt: skip
    from sousveil.ask.analysis import TYPES, check_kind
    from sousveil.ask.analysis import analyse as compute
    from sousveil.ask.analysis_formats import ANALYSIS_FORMATS
    from sousveil.ledger.lookup import find_entity

    name = format_of(format_, ANALYSIS_FORMATS, json=json)
    check_kind(what, things or [])
    as_of = as_of_times(happened, reported, recorded)
    wanted = profile_named(profile)
    types = TYPES if not type_ else tuple(t for t in type_ if t != "any")
    with opened_for(case, captures, wanted, as_of) as found:
        words = found.words(wanted)
        with progress("computing"):
            result = compute(
                words,
                what,
                [find_entity(found.tables, thing) for thing in things or []],
                every=every,
                types=types,
                hops=hops,
                limit=limit,
                as_of=found.as_of.words(),
                left_out=found.left_out,
            )
    say(ANALYSIS_FORMATS[name](result))
