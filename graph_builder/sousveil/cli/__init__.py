"""The command line; it mirrors the Python API, verb for verb."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from importlib.machinery import ExtensionFileLoader
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    What was registered for the end is done; but the process ends without freeing one by one what it
    holds, which after a large case takes a tenth of a second.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored
        signal.signal(signal.SIGINT, _interrupt)
    # A case is many small objects and no cycles; looking for these costs a quarter of a build.
    gc.set_threshold(200_000, 20, 100)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    try:
        from sousveil.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line began, or after it
        code = INTERRUPTED
    atexit._run_exitfuncs()
    _leave(code)


def _leave(code: int) -> NoReturn:
    with suppress(OSError):
        if code == INTERRUPTED:
            sys.stderr.write("sousveil: interrupted\n")
        sys.stderr.flush()
    os._exit(code)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt, or leave at once while a module in C is loaded, which would abort.

    What a build has begun by then is cleared away by the next one, as after a kill.
    """
    inner = frame
    while inner is not None:
        if isinstance(inner.f_locals.get("self"), ExtensionFileLoader):
            _leave(INTERRUPTED)
        inner = inner.f_back
    signal.default_int_handler(number, frame)
