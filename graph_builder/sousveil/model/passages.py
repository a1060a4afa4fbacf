"""Passages of a saved document: numbered paragraphs, their normal form and its hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_BREAK = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+")
_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"}
)


def passages(text: str) -> list[str]:
    """Split a document into its paragraphs (parted by blank lines), numbered from 1 by position."""
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


def normalised(text: str) -> str:
    """Return the form that is hashed and searched: NFKC, straight quotes, single spaces."""
    straight = unicodedata.normalize("NFKC", text).translate(_STRAIGHT)
    return " ".join(straight.split())


def passage_hash(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a passage's normal form."""
    return hashlib.sha256(normalised(text).encode("utf-8")).hexdigest()[:16]
