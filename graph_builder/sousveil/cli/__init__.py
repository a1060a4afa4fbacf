"""The command line; it mirrors the Python API, verb for verb."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from sousveil.cli.app import run

    sys.exit(run(sys.argv[1:]))
