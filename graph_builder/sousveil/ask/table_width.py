"""How wide tables of text are: as the terminal, or as they need where something else reads them."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

UNCUT = 1_000_000
"""A width in columns in which no table is cut or wrapped."""


def table_console(width: int | None = None) -> tuple[Console, io.StringIO]:
    """Return what tables are printed with, and the text it writes.

    Args:
        width: in columns; by default the terminal's, and UNCUT where standard output is none.
    """
    from rich.console import Console

    if width is None and not sys.stdout.isatty():
        width = UNCUT
    file = io.StringIO()
    return Console(width=width, file=file, color_system=None), file
