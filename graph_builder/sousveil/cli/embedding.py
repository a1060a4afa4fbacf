"""The command that makes a page to put into an article: embed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    ProfileOption,
    opened,
    profile_named,
    progress,
    say,
)


def embed(
    chosen: Annotated[
        str,
        typer.Argument(
            metavar="STORY|ENTITY", help="The key of a story, or a name, key or IRI of an entity."
        ),
    ],
    case: CaseOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; by default standard output.")
    ] = None,
    theme: Annotated[
        str, typer.Option(help="auto follows the reader's device; or light, or dark.")
    ] = "auto",
    language: Annotated[
        str | None, typer.Option(help="Of an entity's buttons: en, de or es; a story has its own.")
    ] = None,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
) -> None:
    """Write one interactive HTML file with the evidence of every link, ready for an article.

    It needs no network and stores nothing; docs/embedding.md has the snippet for the page around.

    Example: sousveil embed gifts --case cases/ring-lapd -o gifts.html
    """
    from sousveil.pipeline.embed import embed_bytes, embed_of
    from sousveil.pipeline.writing import write_file

    wanted = profile_named(profile)
    with opened(case, captures) as found, progress("embedding") as told:
        told("choosing")
        made = embed_of(found, chosen, wanted, language)
        told("drawing")
        data = embed_bytes(found, made, wanted, theme)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    write_file(output, data)
    say(f"wrote {output}: {len(made.scene.nodes)} things, {len(made.scene.links)} links")
