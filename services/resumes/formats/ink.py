"""Whether ink can be seen on what lies under it. White on a blue band is a heading; white on paper is a trick."""

from functools import cached_property

from services.resumes.formats.painted import Ink, Painted, Shape
from services.resumes.text import Box

LEAST_CONTRAST = 24  # of 255, in the channel that differs most
LIGHT = 225
OPAQUE = 0.98
PAPER = (255, 255, 255)


class Ground:
    """The filled shapes of one page, looked at only when some ink is nearly white."""

    def __init__(self, painted: Painted) -> None:
        self.painted = painted
        self._light: dict[str, Ink | None] = {}

    def swallows(self, colour: str, box: Box) -> bool:
        if colour not in self._light:
            ink = _channels(colour)
            self._light[colour] = ink if min(ink) >= LIGHT else None
        light = self._light[colour]
        return light is not None and self._is_lost(light, box)

    def _is_lost(self, ink: Ink, box: Box) -> bool:
        # A word's colour is its first letter's: some headings paint only their first letters on a patch.
        ground = self._under(box._replace(x1=min(box.x1, box.x0 + 0.35 * box.height)))
        return ground is not None and _alike(ink, ground)

    def _under(self, box: Box) -> Ink | None:
        """The colour under a box; None where it may be any."""
        veils: list[Shape] = []
        for shape in self._shapes:
            if _holds(shape.box, box):
                if shape.fill is None:
                    return None
                veils.append(shape)
                if shape.opacity > OPAQUE:
                    break
        ground = PAPER
        for veil in reversed(veils):
            ground = _mixed(veil.fill or PAPER, ground, veil.opacity)
        return ground

    @cached_property
    def _shapes(self) -> list[Shape]:
        """The last one painted first."""
        return [shape for shape in reversed(self.painted.shapes) if shape.filled]


def _holds(ground: Box, box: Box) -> bool:
    across = ground.x0 <= box.x0 + 1 and ground.x1 >= box.x1 - 1
    return across and ground.top <= box.top + 2 and ground.bottom >= box.bottom - 2


def _mixed(veil: Ink, ground: Ink, opacity: float) -> Ink:
    red, green, blue = (round(opacity * new + (1 - opacity) * old) for new, old in zip(veil, ground, strict=True))
    return red, green, blue


def _channels(colour: str) -> Ink:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _alike(one: Ink, other: Ink) -> bool:
    return max(abs(left - right) for left, right in zip(one, other, strict=True)) < LEAST_CONTRAST
