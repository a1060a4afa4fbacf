"""The claims that rest on one origin: a change of the former ones gives what all anew would."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.view.json_lines import JsonLines, json_line, json_value, lines_of
from sousveil.view.single_origin import SingleOrigin, former_single_origin

TEXTS = st.text(max_size=6) | st.sampled_from(['",\n  {', "a: 7", "\\", "é", "\u2028", "\x00", "]"])
SINGLES = st.lists(st.tuples(TEXTS, st.from_regex(r"[0-9a-f]{2}", fullmatch=True), TEXTS))


@given(stay=SINGLES, gone=SINGLES, come=SINGLES)
def test_a_change_gives_what_all_anew_would(
    stay: list[tuple[str, str, str]],
    gone: list[tuple[str, str, str]],
    come: list[tuple[str, str, str]],
) -> None:
    before = SingleOrigin.of([*stay, *gone])
    said = json_value(JsonLines(before.lines))
    former = former_single_origin(lines_of(said), before.by_origin())
    assert former == before
    assert former.changed(gone, come) == SingleOrigin.of([*come, *stay])


@given(singles=SINGLES)
def test_the_lines_are_json_of_claims_in_order(singles: list[tuple[str, str, str]]) -> None:
    found = SingleOrigin.of(singles)
    data = json.loads(json_value(JsonLines(found.lines)))
    assert [(one["sentence"], one["claim"], one["origin"]) for one in data] == sorted(singles)
    assert sum(found.origins.values()) == len(singles)


def test_one_that_was_not_there_cannot_go() -> None:
    former = SingleOrigin.of([("a", "01", "x"), ("c", "02", "x")])
    with pytest.raises(ValueError, match="not that of the former tables"):
        former.changed([("b", "03", "x")], [])
    with pytest.raises(ValueError, match="not that of the former tables"):
        former.changed([("d", "03", "x")], [])


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", "[\n  1"])
def test_a_list_that_was_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a list with its items on lines"):
        lines_of(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(value=VALUES)
def test_json_holds_the_value_with_items_on_lines(value: object) -> None:
    assert json.loads(json_value(value)) == value
    assert json.loads(json_line(value)) == value
    assert not re.search(r"[\n\r]", json_line(value))
    if isinstance(value, list):
        assert [json.loads(line) for line in lines_of(json_value(value))] == value
