"""Where a case is: the file that makes a folder one, and the folder one stands in.

Apart from the readers, so that a question to the stores on disk need not load these.
"""

from __future__ import annotations

from pathlib import Path

from sousveil.errors import UsageError

CASE_FILE = "case.yaml"
PRIVATE_FOLDER = "private/"
"""Where the withheld names are, below the case."""
CAPTURES_FOLDER = "captures"
"""Where the case has its saved documents; it may be a link."""
FOLDERS = (
    "entities",
    "sources",
    "decisions",
    CAPTURES_FOLDER,
    "private",
    "queries",
    "tables",
    "stories",
)
"""The folders of a case."""


def find_case(start: Path) -> Path:
    """Return the case folder one stands in: `start` or the nearest folder above with a case.yaml.

    Raises UsageError when there is none.
    """
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / CASE_FILE).is_file():
            return folder
    raise UsageError(
        f"no case here: '{start}' and the folders above hold no {CASE_FILE}; "
        "name a case folder, or start one with `sousveil new FOLDER`"
    )
