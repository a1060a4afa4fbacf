"""Two states of a case, wherever they are: a build, a case folder, a git revision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from sousveil.ask.changes import CaseState, Changes, StoryState, changes_between
from sousveil.errors import OutsideError, SousveilError, UsageError
from sousveil.graph.read_back import NoCase, read_back
from sousveil.ledger.profile import Profile
from sousveil.model.story import Story
from sousveil.pipeline.case import Case
from sousveil.pipeline.past import case_at
from sousveil.readers.case_place import CASE_FILE
from sousveil.vocabulary.loading import load_vocabulary

QUADS = "graph.nq"


class NotRead(SousveilError):
    """A file of N-Quads is damaged, or is of no case."""


def changes_of(
    old: str, new: str | None, folder: Path | None, profile: Profile | None = None
) -> Changes:
    """Return what changed from `old` to `new`; None is the case in `folder` as it is.

    Each is the folder of a build, a file of N-Quads, the folder of a case, or a git revision of
    the case in `folder`. A case is read in `profile`; by default in that of the build it is
    compared with, public where there is none. Raises UsageError for what is none of these, and
    for two different cases; NotRead for a damaged build; ProblemsFound for a case with errors.
    """
    vocabulary = load_vocabulary()
    wanted = [old, new]
    built = [_built(Path(name)) if name is not None else None for name in wanted]
    states: list[CaseState | None] = [
        _from_file(name, file) if name is not None and file is not None else None
        for name, file in zip(wanted, built, strict=True)
    ]
    known = next((Profile(s.read.profile) for s in states if s is not None), Profile.PUBLIC)
    then, now = (
        state or _from_case(name, folder, profile or known)
        for name, state in zip(wanted, states, strict=True)
    )
    if then.read.base != now.read.base:
        raise UsageError(
            f"two different cases: '{then.name}' is of '{then.read.title}' ({then.read.base}), "
            f"'{now.name}' of '{now.read.title}' ({now.read.base}); name two states of one"
        )
    return changes_between(then, now, vocabulary)


def _built(path: Path) -> Path | None:
    """Return the file of N-Quads of a build, None where the path is none."""
    if path.is_file():
        return path
    if (path / CASE_FILE).is_file() or not path.is_dir():
        return None
    if not (path / QUADS).is_file():
        raise UsageError(
            f"'{path}' is neither a case nor a build: it has no {CASE_FILE} and no {QUADS}"
        )
    return path / QUADS


def _from_file(name: str, file: Path) -> CaseState:
    try:
        quads = ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS)
        read = read_back(quads, load_vocabulary())
    except OSError as error:
        raise OutsideError(f"cannot read '{file}': {error.strerror}") from error
    except (SyntaxError, NoCase, KeyError, IndexError, ValueError) as error:
        raise NotRead(
            f"{file}: cannot be read as the N-Quads of a case ({error}); build the case anew"
        ) from error
    pages = sorted((file.parent / "stories").glob("*.html")) if file.name == QUADS else []
    stories = {
        page.stem: StoryState(
            key=page.stem,
            title=page.stem,
            version=None,
            fingerprint=hashlib.sha256(page.read_bytes()).hexdigest(),
            claims=frozenset(),
            page=True,
        )
        for page in pages
    }
    return CaseState(name=name, read=read, stories=stories)


def _from_case(name: str | None, folder: Path | None, profile: Profile) -> CaseState:
    if name is not None and (Path(name) / CASE_FILE).is_file():
        return _opened(name, Path(name), profile)
    if folder is None:
        raise UsageError(
            f"'{name}' is no folder of a case or a build; for a git revision, name the case with "
            "--case or stand in it"
        )
    if name is None:
        return _opened("the case as it is", folder, profile)
    with case_at(folder, name) as past:
        return _opened(name, past, profile)


def _opened(name: str, folder: Path, profile: Profile) -> CaseState:
    with Case.open(folder) as case:
        read = read_back(case.quads(profile), case.vocabulary)
        stories = {story.key: _story(story) for story in case.stories.values()}
    return CaseState(name=name, read=read, stories=stories)


def _story(story: Story) -> StoryState:
    said = [
        repr(getattr(story, f)) for f in story.__dataclass_fields__ if f not in ("file", "line")
    ]
    return StoryState(
        key=story.key,
        title=story.title,
        version=story.version,
        fingerprint=hashlib.sha256(_joined(said)).hexdigest(),
        claims=frozenset(id_ for step in story.steps for id_ in step.claims),
        page=False,
    )


def _joined(texts: Iterable[str]) -> bytes:
    return "\0".join(texts).encode()
