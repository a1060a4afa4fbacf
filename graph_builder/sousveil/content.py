"""Where the ontology, the named questions, the page parts and the bundled cases are found.

In a wheel they lie in `sousveil/content/`; an editable install lacks that folder, so the
repository's own folders serve.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sousveil.errors import OutsideError


def content_folder(name: str) -> Path:
    """Return the folder of one kind of content: ontology, queries, visualizations, cases.

    Raises OutsideError when neither the installed package nor a repository holds it.
    """
    installed = Path(str(files("sousveil"))) / "content" / name
    repository = Path(__file__).resolve().parents[2] / name
    for folder in (installed, repository):
        if folder.is_dir():
            return folder
    raise OutsideError(
        f"the folder '{name}' is missing from this installation; install sousveil again"
    )
