"""The layouts of the viewer: labels clear, the same everywhere, usable for any network."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, pairwise

import pytest

from benchmarks.viewer.made_network import made_network
from sousveil.view.network.article import article_layouts
from sousveil.view.network.formats import NARROW, SIDE, WIDE
from sousveil.view.network.large import large_layout
from sousveil.view.network.outline import Outline, Placement
from sousveil.view.network.quality import crossings, inside, passes
from sousveil.view.text_width import text_width, wrapped
from tests.cases import REPOSITORY

WIDE_OFF = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR AVX2 FMA3"


def outline(
    labels: list[str], links: list[tuple[int, int]], order: list[int] | None = None
) -> Outline:
    ranks = tuple(order) if order else (None,) * len(labels)
    return Outline(labels=tuple(labels), links=tuple(links), ranks=ranks)


def made(count: int) -> Outline:
    things, links = made_network(count)
    return outline([t.label for t in things], [(k.start, k.end) for k in links])


def not_clear(done: Placement) -> list[tuple[int, int]]:
    """Pairs of a label with a label or a mark that it touches; 1 pixel between is clear."""
    found = [(n, n) for n, label in enumerate(done.labels) if not label.shown]
    for (a, one), (b, two) in combinations(enumerate(done.labels), 2):
        across = min(one.right, two.right) - max(one.left, two.left)
        down = min(one.bottom, two.bottom) - max(one.top, two.top)
        if across > -1 and down > -1:
            found.append((a, b))
    for a, label in enumerate(done.labels):
        for b, (x, y, radius) in enumerate(zip(done.x, done.y, done.radii, strict=True)):
            off_x = max(label.left - x, 0, x - label.right)
            off_y = max(label.top - y, 0, y - label.bottom)
            if off_x * off_x + off_y * off_y < radius * radius:
                found.append((a, b))
    return found


@pytest.mark.parametrize("count", [2, 7, 25, 50, 60])
def test_up_to_60_things_every_label_is_clear_in_both_widths(count: int) -> None:
    for done in article_layouts(
        made(max(count, 3)) if count > 2 else outline(["A", "B"], [(0, 1)])
    ):
        assert not_clear(done) == []
        assert done.quality.labels_not_clear == 0
        assert all(la.left >= 0 and la.right <= done.width for la in done.labels)
        assert all(la.top >= 0 and la.bottom <= done.height for la in done.labels)


def test_60_long_labels_all_linked_to_one_are_clear_as_well() -> None:
    labels = [f"the long and winding name of police department number {n}" for n in range(60)]
    for done in article_layouts(outline(labels, [(0, n) for n in range(1, 60)])):
        assert not_clear(done) == []


def test_a_chain_runs_from_left_to_right_and_on_a_phone_downwards_in_the_order_of_the_story() -> (
    None
):
    chain = outline(list("ABCDEF"), [(5, 4), (4, 3), (3, 2), (2, 1), (1, 0)], [0, 1, 2, 3, 4, 5])
    wide, narrow = article_layouts(chain)
    assert all(a < b for a, b in pairwise(wide.x))
    assert all(a < b for a, b in pairwise(narrow.y))


def test_few_links_cross_or_run_through_things_in_the_network_of_50() -> None:
    for done in article_layouts(made(50)):
        assert done.quality.crossings <= 12
        assert done.quality.links_through_things == 0


@pytest.mark.parametrize(
    "shape",
    [
        outline([], []),
        outline(["alone"], []),
        outline(["itself"], [(0, 0)]),
        outline(["a", "b"], [(0, 1)] * 400),
        outline([f"piece {n}" for n in range(12)], []),
        outline([f"piece {n}" for n in range(12)], [(0, 1), (2, 3), (4, 5), (4, 5), (5, 5)]),
        outline(["x" * 3000, "two words " * 300], [(0, 1)]),
        outline(["", "  "], [(0, 1)]),
    ],
    ids=["empty", "one", "loop", "parallel", "pieces", "pairs", "long", "blank"],
)
def test_any_network_gets_a_layout_of_readable_size(shape: Outline) -> None:
    for done in article_layouts(shape):
        assert len(done.x) == len(shape.labels)
        assert len(done.bends) == len(shape.links)
        assert not_clear(done) == []
        assert 20 <= done.height <= 1200
        assert all(0 < x < done.width for x in done.x)


def test_400_parallel_links_are_fanned_out_to_both_sides() -> None:
    wide, _ = article_layouts(outline(["a", "b"], [(0, 1)] * 400))
    assert len(set(wide.bends)) == 400
    assert min(wide.bends) == -max(wide.bends)
    assert max(wide.bends) <= 0.35


def test_above_60_things_the_largest_keep_their_labels() -> None:
    network = made(150)
    degrees = network.degrees
    for done in article_layouts(network):
        largest = sorted(range(150), key=lambda n: -degrees[n])[:5]
        assert all(done.labels[n].shown for n in largest)
        shown = [la for la in done.labels if la.shown]
        assert len(shown) < 150
        for one, two in combinations(shown, 2):
            across = min(one.right, two.right) - max(one.left, two.left)
            down = min(one.bottom, two.bottom) - max(one.top, two.top)
            assert not (across > 0 and down > 0)


def test_a_large_layout_keeps_what_is_linked_together_and_the_rest_apart() -> None:
    # Ten stars of thirty leaves: 19 of 20 leaves lie nearest to their own centre.
    links = [(star, 10 + 30 * star + leaf) for star in range(10) for leaf in range(30)]
    links += [(star, star + 1) for star in range(9)]
    x, y = large_layout(310, links)
    strays = 0
    for star in range(10):
        for leaf in range(10 + 30 * star, 40 + 30 * star):
            far = [(x[s] - x[leaf]) ** 2 + (y[s] - y[leaf]) ** 2 for s in range(10)]
            strays += far.index(min(far)) != star
    assert strays <= 15
    assert min(*x, *y) == 0
    assert max(*x, *y) == SIDE


PIECES = [(star, 40 + 8 * star + leaf) for star in range(40) for leaf in range(8)]
"""Forty stars of eight leaves: 360 things."""


def test_a_large_layout_sets_many_equal_pieces_in_about_a_square() -> None:
    x, y = large_layout(360, PIECES)
    assert min(max(x), max(y)) > 0.7 * SIDE
    assert crossings(x, y, tuple(PIECES)) <= 2


def test_the_picture_of_more_than_300_things_keeps_their_pieces_apart() -> None:
    [done] = article_layouts(outline([f"thing {n}" for n in range(360)], PIECES), (WIDE,))
    assert done.quality.crossings <= 5
    assert done.quality.labels_not_clear < 360


@pytest.mark.parametrize("count", [1, 2, 5, 300])
def test_a_large_layout_of_things_without_links_sets_them_apart(count: int) -> None:
    x, y = large_layout(count, [])
    assert len({*zip(x, y, strict=True)}) == count


LAYOUTS = """
from tests.test_network_layout import made
from sousveil.view.network.article import article_layouts
from sousveil.view.network.large import large_layout
print(article_layouts(made(25)), article_layouts(made(70)), large_layout(900, made(900).links))
"""


def test_layouts_are_the_same_whatever_vectors_the_processor_has() -> None:
    def printed(**more: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", LAYOUTS],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": f"{REPOSITORY}", **more},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    first = printed(PYTHONHASHSEED="1")
    assert len(first) > 10_000
    assert printed(PYTHONHASHSEED="2", NPY_DISABLE_CPU_FEATURES=WIDE_OFF) == first


# ---- measuring -----------------------------------------------------------------------------------


def test_crossings_are_counted_once_and_not_where_links_meet() -> None:
    x, y = [0, 10, 0, 10, 5], [0, 10, 10, 0, 20]
    assert crossings(x, y, [(0, 1), (2, 3)]) == 1
    assert crossings(x, y, [(0, 1), (1, 2), (0, 1)]) == 0
    assert crossings(x, y, [(0, 1), (2, 3), (2, 4), (3, 4)]) == 2


def test_the_part_of_a_segment_in_a_box_has_the_length_that_geometry_gives() -> None:
    assert inside((0, 5, 20, 5), (5, 0, 15, 10)) == 10
    assert inside((0, 0, 3, 4), (-1, -1, 9, 9)) == 5
    assert inside((0, 20, 20, 20), (5, 0, 15, 10)) == 0
    assert passes((0, 0, 10, 0), 5, 3, 3.1)
    assert not passes((0, 0, 10, 0), 14, 0, 3.9)


def test_text_is_as_wide_as_arial_sets_it() -> None:
    # 278 + 611 for "I" and "F"; 2 % spare; from the published metrics of Helvetica.
    assert text_width("IF", 100) == pytest.approx(88.9 * 1.02)
    assert text_width("é", 100) == text_width("e", 100)
    assert text_width("警", 10) > 10


def test_a_label_is_wrapped_evenly_and_cut_with_an_ellipsis_after_three_lines() -> None:
    assert wrapped("Los Angeles Police Department", 110, 12) == ("Los Angeles", "Police Department")
    long = wrapped("word " * 600, 100, 12)
    assert len(long) == 3
    assert long[-1].endswith("…")
    assert all(text_width(line, 12) <= 100 for line in long)
    assert all(text_width(line, 12) <= 100 for line in wrapped("x" * 3000, 100, 12))


def test_formats_are_the_widths_of_an_article_and_of_a_phone() -> None:
    assert (WIDE.width, NARROW.width) == (720, 360)
    assert NARROW.font >= 11
