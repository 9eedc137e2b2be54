"""Fonts without a name, each with a part of one face's letters: those that share a word are one face."""

from collections import Counter
from collections.abc import Iterable

from services.resumes.formats.placed import Word
from services.resumes.text import Style

MOST_FACES = 3  # more are letters that never share a word, as Han characters


def is_nameless(font: str) -> bool:
    return not font or font.startswith("#")


class Alphabets:
    """Fonts by the name of the first one that they were met with."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.met = False

    def join(self, fonts: Iterable[str]) -> None:
        """The fonts of one word."""
        names = sorted({self._same(font) for font in fonts if is_nameless(font)}, key=_number)
        self.met = self.met or bool(names)
        for other in names[1:]:
            self.parts[other] = names[0]

    def faces(self, words: Iterable[Word]) -> dict[Style, Style]:
        """Which style is which: of a few faces, those that are not the commonest count as heavy; of many, none is told.
        Nothing where every font has a name.
        """
        if not self.met:
            return {}
        counts: Counter[Style] = Counter()
        for word in words:
            if is_nameless(word.style.font):
                counts[word.style] += len(word.text)
        used: Counter[str] = Counter()
        for style, count in counts.items():
            used[self._same(style.font)] += count
        usual = used.most_common(1)[0][0] if used else ""
        if len(used) > MOST_FACES:
            return {style: style._replace(font="") for style in counts}
        return {style: _as(style, self._same(style.font), heavy=self._same(style.font) != usual) for style in counts}

    def _same(self, font: str) -> str:
        while font in self.parts:
            font = self.parts[font]
        return font


def _as(style: Style, font: str, *, heavy: bool) -> Style:
    return style._replace(font=font, bold=style.bold or heavy)


def _number(font: str) -> int:
    return int(font[1:] or 0)
