"""Why a fetch or an answer was refused. What may pass by itself is a `Transient`, with `retry_after` if known."""

from core.errors import AppError, Transient


class HarvestError(AppError):
    """Base of all that a source may raise besides `Transient`; `context["reason"]` is short and for machines."""

    status, code, title = 502, "HARVEST_FAILED", "The board could not be read"


class AddressRefused(HarvestError):
    """The address guard: a scheme, port, host or resolved address that a harvest must never reach."""

    status, code, title = 403, "ADDRESS_REFUSED", "Address refused"


class RobotsRefused(HarvestError):
    status, code, title = 403, "ROBOTS_REFUSED", "Refused by robots.txt"


class AnswerTooLarge(HarvestError):
    code, title = "ANSWER_TOO_LARGE", "The board's answer is too large"


class TooManyRedirects(HarvestError):
    code, title = "TOO_MANY_REDIRECTS", "Too many redirects"


class UnexpectedStatus(HarvestError):
    """A 4xx that trying again will not mend; `context["status"]` holds it."""

    code, title = "UNEXPECTED_STATUS", "Unexpected status"


class Gone(UnexpectedStatus):
    """404 or 410: the page is no more; a single posting that answers so is closed."""

    status, code, title = 404, "GONE", "Gone"


class UnreadableAnswer(HarvestError):
    """The answer as a whole is not the board's documented shape: an error page, cut JSON, a renamed list."""

    code, title = "UNREADABLE_ANSWER", "The board's answer could not be read"


class NotConfigured(HarvestError):
    """The source needs a key, or a list of companies, that it was not given."""

    status, code, title = 422, "SOURCE_NOT_CONFIGURED", "Source not configured"


class BadOptions(HarvestError):
    """The operator's file of sources cannot be followed; the message says where and what it wants."""

    status, code, title = 422, "BAD_SOURCE_OPTIONS", "Options of sources not understood"


class SourceResting(HarvestError):
    """The circuit breaker is open: this board was not asked at all, so it did not fail either."""

    status, code, title = 503, "SOURCE_RESTING", "The source rests"


class TookTooLong(HarvestError):
    """A harvest used up its time; what came until then is kept."""

    code, title = "TOOK_TOO_LONG", "The harvest took too long"


class FetchTimeout(Transient):
    code = "FETCH_TIMEOUT"


class MalformedItem(ValueError):
    """One item lacks what a posting cannot do without. Counted and skipped, never raised past `Board.postings`."""
