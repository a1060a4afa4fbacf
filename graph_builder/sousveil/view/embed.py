"""An embed: a scene with the forms that it can take. In a notebook it shows itself."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from sousveil.errors import OutsideError, UsageError
from sousveil.view.embed_page import MOST_THINGS, THEMES, embed_page
from sousveil.view.foreign_scene import networkx_scene, pyvis_scene
from sousveil.view.html_text import text
from sousveil.view.picture_file import svg_file
from sousveil.view.scene import Scene

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What an embed needs of the page around it: its script, and links that open in a new tab."""


class Embed:
    """One self-contained interactive page, made of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def html(self, theme: str = "auto") -> str:
        """Return the page: one file, no request. `theme` is auto, light or dark.

        Raises UsageError for another theme.
        """
        if theme not in THEMES:
            raise UsageError(f"no theme '{theme}'; there are: {', '.join(THEMES)}")
        if len(self.scene.nodes) > MOST_THINGS:
            from sousveil.view.canvas_page import canvas_page

            return canvas_page(self.scene, theme)
        return embed_page(self.scene, theme)

    @cached_property
    def picture(self) -> str:
        """The picture by itself as SVG; drawn once, since its layout takes longest."""
        return svg_file(self.scene)

    def save(self, path: Path | str, theme: str = "auto") -> Path:
        """Write the page to a file, and make its folder; raises OutsideError when that fails."""
        target = Path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.html(theme), encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutsideError(f"cannot write '{target}': {error.strerror}") from error
        return target

    def _repr_html_(self) -> str:
        """Show the embed in a notebook, in a frame that can do nothing to it."""
        return (
            f'<iframe srcdoc="{text(self.html())}" sandbox="{SANDBOX}" '
            f'title="{text(self.scene.title)}" width="100%" height="720" style="border:0"></iframe>'
        )


def from_networkx(
    graph: Any, *, title: str = "Graph", finding: str = "", language: str = "en"
) -> Embed:
    """Return an embed of a networkx graph; see `networkx_scene` for the attributes it reads."""
    return Embed(networkx_scene(graph, title=title, finding=finding, language=language))


def from_pyvis(net: Any, *, title: str = "", finding: str = "", language: str = "en") -> Embed:
    """Return an embed of a pyvis Network: its labels, groups, colours, shapes and titles."""
    heading = title or str(getattr(net, "heading", "") or "Graph")
    return Embed(pyvis_scene(net, title=heading, finding=finding, language=language))
