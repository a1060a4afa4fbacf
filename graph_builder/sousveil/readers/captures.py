"""Captures: the saved documents that passages and quotations are checked against.

They are named by file name and SHA-256 in a source's header and looked up in the case's untracked
`captures/` folder and in folders that the user names; without one, passages are checked no further
than their form.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from sousveil.model.passages import normalised, passage_hash, passages
from sousveil.readers.problems import Problems
from sousveil.readers.yaml_text import Text


@dataclass(frozen=True, kw_only=True)
class Capture:
    """The passages of a saved document, by their number as text."""

    texts: dict[str, str]

    def holds(self, words: str, passage: str | None) -> bool:
        """Tell whether words stand in a passage, or anywhere when the passage has no number."""
        wanted = normalised(words)
        if passage in self.texts:
            return wanted in normalised(self.texts[passage])
        return any(wanted in normalised(text) for text in self.texts.values())


@dataclass
class Captures:
    """Looks captures up and checks their hash."""

    folders: tuple[Path, ...]
    problems: Problems
    missing: set[str] = field(default_factory=set)

    def load(self, name: Text, sha256: str | None, file: str) -> Capture | None:
        """Return a capture, or None when it is not at hand or is not the one that was recorded."""
        if name.text != Path(name.text).name or name.text in (".", ".."):
            self.problems.error(
                file,
                name.line,
                f"'{name.text}' leads out of the case folder; a capture is a file name, "
                "looked up in captures/ and in the folders given with --captures",
            )
            return None
        places = (f / name.text for f in self.folders)
        # Path.is_file raises where a name is longer than the disk takes
        path = next((p for p in places if os.path.isfile(p)), None)  # noqa: PTH113
        if path is None:
            if any(os.path.isdir(folder / name.text) for folder in self.folders):  # noqa: PTH112
                self.problems.error(
                    file, name.line, f"the capture '{name.text}' is a folder; it must be a file"
                )
            else:
                self.missing.add(name.text)
            return None
        try:
            raw = path.read_bytes()
        except OSError as error:
            self.problems.error(
                file, name.line, f"cannot read the capture '{name.text}': {error.strerror}"
            )
            return None
        if sha256 is not None and hashlib.sha256(raw).hexdigest() != sha256:
            self.problems.error(
                file,
                name.line,
                f"the capture '{name.text}' is not the one recorded here: its SHA-256 is "
                f"{hashlib.sha256(raw).hexdigest()}; a changed document is a new source",
            )
            return None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return None
        numbered = enumerate(passages(text), start=1)
        return Capture(texts={str(number): passage for number, passage in numbered})


def hashes(capture: Capture) -> dict[str, str]:
    """Return the hash of each passage of a capture."""
    return {number: passage_hash(text) for number, text in capture.texts.items()}
