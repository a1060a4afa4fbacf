"""Sousveil: a knowledge graph of police surveillance with the evidence of every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sousveil.pipeline.case import Case as Case
    from sousveil.pipeline.case import ProblemsFound as ProblemsFound
    from sousveil.view.embed import from_networkx as from_networkx
    from sousveil.view.embed import from_pyvis as from_pyvis

__version__ = "0.1.0"
__all__ = ["Case", "ProblemsFound", "__version__", "from_networkx", "from_pyvis"]


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: importing the package does no work."""
    if name in ("Case", "ProblemsFound"):
        from sousveil.pipeline import case

        return getattr(case, name)
    if name in ("from_networkx", "from_pyvis"):
        from sousveil.view import embed

        return getattr(embed, name)
    raise AttributeError(f"module 'sousveil' has no attribute {name!r}")
