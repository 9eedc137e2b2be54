"""How often work that costs money was found done: counts in Redis, one hash for all processes.

Nothing depends on them: where Redis is away a count is lost and the work goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from redis import Redis, RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Unavailable
from core.log import get_logger
from models.match import GeneratedContent
from models.resume import ResumeReading

log = get_logger(__name__)

# What one miss costs with a paid model, in US dollars, as the agent's contract puts it.
COSTS: Mapping[str, float] = {"cover_letter": 0.15, "cv_highlights": 0.01, "cv_parse": 0.01, "job_extract": 0.005}
_KEY = "offerline:caches"


@dataclass(frozen=True)
class Counted:
    hits: int
    misses: int
    cost_per_miss: float

    @property
    def requests(self) -> int:
        return self.hits + self.misses

    @property
    def hit_rate(self) -> float:
        """Percent; 0 when nobody asked."""
        return round(100 * self.hits / self.requests, 1) if self.requests else 0.0

    @property
    def savings(self) -> float:
        """US dollars that the hits would have cost."""
        return round(self.hits * self.cost_per_miss, 2)


class CacheMetrics:
    """`category` is a key of COSTS."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def count(self, category: str, *, hit: bool) -> None:
        if category not in COSTS:
            raise ValueError(f"no cache is called {category}")
        try:
            self._client.hincrby(_KEY, f"{category}:{'hits' if hit else 'misses'}", 1)
        except RedisError as error:
            log.warning("cache_not_counted", category=category, error=type(error).__name__)

    def read(self) -> dict[str, Counted]:
        """Every category, counted or not. Raises Unavailable."""
        try:
            stored = cast("dict[str, str]", self._client.hgetall(_KEY))
        except RedisError as error:
            raise _away() from error
        return {
            name: Counted(int(stored.get(f"{name}:hits", 0)), int(stored.get(f"{name}:misses", 0)), cost)
            for name, cost in COSTS.items()
        }

    def memory_used(self) -> str:
        """Redis's own word for all it holds, such as 12.5M. Raises Unavailable."""
        try:
            return str(cast("dict[str, object]", self._client.info("memory"))["used_memory_human"])
        except RedisError as error:
            raise _away() from error

    def reset(self) -> None:
        """Counts only: what is kept stays. Raises Unavailable."""
        try:
            self._client.delete(_KEY)
        except RedisError as error:
            raise _away() from error


def kept(session: Session) -> dict[str, int]:
    """How much of each is stored. Adverts that people paste are read each time: that costs nothing here."""
    rows = session.execute(select(GeneratedContent.kind, func.count()).group_by(GeneratedContent.kind)).all()
    texts = {row[0]: int(row[1]) for row in rows}
    readings = session.scalar(select(func.count()).select_from(ResumeReading).where(ResumeReading.profile.is_not(None)))
    return {
        "cover_letters": texts.get("cover_letter", 0),
        "cv_highlights": texts.get("cv_highlights", 0),
        "cv_parses": readings or 0,
        "job_extracts": 0,
    }


def _away() -> Unavailable:
    return Unavailable("Redis cannot be reached right now. Try again shortly.", headers={"Retry-After": "5"})
