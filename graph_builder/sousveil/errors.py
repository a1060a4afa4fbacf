"""The one root of this package's exceptions, in three kinds: the data, the call, the outside.

Each message says what is wrong, where, and what to do. The exit code is what the command line
returns when the exception reaches it.
"""

from __future__ import annotations


class SousveilError(Exception):
    """Something is wrong in the user's data (exit code 1)."""

    exit_code = 1


class UsageError(SousveilError):
    """The call itself is wrong: an unknown word, a missing or ill-typed argument (exit code 2)."""

    exit_code = 2


class OutsideError(SousveilError):
    """Something outside failed: a server, a disk, a file that cannot be read (exit code 3)."""

    exit_code = 3
