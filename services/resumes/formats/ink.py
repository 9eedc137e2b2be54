"""Whether ink can be seen on what lies under it. White on a blue band is a heading; white on paper is a trick."""

from functools import cached_property

from services.resumes.formats.painted import Painted, Shape
from services.resumes.text import Box

LEAST_CONTRAST = 24  # of 255, in the channel that differs most
LIGHT = 225
PAPER = (255, 255, 255)


class Ground:
    """The filled shapes of one page, looked at only when some ink is nearly white."""

    def __init__(self, painted: Painted) -> None:
        self.painted = painted
        self._light: dict[str, tuple[int, int, int] | None] = {}

    def swallows(self, colour: str, box: Box) -> bool:
        if colour not in self._light:
            ink = _channels(colour)
            self._light[colour] = ink if min(ink) >= LIGHT else None
        light = self._light[colour]
        return light is not None and self._is_lost(light, box)

    def _is_lost(self, ink: tuple[int, int, int], box: Box) -> bool:
        # A word's colour is its first letter's: some headings paint only their first letters on a patch.
        box = box._replace(x1=min(box.x1, box.x0 + 0.35 * box.height))
        for shape in self._shapes:
            ground = shape.box
            if (
                ground.x0 <= box.x0 + 1
                and ground.x1 >= box.x1 - 1
                and ground.top <= box.top + 2
                and ground.bottom >= box.bottom - 2
            ):
                return shape.fill is not None and _alike(ink, shape.fill)
        return _alike(ink, PAPER)

    @cached_property
    def _shapes(self) -> list[Shape]:
        """The last one painted first."""
        return [shape for shape in reversed(self.painted.shapes) if shape.filled]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(left - right) for left, right in zip(one, other, strict=True)) < LEAST_CONTRAST
