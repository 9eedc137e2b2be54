"""A stretch of a line's text with the styles it has."""

from collections.abc import Sequence

from services.resumes.text import Run


def part_of(runs: Sequence[Run], first: int, last: int) -> tuple[Run, ...]:
    """The runs between two places of their text, counted in characters."""
    result: list[Run] = []
    at = 0
    for run in runs:
        text = run.text[max(first - at, 0) : max(last - at, 0)]
        at += len(run.text)
        if text:
            result.append(run._replace(text=text))
    return tuple(result)
