"""The ontology's symbols as SVG paths and as shapes of vis-network."""

from __future__ import annotations

PATHS = {
    "circle": "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0Z",
    "square": "M-6.5 -6.5H6.5V6.5H-6.5Z",
    "triangle": "M0 -8L8 6.5H-8Z",
    "triangle-down": "M0 8L8 -6.5H-8Z",
    "diamond": "M0 -8.5L8.5 0L0 8.5L-8.5 0Z",
    "star": "M0 -9L2.1 -2.9H8.6L3.4 1.1L5.3 7.3L0 3.6L-5.3 7.3L-3.4 1.1L-8.6 -2.9H-2.1Z",
    "hexagon": "M-4.2 -7.3H4.2L8.4 0L4.2 7.3H-4.2L-8.4 0Z",
}
"""Centred on 0 0, about 17 units wide."""

VIS_SHAPES = {
    "circle": "dot",
    "square": "square",
    "triangle": "triangle",
    "triangle-down": "triangleDown",
    "diamond": "diamond",
    "star": "star",
    "hexagon": "hexagon",
}

TERM_COLOR = "#B0B0B0"
TERM_SYMBOL = "circle"
"""How a concept of a vocabulary is drawn; it is no class of things."""
