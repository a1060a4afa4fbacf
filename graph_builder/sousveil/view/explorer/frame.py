"""What all pages of the explorer have around them."""

from __future__ import annotations

from dataclasses import dataclass

from sousveil.view.html_text import text
from sousveil.view.interface_words import Words

STYLE_FILE = "style.css"
POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'"
)
"""No script runs on these pages; `file:` because a folder on a disk has no origin to be 'self'."""

PAGES = (("index.html", "graph"), ("things.html", "things"), ("sources.html", "sources"))


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The head and the foot of a case's pages, made once."""

    language: str
    case_title: str
    mark: str
    foot: str
    plain_foot: str
    words: Words
    more: tuple[tuple[str, str], ...] = ()
    """Further pages at the top, as file and name of its word."""

    def page(
        self, title: str, body: str, *, up: str = "", here: str = "", state: bool = True
    ) -> str:
        """Return a page; `up` leads to the folder of index.html, `here` is its own main page.

        With `state` its foot tells from which state of the case it is. A page without it is the
        same in every build that says the same of its thing.
        """
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{text(title)} – {self.case_title}</title>\n"
            f'<link rel="stylesheet" href="{up}{STYLE_FILE}">\n</head>\n<body>\n'
            f'<main class="case">{self._stamp()}{self.nav(up, here)}{body}'
            f"{self.foot if state else self.plain_foot}</main>\n</body>\n</html>\n"
        )

    def _stamp(self) -> str:
        return f'<p class="stamp">{text(self.mark)}</p>' if self.mark else ""

    def nav(self, up: str = "", here: str = "") -> str:
        """Return the links to the main pages; the one that is open (`here`) is marked so."""
        current = ' aria-current="page"'
        links = "".join(
            f'<li><a href="{up}{file}"{current if file == here else ""}>'
            f"{text(self.words(name))}</a></li>"
            for file, name in (*PAGES, *self.more)
        )
        return f'<nav aria-label="{self.case_title}"><ul>{links}</ul></nav>'
