"""The explorer: static pages of a whole case, which work from a folder without any server."""
