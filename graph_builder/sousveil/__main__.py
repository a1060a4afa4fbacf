"""`python -m sousveil` is the command line."""

from sousveil.cli import main

main()
