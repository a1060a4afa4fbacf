"""Whether RDF takes a text as the base of a case or as a language tag."""

from __future__ import annotations

import re

import pyoxigraph as ox

BASE_FORM = "an http(s) IRI that ends in / or #"
BASE = re.compile(r"https?://[^\s<>\"{}|\\^`/?#][^\s<>\"{}|\\^`]*[/#]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def is_base(text: str) -> bool:
    """Tell whether names can begin with a text: an absolute IRI (RFC 3987) of the web."""
    if not BASE.fullmatch(text) or not text.isprintable():
        return False
    try:
        ox.NamedNode(text + "key")
    except ValueError:
        return False
    return True


def is_language_tag(text: str) -> bool:
    """Tell whether a text is a language tag (BCP 47) that begins with a language."""
    if not LANGUAGE.fullmatch(text):
        return False
    try:
        ox.Literal("x", language=text)
    except ValueError:
        return False
    return True
