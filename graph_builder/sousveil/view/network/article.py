"""The layout of a network for an article: label-aware, in the width of a page or of a phone.

Up to 60 things every label is clear of every other label and thing: room is made for mark and label
as one box, the page grows downwards until no boxes overlap, and a label then leaves its place only
for another that is clear. Above that the page has a fixed shape, and labels that find no place are
shown when one comes nearer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from sousveil.view.network.clearing import Boxes, Clearing, Page, fitted
from sousveil.view.network.formats import ALL_CLEAR, NARROW, RING, WIDE, Format
from sousveil.view.network.labelling import Wording, place_labels
from sousveil.view.network.large import large_layout
from sousveil.view.network.outline import Label, Outline, Placement, Quality
from sousveil.view.network.quality import crossings, inside, passes, pieces
from sousveil.view.network.start import Points, hops, in_reading_order, stressed, turned
from sousveil.view.text_width import LINE_HEIGHT, text_width, wrapped

_STRESSED = 300
"""Above so many things the start is that of a canvas: stress costs the square of them."""

_STARTS = 4
_LABELLED, _FEW = 2, 40
"""How many drafts get labels; where there are few things, all do."""
_ROUNDS, _SWEEPS = 90, 60
_GROWTH = 1.07
_MARGIN = 6.0
_LOW = 15
"""So many pixels of height weigh as much as one of the burden, in which a crossing weighs 6."""
_UPRIGHT = 500
_BENDS = (0.06, -0.06, 0.11, -0.11, 0.17, -0.17)
_FAN, _WIDEST_FAN = 0.09, 0.6


def article_layouts(outline: Outline, forms: Sequence[Format] = (WIDE, NARROW)) -> list[Placement]:
    """Return the best of several layouts per format; the same on every machine."""
    count = len(outline.labels)
    if not count:
        return [_nothing(form) for form in forms]
    radii = _radii(outline)
    starts = _starts(outline)
    return [_best(starts, outline, form, radii) for form in forms]


def _starts(outline: Outline) -> list[Points]:
    count = len(outline.labels)
    if count > _STRESSED:
        x, y = large_layout(count, outline.links)
        return [([float(v) for v in x], [float(v) for v in y])]
    distances = hops(count, outline.links)
    return [stressed(distances, seed) for seed in range(_STARTS if count <= ALL_CLEAR else 1)]


def _best(starts: Sequence[Points], outline: Outline, form: Format, radii: list[int]) -> Placement:
    wordings = _wordings(outline, form)
    upright = form.width < _UPRIGHT
    drafts = []
    for start in starts:
        if len(radii) <= _STRESSED:  # the rows in which a large layout sets its pieces stay level
            start = turned(start, upright=upright)
        placed = in_reading_order(start, outline, upright=upright)
        drafts.append(_draft(placed, outline, form, radii, wordings))
    drafts.sort(key=lambda draft: draft.burden)
    most = _STARTS if len(radii) <= _FEW else _LABELLED
    finished = [_finished(draft, outline, form, radii, wordings) for draft in drafts[:most]]
    return min(finished, key=_burden)


@dataclass(frozen=True, kw_only=True)
class _Draft:
    x: list[float]
    y: list[float]
    height: float
    bends: tuple[float, ...]
    burden: float


def _burden(done: Placement) -> float:
    q = done.quality
    return (
        1000 * q.labels_not_clear
        + 25 * q.links_through_things
        + 6 * q.crossings
        + q.link_under_label / 12
        + done.height / _LOW
    )


def _draft(
    start: Points, outline: Outline, form: Format, radii: list[int], wordings: list[Wording]
) -> _Draft:
    boxes = _boxes(outline, form, _rooms(outline, radii), wordings)
    links = np.asarray(sorted({tuple(sorted(k)) for k in outline.links if k[0] != k[1]}))
    links = links.reshape(-1, 2).astype(np.int64)
    height = _height(boxes, form, len(radii))
    page = Page(width=form.width, height=height)
    at_x, at_y = fitted(np.asarray(start[0]), np.asarray(start[1]), boxes, page)
    clearing = Clearing(boxes, links, form.width)
    at_x, at_y = clearing.arranged(at_x, at_y, height, _ROUNDS)
    at_x, at_y, clear = clearing.separated(at_x, at_y, height, _SWEEPS)
    while not clear and len(radii) <= form.all_clear:
        at_y, height = at_y * _GROWTH, height * _GROWTH
        at_x, at_y, clear = clearing.separated(at_x, at_y, height, _SWEEPS)
    # Whole units: what follows, and the bytes of the picture, cannot depend on a last bit.
    near_x, near_y = [float(round(v)) for v in at_x], [float(round(v)) for v in at_y]
    bends = _bends(near_x, near_y, radii, outline.links)
    through = _through(near_x, near_y, radii, outline.links, bends)
    burden = 25 * through + 6 * crossings(near_x, near_y, outline.links) + height / _LOW
    return _Draft(x=near_x, y=near_y, height=height, bends=bends, burden=burden)


def _finished(
    draft: _Draft, outline: Outline, form: Format, radii: list[int], wordings: list[Wording]
) -> Placement:
    x, y = draft.x, draft.y
    segments = [
        piece
        for (a, b), bend in zip(outline.links, draft.bends, strict=True)
        if a != b
        for piece in pieces(x[a], y[a], x[b], y[b], bend)
    ]
    if len(segments) > 4000:  # a fan of hundreds of parallel links; labels keep off the marks only
        segments = []
    page = (float(form.width), draft.height + form.font)
    rooms = _rooms(outline, radii)
    labels = place_labels(x, y, rooms, wordings, segments, form.font, page)
    top = min(
        *(y[n] - r for n, r in enumerate(rooms)),
        *(la.top for la in labels if la.shown),
        draft.height,
    )
    bottom = max(
        *(y[n] + r for n, r in enumerate(rooms)), *(la.bottom for la in labels if la.shown), 0
    )
    lift = round(_MARGIN - top)
    under = sum(
        inside(piece, (la.left, la.top, la.right, la.bottom))
        for la in labels
        if la.shown
        for piece in segments
    )
    return Placement(
        width=form.width,
        height=round(bottom + lift + _MARGIN),
        font=form.font,
        x=tuple(round(v) for v in x),
        y=tuple(round(v) + lift for v in y),
        radii=tuple(radii),
        labels=tuple(_lifted(la, lift) for la in labels),
        bends=draft.bends,
        quality=Quality(
            crossings=crossings(x, y, outline.links),
            links_through_things=_through(x, y, radii, outline.links, draft.bends),
            labels_not_clear=sum(1 for la in labels if not la.shown),
            link_under_label=round(under),
        ),
    )


def _lifted(label: Label, lift: int) -> Label:
    return replace(label, top=label.top + lift, bottom=label.bottom + lift)


def _nothing(form: Format) -> Placement:
    none = Quality(crossings=0, links_through_things=0, labels_not_clear=0, link_under_label=0)
    return Placement(
        width=form.width, height=40, font=form.font, x=(), y=(), radii=(), labels=(), bends=(),
        quality=none,
    )  # fmt: skip


def _radii(outline: Outline) -> list[int]:
    """The more links, the larger; whole units."""
    if len(outline.labels) <= ALL_CLEAR:
        return [min(14, round(5.5 + 1.5 * sqrt(d))) for d in outline.degrees]
    return [min(12, round(3.5 + 1.1 * sqrt(d))) for d in outline.degrees]


def _rooms(outline: Outline, radii: list[int]) -> list[int]:
    """How far each mark reaches, with the ring that some have."""
    ringed = outline.ringed or (False,) * len(radii)
    return [r + RING if with_ring else r for r, with_ring in zip(radii, ringed, strict=True)]


def _wordings(outline: Outline, form: Format) -> list[Wording]:
    """Labels as they may be wrapped; the few things with the most links stand out in bold."""
    degrees = outline.degrees
    ranked = sorted(range(len(degrees)), key=lambda n: (-degrees[n], n))
    bold = {n for n in ranked[: max(2, len(degrees) // 12)] if degrees[n] >= 4}
    found = []
    for n, label in enumerate(outline.labels):
        size = form.font * (1.09 if n in bold else 1.0)
        lines = wrapped(label, form.longest, size)
        ways = [lines]
        whole = " ".join(lines)
        if len(lines) > 1 and text_width(whole, size) <= form.longest * 1.6:
            ways.append((whole,))
        if len(lines) > 2:
            ways += [
                w for w in [wrapped(label, form.longest * 1.5, size, 2)] if len(w) < len(lines)
            ]
        found.append(Wording(ways=tuple(dict.fromkeys(ways)), bold=n in bold))
    return found


def _boxes(outline: Outline, form: Format, radii: list[int], wordings: list[Wording]) -> Boxes:
    """Mark and label below it as one box; above 60 things the mark alone."""
    wide, high, drop = [], [], []
    with_labels = len(outline.labels) <= form.all_clear
    for radius, wording in zip(radii, wordings, strict=True):
        lines = wording.ways[0]
        text = max(text_width(line, form.font, bold=wording.bold) for line in lines)
        below = form.font * LINE_HEIGHT * len(lines) + 3 if with_labels else 0.0
        wide.append(max(text if with_labels else 0.0, 2.0 * radius + 2))
        high.append(2 * radius + below)
        drop.append(below / 2)
    return Boxes(
        width=np.asarray(wide), height=np.asarray(high), drop=np.asarray(drop)
    )  # fmt: skip


def _height(boxes: Boxes, form: Format, count: int) -> float:
    """The page's height to begin with: boxes cover a part of it, and links need the rest."""
    if count > form.all_clear:
        return form.width * (0.9 if form.width > _UPRIGHT else 1.5)
    area = sum(float(w) * float(h) for w, h in zip(boxes.width, boxes.height, strict=True))
    cover = 0.36 if form.width > _UPRIGHT else 0.42
    lowest = float(boxes.height.max()) + 8
    return max(lowest, area / cover / form.width, 90.0 * min(count, 3))


def _bends(
    x: list[float], y: list[float], radii: list[int], links: tuple[tuple[int, int], ...]
) -> tuple[float, ...]:
    """Fan parallel links out; bend a single one that runs through a thing, if that helps."""
    pairs = Counter(tuple(sorted(link)) for link in links)
    seen: Counter[tuple[int, ...]] = Counter()
    found = []
    for a, b in links:
        pair = tuple(sorted((a, b)))
        number = seen[pair]
        seen[pair] += 1
        many = pairs[pair]
        if many > 1:
            step = min(_FAN, _WIDEST_FAN / many)
            bend = (number - (many - 1) / 2) * step
            found.append(round(bend if a < b else -bend, 4))
            continue
        worst = _hits(x, y, radii, a, b, 0.0)
        best = 0.0
        for bend in _BENDS if worst else ():
            hits = _hits(x, y, radii, a, b, bend)
            if hits < worst:
                worst, best = hits, bend
        found.append(best)
    return tuple(found)


def _hits(x: list[float], y: list[float], radii: list[int], a: int, b: int, bend: float) -> int:
    """How many marks of others a link runs through."""
    if a == b:
        return 0
    parts = pieces(x[a], y[a], x[b], y[b], bend)
    low_x, high_x = min(min(p[0], p[2]) for p in parts), max(max(p[0], p[2]) for p in parts)
    low_y, high_y = min(min(p[1], p[3]) for p in parts), max(max(p[1], p[3]) for p in parts)
    count = 0
    for n, radius in enumerate(radii):
        room = radius + 1.5
        if n in (a, b) or not (low_x - room < x[n] < high_x + room):
            continue
        if low_y - room < y[n] < high_y + room and any(passes(p, x[n], y[n], room) for p in parts):
            count += 1
    return count


def _through(
    x: list[float],
    y: list[float],
    radii: list[int],
    links: tuple[tuple[int, int], ...],
    bends: tuple[float, ...],
) -> int:
    return sum(_hits(x, y, radii, a, b, bend) for (a, b), bend in zip(links, bends, strict=True))
