"""The field `embargo:` of a case and of a story."""

from __future__ import annotations

from sousveil.model.release import NO_EMBARGO, Embargo, NoEmbargo, embargo_end
from sousveil.readers.fields import Fields


def read_embargo(fields: Fields) -> Embargo | None:
    """Take the embargo out; None where nothing is said, or where it is among the problems."""
    text = fields.text("embargo")
    if text is None:
        return None
    if text.text == NO_EMBARGO:
        return Embargo(until=None, file=fields.file, line=text.line)
    try:
        embargo_end(text.text)
    except NoEmbargo as error:
        fields.problems.error(fields.file, text.line, str(error))
        return None
    return Embargo(until=text.text, file=fields.file, line=text.line)
