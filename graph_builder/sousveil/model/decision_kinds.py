"""The words for what an editor can decide, as decision files have them."""

from __future__ import annotations

PUBLISH_NAME = "publish name"
CHOOSE_VALUE = "choose value"
LEAVE_OPEN = "leave open"
RETRACT_SOURCE = "retract source"
CORRECT = "correct"
OVERRIDE_GATE = "override gate"
