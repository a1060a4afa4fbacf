"""In which format a command answers, and where the answer goes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.terminal import say

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file; by default standard output.")
]


def named_file(output: Path | None) -> Path | None:
    """Return the file that -o names; None for standard output, which is also called `-`."""
    return None if output == Path("-") else output


def format_of(
    given: str | None, formats: Collection[str], *, json: bool, output: Path | None = None
) -> str:
    """Return the format that is meant: the one named, else that of the file's ending, else a table.

    Raises UsageError for a format that the command does not have.
    """
    from sousveil.errors import UsageError

    if json:
        return "json"
    if given is None:
        ending = output.suffix[1:].lower() if output is not None else ""
        return ending if ending in formats else "table"
    if given not in formats:
        raise UsageError(f"no format '{given}'; there are: {', '.join(formats)}")
    return given


def write(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file, whole or not at all."""
    file = named_file(output)
    if file is None:
        say(text)
        return
    from sousveil.pipeline.strays import write_output

    write_output(file, (text if text.endswith("\n") else text + "\n").encode("utf-8"))
    say(f"wrote {file}")
