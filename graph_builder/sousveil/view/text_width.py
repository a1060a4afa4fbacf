"""How wide a text is in Arial, without asking the system for a font.

Advance widths in thousandths of the font size, measured on Liberation Sans 2, whose widths are
those of Arial and Helvetica. Other letters are taken as wide as the widest of their kind, so that
a picture has room for whatever font the reader's machine draws them in.
"""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDE, _CAPITAL, _OTHER = 1050, 800, 650
_BOLD = 1.09
_SPARE = 1.02
"""Browsers round the place of each letter to the pixel."""

LINE_HEIGHT = 1.2
_LONGEST = 160
ELLIPSIS = "…"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text, in the unit of `size`."""
    units = sum(_letter(letter) for letter in text)
    return units * size * (_BOLD if bold else 1.0) * _SPARE / 1000


def _letter(letter: str) -> int:
    known = _OF.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return _WIDE
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _OF:
        return _OF[base]
    return _CAPITAL if letter.isupper() else _OTHER


def wrapped(
    text: str, widest: float, size: float, most: int = 3, longest: int = _LONGEST
) -> tuple[str, ...]:
    """Return a label in at most `most` lines no wider than `widest`; what is cut ends with `…`.

    Of a text above `longest` letters the end is not looked at. The lines are made as equally long
    as the words allow. A single word that is too wide is cut.
    """
    words = (text if len(text) <= longest else f"{text[:longest]}{ELLIPSIS}").split() or [""]
    for count in range(1, most + 1):
        found = _balanced(words, count, size)
        if all(text_width(line, size) <= widest for line in found):
            return found
    lines: list[str] = []
    left = list(words)
    while left and len(lines) < most:
        line = left.pop(0)
        while left and text_width(f"{line} {left[0]}", size) <= widest:
            line += f" {left.pop(0)}"
        if text_width(line, size) > widest:
            line = _cut(line, widest, size)
        lines.append(line)
    if left and not lines[-1].endswith(ELLIPSIS):
        lines[-1] = _cut(f"{lines[-1]}{ELLIPSIS}", widest, size)
    return tuple(lines)


def _cut(line: str, widest: float, size: float) -> str:
    keep = line.rstrip(ELLIPSIS)
    while len(keep) > 1 and text_width(keep + ELLIPSIS, size) > widest:
        keep = keep[: len(keep) // 2] if len(keep) > 400 else keep[:-1]
    return keep.rstrip() + ELLIPSIS


def _balanced(words: list[str], count: int, size: float) -> tuple[str, ...]:
    """The words in that many lines, the widest of them as narrow as can be."""
    if count == 1 or len(words) < count:
        return (" ".join(words),)
    if count == 2:
        halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        return min(halves, key=lambda lines: max(text_width(line, size) for line in lines))
    goal = text_width(" ".join(words), size) / count
    line = words[0]
    lines: list[str] = []
    for word in words[1:]:
        longer = f"{line} {word}"
        if len(lines) < count - 1 and text_width(longer, size) > goal * 1.15:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line)
