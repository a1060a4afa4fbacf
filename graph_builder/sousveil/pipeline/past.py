"""A case as it was at a git revision, in a folder of its own; no checkout, nothing is changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sousveil.errors import OutsideError, UsageError
from sousveil.readers.case_place import CASE_FILE

_PARTS = ("entities/", "sources/", "decisions/", "stories/")
_FILES = (CASE_FILE, "judgements.csv")
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_REGULAR = ("100644", "100755")


@contextmanager
def case_at(folder: Path, revision: str) -> Iterator[Path]:
    """Write the files of a case as a revision has them to a temporary folder, and yield it.

    Today's case.yaml stands there: another base, language or title is no change of a claim.
    Raises UsageError where the folder is in no git repository, the revision is unknown or the case
    was not in it; OutsideError where git is missing or fails.
    """
    root = _git(folder, "rev-parse", "--show-toplevel")
    if root is None:
        raise UsageError(f"'{folder}' is in no git repository: there is nothing to compare with")
    # Whatever a revision is called, git must not read it as an option.
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
    )
    if commit is None:
        raise UsageError(f"git knows no revision '{revision}' here; name a commit, branch or tag")
    prefix = (_git(folder, "rev-parse", "--show-prefix") or b"").rstrip(b"\n")
    blobs = _blobs(folder, commit.decode().strip(), prefix)
    if CASE_FILE not in blobs:
        raise UsageError(f"the case '{folder}' was not in the revision '{revision}'")
    with tempfile.TemporaryDirectory(prefix="sousveil-") as made:
        for name, data in zip(blobs, _contents(folder, list(blobs.values())), strict=True):
            path = Path(made) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (Path(made) / CASE_FILE).write_bytes((folder / CASE_FILE).read_bytes())
        yield Path(made)


def _blobs(folder: Path, commit: str, prefix: bytes) -> dict[str, str]:
    """Return the files of the case format at a commit: name within the case, id of its content."""
    path = prefix.rstrip(b"/")
    tree = _git(folder, "rev-parse", "--verify", "--quiet", f"{commit}:{os.fsdecode(path)}")
    if tree is None:
        return {}
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", tree.decode().strip()) or b""
    found: dict[str, str] = {}
    for entry in listed.split(b"\0"):
        about, _, raw = entry.partition(b"\t")
        name = os.fsdecode(raw)
        # A link is not followed: what it led to then is not known.
        of_the_format = name in _FILES or (name.startswith(_PARTS) and name.count("/") == 1)
        if of_the_format and about.split()[0].decode() in _REGULAR:
            found[name] = about.split()[2].decode()
    return found


def _contents(folder: Path, ids: list[str]) -> Iterator[bytes]:
    """Yield the content of each blob, byte for byte as git keeps it."""
    data = _git(folder, "cat-file", "--batch", feed="".join(f"{i}\n" for i in ids).encode())
    rest = data or b""
    for _ in ids:
        head, _, rest = rest.partition(b"\n")
        words = head.split()
        if len(words) != 3:
            raise OutsideError(
                f"git lacks a file of that revision ({head.decode(errors='replace')}); "
                "is this a partial clone? `git fetch` it first"
            )
        size = int(words[2])
        yield rest[:size]
        rest = rest[size + 1 :]


def _git(folder: Path, *words: str, feed: bytes = b"") -> bytes | None:
    """Return what git prints, or None where it refuses; raises OutsideError where it is missing."""
    # A hook of git sets these, relative to another folder than ours.
    kept = {k: v for k, v in os.environ.items() if k not in _OF_A_HOOK}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *words],  # noqa: S607
            input=feed,
            capture_output=True,
            check=False,
            env={**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except OSError as error:
        raise OutsideError(f"git cannot be run ({error.strerror}); install git first") from error
    if b"dubious ownership" in done.stderr:
        raise OutsideError(
            f"git does not trust '{folder}', which belongs to somebody else; "
            "see `git config --global --add safe.directory`"
        )
    return done.stdout if done.returncode == 0 else None
