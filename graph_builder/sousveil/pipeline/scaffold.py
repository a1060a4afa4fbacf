"""Starting things: the bundled case copied, an empty case, a source file for a saved document."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from sousveil.content import content_folder
from sousveil.errors import OutsideError, UsageError
from sousveil.model.passages import passage_hash, passages
from sousveil.model.records import Severity
from sousveil.pipeline.editor_files import modeline, write_editor_files
from sousveil.pipeline.writing import write_file
from sousveil.readers.case_folder import CaseRows, read_case
from sousveil.readers.case_place import CASE_FILE
from sousveil.readers.entities import KEY, KEY_FORM
from sousveil.readers.iris import BASE_FORM, is_base
from sousveil.readers.source_options import header_problems
from sousveil.vocabulary.loading import load_vocabulary
from sousveil.vocabulary.words import did_you_mean, fold

DEMO = "ring-lapd"
_PLAIN = re.compile(r"\w(?:[\w .,;/()'’?&=%+~@!–-]|:(?=\S)|(?<=\S)#)*")
_IGNORED = ("private", "captures", "build")
_GITIGNORE = "".join(f"{name}/\n" for name in _IGNORED)

_CASE = """format: 1
{title}
base: {base}
language: en
licence: CC BY 4.0
embargo: none
"""

_ENTITIES = """# Type, then key: Name. No facts here. `sousveil ontology docs` lists the types.
Organization:
  desk: Our desk
"""


def bundled_cases() -> list[str]:
    """Return the names of the bundled cases, in order."""
    return sorted(path.parent.name for path in content_folder("cases").glob(f"*/{CASE_FILE}"))


def copy_demo(folder: Path, name: str = DEMO) -> None:
    """Copy a bundled case to a folder that does not exist yet, or is empty."""
    names = bundled_cases()
    if name not in names:
        hint = did_you_mean(name, names) or f"; there are {', '.join(names)}"
        raise UsageError(f"--case: no bundled case '{name}'{hint}")
    _must_be_free(folder)
    try:
        shutil.copytree(
            content_folder("cases") / name,
            folder,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("private", "captures", "build", "stores"),
        )
    except OSError as error:
        raise OutsideError(f"cannot copy the case to '{folder}': {error}") from error
    write_file(folder / ".gitignore", _GITIGNORE.encode())
    write_editor_files(folder)


def new_case(folder: Path, title: str | None, base: str | None) -> Iterator[str]:
    """Start an empty case; yields what was written and what to do next."""
    _must_be_free(folder)
    name = fold(folder.absolute().name)
    if not KEY.fullmatch(name):
        raise UsageError(f"'{folder.name}' makes no name for a case: use {KEY_FORM}")
    if base and not is_base(base):
        raise UsageError(f"--base: '{base}' is not {BASE_FORM}")
    text = _CASE.format(
        title=_line("title", title or name.replace("-", " ").capitalize()),
        base=base or f"https://example.org/case/{name}/",
    )
    write_editor_files(folder)
    entities = modeline(folder, "entities") + _ENTITIES
    write_file(folder / CASE_FILE, (modeline(folder, "case") + text).encode("utf-8"))
    write_file(folder / "entities" / "organisations.yaml", entities.encode("utf-8"))
    write_file(folder / ".gitignore", _GITIGNORE.encode())
    for sub in ("sources", "decisions"):
        (folder / sub).mkdir(exist_ok=True)
    yield f"started a case in {folder}"
    if base is None:
        yield f"its names begin with https://example.org/case/{name}/; set 'base:' before you cite"
    yield "next: add who it is about to entities/, then `sousveil source new FILE`"
    yield "captures/, private/ and judgements.csv come when they are needed"


def _must_be_free(folder: Path) -> None:
    if (folder / CASE_FILE).is_file():
        raise UsageError(
            f"'{folder}' holds a case already; build it with `sousveil build {folder}`"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"'{folder}' is not empty; name a new folder")


def _must_be_unused(key: str, rows: CaseRows) -> None:
    """Refuse a key by which a thing of the case is found already, such as a paper's name."""
    named = {e.iri: e for e in rows.entities}
    words = [(e.key, e) for e in rows.entities]
    words += [(n.value, named[n.entity]) for n in rows.names if n.entity in named]
    for word, entity in words:
        if fold(word) == fold(key):
            raise UsageError(
                f"'{key}' means {entity.label} ({entity.type}) here; give the source another key "
                f"with --key, such as {key}-article"
            )


def _document(file: Path) -> tuple[bytes, list[str]]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"'{file}' cannot be read: {error.strerror}") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"'{file}' is not UTF-8 text; save the document as plain text first"
        ) from error
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "%pdf")):
        raise UsageError(f"'{file}' is HTML or PDF; save its text as plain text first")
    found = passages(text)
    if not found:
        raise UsageError(f"'{file}' is empty")
    return raw, found


def passage_lines(file: Path) -> Iterator[str]:
    """Yield the passages of a document with their numbers."""
    _, found = _document(file)
    for number, text in enumerate(found, start=1):
        yield f"{number:>4}  {' '.join(text.split())}"


def new_source(
    case: Path, file: Path, key: str | None, header: Mapping[str, str | None]
) -> Iterator[str]:
    """Write a source file for a saved document; yields what was written, and the passages."""
    raw, found = _document(file)
    name = key or fold(file.stem)
    if not KEY.fullmatch(name):
        other = "" if key else "; give one with --key"
        raise UsageError(f"'{name}' is not a key: {KEY_FORM}{other}")
    if file.name != " ".join(file.name.split()):
        raise UsageError(f"'{file.name}': rename it, with single spaces within its name only")
    path = case / "sources" / f"{name}.yaml"
    if path.exists():
        raise UsageError(
            f"'{path}' is there already; edit it, delete it, or give another key with --key"
        )
    vocabulary = load_vocabulary()
    rows = read_case(case, vocabulary)
    _must_be_unused(name, rows)
    remarks = header_problems(rows, vocabulary, name, header)
    for word, problem in remarks:
        if problem.severity == Severity.ERROR:
            raise UsageError(f"--{word}: {problem.message}")
    shelved = case / "captures" / file.name
    if shelved.exists() and shelved.read_bytes() != raw:
        raise UsageError(f"'{shelved}' is another document; rename '{file.name}' first")
    lines = [*_header_lines(header, name), _line("capture", file.name)]
    lines += [f"sha256: {hashlib.sha256(raw).hexdigest()}", "passages:"]
    lines += [f"  {number}: {passage_hash(text)}" for number, text in enumerate(found, start=1)]
    lines += [
        "",
        "# Leave the lines above, and write below: one block per thing that a passage says.",
        "# says:",
        "# - about: NAME OR KEY",
        "#   at: 1",
        "#   RELATION: VALUE",
    ]
    if shelved.absolute() != file.absolute():
        write_file(shelved, raw)
    text = modeline(case, "source") + "\n".join(lines) + "\n"
    write_file(path, text.encode("utf-8"))
    yield f"wrote {path} and {shelved}"
    if _lies_open(case, file):
        yield (
            f"'{file}' itself still lies inside the case, where git would take it in: "
            f"delete it, {shelved} is kept"
        )
    yield from (f"warning: {problem.message}" for _, problem in remarks)
    wanted = ["title", "publisher", "read"]
    if header.get("kind") == "Correction":
        wanted.append("corrects")
    missing = [f"'{word}:'" for word in wanted if not header.get(word)]
    if missing:
        name_only = " (now the name of the file)" if not header.get("title") else ""
        yield f"still to fill in: {', '.join(missing)}".replace("'title:'", f"'title:'{name_only}")
    yield "its passages, for 'at:':"
    for number, text in enumerate(found, start=1):
        yield f"{number:>4}  {' '.join(text.split())}"


def _lies_open(case: Path, file: Path) -> bool:
    """Tell whether a document lies in a case, but in none of the folders that git ignores."""
    place, folder = file.resolve(), case.resolve()
    if not place.is_relative_to(folder):
        return False
    return place.relative_to(folder).parts[0] not in _IGNORED


def _header_lines(header: Mapping[str, str | None], name: str) -> Iterator[str]:
    title = header.get("title") or name.replace("-", " ")
    for word, value in (("title", title), *((w, v) for w, v in header.items() if w != "title")):
        if value is None and word == "url":
            continue
        yield _line(word, value or "")


def _line(word: str, value: str) -> str:
    """Return a line of YAML that reads as this value; raises UsageError for control characters."""
    clean = " ".join(value.split())
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in clean):
        raise UsageError(f"{word} {clean!r} holds a character that is no text; write it without")
    if not clean:
        return f"{word}:"
    return f"{word}: {clean}" if _PLAIN.fullmatch(clean) else f"{word}: |\n  {clean}"
