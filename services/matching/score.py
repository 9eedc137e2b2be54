"""How well a person fits each of many postings: 0 to 100, the sum of six weighted parts.

Points are kept in whole hundredths and rounded down, so a score re-adds from its parts exactly and never passes 100.
Numbers come first and for all; sentences and evidence are made when someone asks for `Score.parts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from services.matching import reasons, stops, values
from services.matching.candidate import Candidate
from services.matching.facts import NEUTRAL, Part, Person, PostingFacts, Weights

HUNDREDTHS = 10_000
FLOAT_DUST = 1e-6
STORED_DIGITS = 4

_ready = lru_cache(maxsize=32)(Candidate.of)
_VALUES = (values.skills, values.title, values.experience, values.work_type, values.location, values.salary)


@dataclass(frozen=True)
class Score:
    """`total` is the sum of `points`, which follow the order of `facts.PARTS`. A posting with `stops` has total 0."""

    posting_id: int
    total: float
    values: tuple[float, ...]
    points: tuple[float, ...]
    neutral: tuple[bool, ...]
    stops: tuple[str, ...]
    weights: Weights
    candidate: Candidate = field(repr=False, compare=False)
    posting: PostingFacts = field(repr=False, compare=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Reads the posting's text (about a millisecond), so ask for the scores that are shown or stored."""
        return reasons.parts(
            self.candidate, self.posting, self.weights, self.values, self.points, self.neutral, self.stops
        )

    @cached_property
    def skills(self) -> reasons.Skills:
        return reasons.skills(self.candidate, self.posting)


def score(
    person: Person, postings: Sequence[PostingFacts], weights: Weights | None = None, *, as_of: date
) -> list[Score]:
    """One Score a posting, in the order given. `as_of` is the day from which old titles are counted back."""
    if not postings:
        return []
    weights = weights or Weights()
    candidate = _ready(person, as_of)
    stopped = [stops.of(candidate, posting) for posting in postings]
    raw = np.array([[value(candidate, posting) for value in _VALUES] for posting in postings], dtype=float)
    neutral = np.isnan(raw)
    kept = np.where(neutral, NEUTRAL, raw).round(STORED_DIGITS)
    open_rows = np.array([not reasons_ for reasons_ in stopped])[:, None]
    points = np.floor(kept * weights.as_tuple() * HUNDREDTHS + FLOAT_DUST) * open_rows
    totals = points.sum(axis=1)
    return [
        Score(posting.id, total / 100, tuple(row), tuple(parts), tuple(blank), stop, weights, candidate, posting)
        for posting, total, row, parts, blank, stop in zip(
            postings, totals.tolist(), kept.tolist(), (points / 100).tolist(), neutral.tolist(), stopped, strict=True
        )
    ]


def hard_stops(person: Person, posting: PostingFacts, *, as_of: date = date.max) -> tuple[str, ...]:
    """Why this posting is out of the question, in sentences; empty when it is not."""
    return stops.of(_ready(person, as_of), posting)
