"""Untrusted text on its way into HTML, and the policy that lets a page's own parts run only."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

_BREAKERS = "<>&\u2028\u2029"


@lru_cache(maxsize=16_384)  # the labels of a case stand on its pages again and again
def text(value: str) -> str:
    """Return text for the content of an element or a quoted attribute."""
    return escape(value, quote=True)


def address(url: str | None) -> str | None:
    """Return a web address if it is one that may stand in a link: http or https, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:  # brackets that do not match, or a port that is no number
        return None
    plain = all(c.isprintable() and not c.isspace() and c != "\\" for c in url)
    return url if parts.scheme in ("http", "https") and host and plain else None


def link(url: str | None, words: str) -> str:
    """Return words as a link where the address may stand in one, else as plain text."""
    safe = address(url)
    if safe is None:
        return text(words)
    return f'<a href="{text(safe)}" target="_blank" rel="noopener noreferrer">{text(words)}</a>'


def json_text(value: Any) -> str:
    """Return JSON that can stand inside a script element: nothing in it can end the element."""
    found = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in _BREAKERS:
        found = found.replace(character, f"\\u{ord(character):04x}")
    return found


def policy(scripts: Iterable[str], styles: Iterable[str], frames: str = "'none'") -> str:
    """Return a Content-Security-Policy by hash: these scripts and styles, and nothing else loads.

    Standard: CSP Level 3, as a meta element; `frame-ancestors` cannot stand there.
    """
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        f"img-src data:; frame-src {frames}; base-uri 'none'; form-action 'none'"
    )


def _hashes(parts: Iterable[str]) -> str:
    found = [
        f"'sha256-{base64.b64encode(hashlib.sha256(p.encode('utf-8')).digest()).decode()}'"
        for p in parts
    ]
    return " ".join(found) or "'none'"
