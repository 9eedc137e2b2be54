"""What a board gives us: a `Posting`, and the shape of the `Source` that yields it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

RemoteType = Literal["full", "hybrid", "onsite"]
JobType = Literal["permanent", "contract", "freelance", "part-time"]
Seniority = Literal["intern", "junior", "mid", "senior", "lead", "executive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One advert, normalised. `(source, source_id)` is its natural key.

    `salary_min` and `salary_max` are whole units of `salary_currency` (ISO 4217) a year; None is unknown, never 0.
    `location` is the board's own wording, cleaned, or "" when it gave none. `eligible_regions` holds ISO 3166 alpha-2
    codes ("DE") and region words ("worldwide", "europe", "eu", "emea", …: `normalise.regions.REGIONS`).
    `language` is ISO 639-1. `description_html` is safe to serve; `description` is its plain text. Times are aware.
    """

    source: str
    source_id: str
    url: str
    title: str
    company: str | None = None
    location: str = ""
    remote_type: RemoteType | None = None
    job_type: JobType | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    salary_currency: str | None = None
    tags: tuple[str, ...] = ()
    eligible_regions: tuple[str, ...] = ()
    visa_sponsorship: bool | None = None
    seniority: Seniority | None = None
    language: str | None = None
    description_html: str = ""
    description: str = ""
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """JSON-safe, without `raw`; tuples become lists and times ISO 8601 text."""
        plain = asdict(self)
        plain.pop("raw")
        for name, value in plain.items():
            if isinstance(value, tuple):
                plain[name] = list(value)
            elif isinstance(value, datetime):
                plain[name] = value.isoformat()
        return plain


@dataclass(frozen=True, slots=True)
class Failure:
    """One item of a board's answer that could not become a posting, or a whole part of the board.

    `part` is "broken" when the part may hold postings that nobody saw, "left" when it is known to hold none.
    """

    source_id: str | None
    reason: str
    part: Literal["", "broken", "left"] = ""


OnFailure = Callable[[Failure], None]
Params = Mapping[str, str | int]


class Reply(Protocol):
    """A board's whole answer, already within the byte cap."""

    @property
    def url(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def text(self) -> str: ...
    def json(self) -> Any:
        """Raise `UnreadableAnswer` for anything that is not whole JSON."""


class Http(Protocol):
    """The polite client, as a source sees it."""

    def get(self, url: str, *, params: Params | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Raise `Transient` for what may pass, another `AppError` for what will not."""

    def post(self, url: str, payload: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> Reply:
        """As `get`, sending JSON."""


def unheard(failure: Failure) -> None:
    """Drop a failure: for callers that count none."""


class Source(Protocol):
    """A board or feed. `min_interval` is the least time between two harvests; `terms`, what the board asks of users."""

    @property
    def name(self) -> str: ...
    @property
    def homepage(self) -> str: ...
    @property
    def min_interval(self) -> timedelta: ...
    @property
    def terms(self) -> str: ...
    @property
    def enabled(self) -> bool:
        """False when the operator has to turn it on; `terms` then says why."""

    @property
    def promises(self) -> frozenset[str]:
        """The `Posting` fields this board always fills: a harvest without them is degraded, history or not."""

    def postings(self, http: Http, on_failure: OnFailure = unheard) -> Iterator[Posting]:
        """Yield as pages arrive. A malformed item goes to `on_failure`; an unreadable answer raises, as `http` does."""
