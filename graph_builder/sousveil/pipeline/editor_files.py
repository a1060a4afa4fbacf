"""What lets an editor complete and mark the files of a case: its schemas, and where they apply."""

from __future__ import annotations

import json
from pathlib import Path

from sousveil.pipeline.writing import write_file
from sousveil.readers.json_schema.files import file_name, schema_files
from sousveil.vocabulary.loading import load_vocabulary

FOLDER = ".sousveil"
"""The folder of a case that holds its schemas; it is kept in git, or other editors lack them."""

SETTINGS = ".vscode/settings.json"
FILES = {
    "case": "case.yaml",
    "entities": "entities/*.yaml",
    "source": "sources/*.yaml",
    "decisions": "decisions/*.yaml",
    "story": "stories/*.yaml",
}
"""Which files of a case each schema is for."""


def write_editor_files(case: Path) -> None:
    """Write the schemas into a case, and settings that apply them where the case is opened."""
    write_schemas(case / FOLDER)
    write_file(case / SETTINGS, settings(FOLDER, FILES))


def write_schemas(folder: Path) -> list[Path]:
    """Write one JSON Schema per kind of case file; returns their paths."""
    found = []
    for name, data in schema_files(load_vocabulary()).items():
        write_file(folder / name, data)
        found.append(folder / name)
    return found


def settings(folder: str, files: dict[str, str]) -> bytes:
    """Return settings of Visual Studio Code that apply the schemas in a folder to files."""
    applied = {f"{folder}/{file_name(kind)}": pattern for kind, pattern in files.items()}
    return (json.dumps({"yaml.schemas": applied}, indent=2) + "\n").encode("utf-8")


def modeline(case: Path, kind: str) -> str:
    """Return the first line of a case file that names its schema to any YAML language server.

    It is empty where the case has no schemas: an editor would complain about a file it cannot find.
    """
    if not (case / FOLDER / file_name(kind)).is_file():
        return ""
    up = "../" if "/" in FILES[kind] else ""
    return f"# yaml-language-server: $schema={up}{FOLDER}/{file_name(kind)}\n"
