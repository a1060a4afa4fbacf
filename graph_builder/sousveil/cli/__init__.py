"""The command line; it mirrors the Python API, verb for verb."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    What was registered for the end is done; but the process ends without freeing one by one what it
    holds, which after a large case takes a tenth of a second.
    """
    from sousveil.cli.app import run

    code = run(sys.argv[1:])
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
