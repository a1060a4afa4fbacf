"""Sums whose last bit is the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def totals(place: npt.NDArray[Any], weight: npt.NDArray[Any], count: int) -> Floats:
    """Add each weight to its place, one after the other; places run from 0 to below `count`."""
    return np.asarray(np.bincount(place, weight, count), dtype=np.float64)
