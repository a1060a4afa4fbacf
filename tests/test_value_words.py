"""Numbers with bounds, dates and states, from words to canonical values."""

from __future__ import annotations

from datetime import date
from typing import Any

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model.edtf_days import NotEdtf, day_text, edtf_days
from sousveil.readers.value_words import (
    WrongWords,
    read_date,
    read_during,
    read_number,
    read_state,
)


@pytest.mark.parametrize(
    ("words", "lexical", "bound"),
    [
        ("100", "100", None),
        ("0100", "100", None),
        ("exactly 100", "100", None),
        ("at least 100", "100", ">="),
        ("more than 2,000", "2000", ">"),
        ("about 22,000", "22000", "~"),
        ("as many as 100", "100", "<="),
        ("fewer than 5", "5", "<"),
        ("1,234,567", "1234567", None),
        ("2.50", "2.5", None),
        ("0", "0", None),
    ],
)
def test_a_number_keeps_its_bound(words: str, lexical: str, bound: str | None) -> None:
    value = read_number(words)
    assert (value.lexical, value.bound) == (lexical, bound)


@pytest.mark.parametrize(
    "words", ["at leats 100", "2,01", "12,34", "-5", "1e3", "ten", "100 km", ""]
)
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(WrongWords, match="is not a number with a bound"):
        read_number(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2020", "2020"),
        ("2020-07", "2020-07"),
        ("2020-07-16", "2020-07-16"),
        ("about 2019", "2019~"),
        ("before 2021-02-17", "[..2021-02-16]"),
        ("before 2021", "[..2020-12-31]"),
        ("until 2019", "../2019"),
        ("from 2016", "2016/.."),
        ("2016 to 2019", "2016/2019"),
        ("as of 2021-02-16", "2021-02-16"),
    ],
)
def test_a_date_in_words_is_the_edtf_value(words: str, expected: str) -> None:
    assert read_date(words).lexical == expected


def test_before_is_an_open_interval_in_a_validity() -> None:
    assert read_during("before 2021-03-01") == "../2021-02-28"


@pytest.mark.parametrize(
    "words",
    ["2021-13-07", "2021-02-30", "No", "17 June 2021", "2020/07/16", "2019 to 2016", "0000"],
)
def test_what_is_no_possible_date_is_refused(words: str) -> None:
    with pytest.raises(WrongWords, match=r"date|year|before"):
        read_date(words)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_days_agree_with_the_edtf_library(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    parsed: Any = edtf.parse_edtf(text)
    low, high = parsed.lower_strict(), parsed.upper_strict()
    expected = tuple(f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}" for t in (low, high))
    assert tuple(map(day_text, edtf_days(text))) == expected


def test_open_sides_get_no_invented_bound() -> None:
    assert edtf_days("2016/..") == (date(2016, 1, 1).toordinal(), None)
    assert edtf_days("../2019") == (None, date(2019, 12, 31).toordinal())
    assert edtf_days("[..2021-02-16]") == (None, date(2021, 2, 16).toordinal())


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        low, high = edtf_days(text)
    except NotEdtf:
        return
    assert low is None or high is None or low <= high


@pytest.mark.parametrize(
    ("words", "word", "holder", "reason"),
    [
        ("unknown", "unknown", None, None),
        ("none", "none", None, None),
        ("not stated", "not stated", None, None),
        ("withheld", "withheld", None, None),
        ("withheld by LAPD (redacted)", "withheld", "LAPD", "redacted"),
        ("withheld (redacted)", "withheld", None, "redacted"),
    ],
)
def test_states_are_told_apart(
    words: str, word: str, holder: str | None, reason: str | None
) -> None:
    state = read_state(words)
    assert state is not None
    assert (state.word, state.withheld_by, state.reason) == (word, holder, reason)


@pytest.mark.parametrize("words", ["withehld (redacted)", "unkown", "not statd", "witheld by LAPD"])
def test_a_misspelt_state_is_no_text(words: str) -> None:
    with pytest.raises(WrongWords, match="misspelt unknown, none"):
        read_state(words)
