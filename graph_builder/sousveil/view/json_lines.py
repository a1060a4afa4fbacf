"""JSON with each item of a list on a line of its own; an indent would cost ten times as much."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

_JSON = json.JSONEncoder(ensure_ascii=False)
_text = json.encoder.encode_basestring
"""What an encoder writes a text with. Each call of an encoder costs as much as ten texts."""

_BEGIN, _BETWEEN, _END = "[\n  ", ",\n  ", "\n ]"


class JsonLines(tuple[str, ...]):
    """The items of a list that are JSON already, none with a line's end in it."""

    __slots__ = ()


def json_value(value: Any) -> str:
    """Return a value as JSON, each item of a list that is one on a line of its own."""
    if isinstance(value, JsonLines):
        return _listed(value)
    if isinstance(value, list):
        return _listed(map(json_line, value))
    return _JSON.encode(value)


def _listed(lines: Iterable[str]) -> str:
    text = _BETWEEN.join(lines)
    return f"{_BEGIN}{text}{_END}" if text else "[]"


def lines_of(text: str) -> list[str]:
    """Return the items of a list that `json_value` wrote, as JSON. Raises ValueError otherwise."""
    if text == "[]":
        return []
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        raise ValueError("not a list with its items on lines")
    return text[len(_BEGIN) : -len(_END)].split(_BETWEEN)


def json_line(value: Any) -> str:
    """Return a value as JSON on one line."""
    if isinstance(value, str):
        return _text(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, dict):
        pairs = [
            _key(key) + (_text(one) if isinstance(one, str) else json_line(one))
            for key, one in value.items()
        ]
        return "{" + ", ".join(pairs) + "}"
    return _JSON.encode(value)


@cache
def _key(key: str) -> str:
    return f"{_text(key)}: "
