"""Exposure classes: whose name may leave the desk without a decision.

Only public officials, senior staff, spokespeople, public figures and authors (bylines) leave by
default; everyone else leaves as a role until an editor's decision, with a second person, says
otherwise.
"""

from __future__ import annotations

NAMED_BY_DEFAULT = frozenset(
    {"public official", "senior staff", "spokesperson", "public figure", "author"}
)
SEALED_BY_DEFAULT = frozenset({"junior staff", "private", "minor", "wrongly accused"})
EXPOSURES = NAMED_BY_DEFAULT | SEALED_BY_DEFAULT
SEALED = "sealed"
"""What stands in a case file in place of a withheld name."""
