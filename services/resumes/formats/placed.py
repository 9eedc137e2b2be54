"""One word and where it stands on its page."""

from typing import NamedTuple

from services.resumes.text import Box, Style


class Word(NamedTuple):
    """`spaced` says that a space is written beside it: between Han characters and in slanted Arabic a gap alone does
    not. `upright` is a word whose letters run up or down the page, lying on their side.
    """

    text: str
    box: Box
    style: Style
    spaced: bool = False
    upright: bool = False
