"""What a newsroom needs beside an embed: the frame's snippet, and a static oEmbed folder.

Standard: oEmbed 1.0, type `rich`, served as files: `index.html` names `oembed.json` in its head.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sousveil.view.embed import SANDBOX
from sousveil.view.html_text import address, text
from sousveil.view.scene import Scene

WIDTH, HEIGHT = 720, 640

_HOST = re.compile(r"(\w[\w.-]*|\[[0-9a-fA-F:.]+\])(:\d{1,5})?")
"""A host and a port; a user or a password before them would be published with the snippet."""

_LISTENER = """<script>
window.addEventListener("message", function (event) {
  var told = event.data;
  if (!told || told.sentinel !== "amp" || told.type !== "embed-size") return;
  document.querySelectorAll("iframe.sousveil").forEach(function (frame) {
    if (frame.contentWindow === event.source) frame.height = told.height;
  });
});
</script>"""


def snippet(url: str, title: str) -> str:
    """Return the frame to paste into an article, with the few lines that give it its height."""
    return (
        f'<iframe class="sousveil" src="{text(url)}" title="{text(title)}" width="100%" '
        f'height="{HEIGHT}" style="border:0" loading="lazy" sandbox="{SANDBOX}"></iframe>\n'
        f"{_LISTENER}\n"
    )


def oembed_folder(scene: Scene, page: str, url: str) -> dict[str, bytes]:
    """Return the files of a static oEmbed folder by name; `url` is where the folder will lie.

    Raises ValueError for what is no http(s) address of a folder.
    """
    base = address(url)
    if base is None or re.search("[?#]", base) or not _HOST.fullmatch(urlsplit(base).netloc):
        raise ValueError(
            f"'{url}' is no address of a folder on the web: http(s)://HOST/PATH, without spaces, "
            "'?', '#' and a user's name"
        )
    folder = base if base.endswith("/") else f"{base}/"
    data = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Sousveil",
        "title": scene.title,
        "width": WIDTH,
        "height": HEIGHT,
        "html": snippet(folder, scene.title),
    }
    discovery = (
        f'<link rel="alternate" type="application/json+oembed" href="{text(folder)}oembed.json" '
        f'title="{text(scene.title)}">\n</head>'
    )
    found = {
        "index.html": page.replace("</head>", discovery, 1),
        "oembed.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
        "snippet.html": snippet(folder, scene.title),
    }
    return {str(PurePosixPath(name)): content.encode("utf-8") for name, content in found.items()}
