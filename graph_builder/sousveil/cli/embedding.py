"""The command that makes a page to put into an article: embed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.output import OutputOption, named_file
from sousveil.cli.terminal import (
    CapturesOption,
    CaseOption,
    ProfileOption,
    opened,
    profile_named,
    progress,
    say,
    tell,
)


def embed(
    chosen: Annotated[
        str,
        typer.Argument(
            metavar="STORY|ENTITY", help="The key of a story, or a name, key or IRI of an entity."
        ),
    ],
    case: CaseOption = None,
    output: OutputOption = None,
    theme: Annotated[
        str, typer.Option(help="auto follows the reader's device; or light, or dark.")
    ] = "auto",
    language: Annotated[
        str | None, typer.Option(help="Of an entity's buttons: en, de or es; a story has its own.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Also write the picture as SVG.")] = None,
    png: Annotated[
        Path | None, typer.Option(help="Also write it as PNG (needs the extra `pictures`).")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Also write it as PDF (needs the extra `pictures`).")
    ] = None,
    oembed: Annotated[
        Path | None, typer.Option(help="A folder for page, oembed.json and snippet; needs --url.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where that folder will lie on the web.")] = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Make it, marked, although an embargo holds or a reply is still due."
        ),
    ] = False,
    captures: CapturesOption = None,
    profile: ProfileOption = "public",
) -> None:
    """Write one interactive HTML file with the evidence of every link, ready for an article.

    It needs no network and stores nothing; docs/embedding.md has the snippet for the page around.
    Under embargo, or while a party of the story is still to be asked, it is refused.

    Example: sousveil embed gifts --case cases/ring-lapd -o embeds/gifts.html
    """
    from sousveil.errors import UsageError
    from sousveil.pipeline.embed import embed_bytes, embed_of, oembed_files, picture_bytes
    from sousveil.pipeline.strays import write_output
    from sousveil.vocabulary.words import counted

    wanted = profile_named(profile)
    if (oembed is None) != (url is None):
        raise UsageError("--oembed FOLDER and --url ADDRESS go together")
    files: dict[Path, bytes] = {}
    with opened(case, captures) as found, progress("embedding") as told:
        told("choosing")
        made = embed_of(found, chosen, wanted, language, draft=draft)
        told("drawing")
        data = embed_bytes(found, made, wanted, theme)
        if oembed is not None and url is not None:
            for name, content in oembed_files(made, data, url).items():
                files[oembed / name] = content
        for form, path in (("svg", svg), ("png", png), ("pdf", pdf)):
            if path is not None:
                told(form)
                files[path] = picture_bytes(found, made, wanted, form)
    for path, content in files.items():
        write_output(path, content)
        tell(f"wrote {path}")
    if output is None and files:
        return
    file = named_file(output)
    if file is None:
        sys.stdout.buffer.write(data)
        return
    write_output(file, data)
    things = counted(len(made.scene.nodes), "thing")
    say(f"wrote {file}: {things}, {counted(len(made.scene.links), 'link')}")
