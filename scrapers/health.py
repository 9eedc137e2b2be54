"""Whether a harvest can be believed. Pure: a report in, the reports before it, a verdict out.

A degraded harvest expires nothing, so the rule may err on that side: a renamed field must not close ten thousand
postings.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import median
from typing import Any, Literal

from scrapers.posting import Failure, Posting

FIELDS = (
    "company", "location", "remote_type", "job_type", "salary_min", "salary_currency", "tags", "eligible_regions",
    "seniority", "language", "description", "posted_at", "expires_at",
)  # fmt: skip
_MOST_FAILED = 0.2
_LEAST_PROMISED = 0.5
_LEAST_OF_USUAL = 0.3
_WORTH_WATCHING = 0.2
_LEAST_DROP = 0.2
_SIGMAS = 3.0
_REASONS_KEPT = 5


@dataclass(frozen=True, slots=True)
class HarvestReport:
    """`fill` is the share, 0 to 1, of postings whose field is filled. `error` names what ended the harvest early.

    `broken` and `left` name parts of the board, such as companies, that gave nothing: unseen, or gone for good.
    """

    count: int
    fill: dict[str, float] = field(default_factory=dict)
    failures: int = 0
    failure_reasons: tuple[tuple[str, int], ...] = ()
    error: str | None = None
    broken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """A sentence on parts that are gone for good, which the operator may want to take off the list; or ""."""
        return f"Not found: {', '.join(self.left)}." if self.left else ""

    def as_json(self) -> dict[str, Any]:
        return {
            "count": self.count,
            "fill": {name: round(share, 4) for name, share in self.fill.items()},
            "failures": self.failures,
            "failure_reasons": [list(each) for each in self.failure_reasons],
            "error": self.error,
            "broken": list(self.broken),
            "left": list(self.left),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "HarvestReport":
        reasons = tuple((str(reason), int(times)) for reason, times in data.get("failure_reasons", ()))
        parts = (tuple(map(str, data.get(name, ()))) for name in ("broken", "left"))
        fill, failures = dict(data.get("fill", {})), data.get("failures", 0)
        return cls(data["count"], fill, failures, reasons, data.get("error"), *parts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are sentences for the operator; empty when the harvest is believed."""

    state: Literal["ok", "degraded"]
    reasons: tuple[str, ...] = ()

    @property
    def degraded(self) -> bool:
        return self.state == "degraded"


class Tally:
    """Counts a harvest while it runs: pass `fail` to `Source.postings` and each posting to `add`."""

    def __init__(self) -> None:
        self._count = 0
        self._filled: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._parts: dict[str, list[str]] = {"broken": [], "left": []}
        self.failed_ids: set[str] = set()
        """Postings that the board lists, and that could not be read: whatever else they are, they are not gone."""

    def add(self, posting: Posting) -> None:
        self._count += 1
        self._filled.update(name for name in FIELDS if getattr(posting, name) not in {None, "", ()})

    def fail(self, failure: Failure) -> None:
        if failure.part:
            self._parts[failure.part].append(failure.reason if failure.part == "broken" else failure.source_id or "")
            return
        self._failed[failure.reason] += 1
        if failure.source_id:
            self.failed_ids.add(failure.source_id)

    def report(self, error: str | None = None) -> HarvestReport:
        fill = {name: self._filled[name] / self._count for name in FIELDS} if self._count else {}
        reasons = tuple(self._failed.most_common(_REASONS_KEPT))
        broken, left = tuple(self._parts["broken"]), tuple(self._parts["left"])
        return HarvestReport(self._count, fill, self._failed.total(), reasons, error, broken, left)


def assess(report: HarvestReport, history: Sequence[HarvestReport], promises: Collection[str] = ()) -> Verdict:
    """Compare with the source's own believed harvests, newest last; the latest ten are enough.

    `promises` are the fields that the source always fills, so that a first harvest can be judged too.
    """
    reasons = [
        *_broken(report),
        *_unkept(report, promises),
        *(_shrunk(report, history) if report.count else ()),
        *(_thinned(report, history) if report.count else ()),
    ]
    return Verdict("degraded", tuple(reasons)) if reasons else Verdict("ok")


def _broken(report: HarvestReport) -> list[str]:
    found = []
    if report.error:
        found.append(f"It ended early: {report.error}")
    if report.broken:
        more = f" and {len(report.broken) - _REASONS_KEPT} more" if len(report.broken) > _REASONS_KEPT else ""
        named = "; ".join(one.rstrip(".") for one in report.broken[:_REASONS_KEPT])
        found.append(f"Parts did not answer: {named}{more}.")
    if not report.count:
        found.append("It yielded no posting.")
    seen = report.count + report.failures
    if report.failures > _MOST_FAILED * seen:
        common = report.failure_reasons[0][0] if report.failure_reasons else "unknown"
        found.append(f"{report.failures} of {seen} items could not be read, most often: {common}.")
    return found


def _unkept(report: HarvestReport, promises: Collection[str]) -> list[str]:
    if not report.count:
        return []
    empty = sorted(name for name in promises if report.fill.get(name, 0.0) < _LEAST_PROMISED)
    return [
        f"{name} is filled in {report.fill.get(name, 0.0):.0%} of postings; this source always has it."
        for name in empty
    ]


def _shrunk(report: HarvestReport, history: Sequence[HarvestReport]) -> list[str]:
    if not history:
        return []
    usual = median(each.count for each in history)
    if report.count >= _LEAST_OF_USUAL * usual:
        return []
    return [f"It yielded {report.count} postings, where {usual:.0f} are usual."]


def _thinned(report: HarvestReport, history: Sequence[HarvestReport]) -> list[str]:
    return [
        f"{name} is filled in {report.fill.get(name, 0.0):.0%} of postings, where {usual:.0%} is usual."
        for name in FIELDS
        if (usual := _usual(name, history)) >= _WORTH_WATCHING
        and usual - report.fill.get(name, 0.0) > _allowed_drop(usual, report.count)
    ]


def _usual(name: str, history: Sequence[HarvestReport]) -> float:
    filled = [each.fill.get(name, 0.0) for each in history if each.count]
    return median(filled) if filled else 0.0


def _allowed_drop(usual: float, count: int) -> float:
    """Three standard errors of a share among `count` postings, and never less than a fifth, or half of a rare field."""
    noise = _SIGMAS * sqrt(max(usual * (1 - usual), 0.01) / count)
    return max(noise, min(_LEAST_DROP, usual / 2))
