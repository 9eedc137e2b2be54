"""From settings and the operator's file to boards and clients: who may be asked, where, with what, and how politely."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from core.clock import utc_now
from core.settings import Settings
from models.harvest import Harvest
from scrapers.board import Board
from scrapers.errors import BadOptions, NotConfigured
from scrapers.http.address import AddressGuard, origin_of
from scrapers.http.breaker import Breaker
from scrapers.http.cache import ConditionalCache, MemoryCache
from scrapers.http.client import Limits, PoliteClient
from scrapers.options import PERMISSION, Options, read_options
from scrapers.registry import SOURCES, get
from services.wiring import Services

_SOON = 0.9  # of a board's least interval: slots begin a little early and a little late


def board_of(settings: Settings, name: str, *, live: bool) -> Board:
    """One board as this operator uses it. Raises NotFound, BadOptions, and NotConfigured for one that is off."""
    told = options(settings).get(name, {})
    board = get(name, None if live else settings.harvest_base_urls.get(name), **told)
    if not (board.enabled or name in settings.harvest_sources or is_local(board, settings) or _has_keys(board)):
        raise NotConfigured(f"{name} is off: {board.terms}", context={"reason": "off"})
    return board


def options(settings: Settings) -> Options:
    """What the operator's file says, and the keys from the environment, which win. Read anew at each harvest."""
    file = settings.sources_file
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadOptions(f"{file.name} cannot be read: {type(error).__name__}.") from error
    found = read_options(text, SOURCES, name=file.name)
    for name, keys in _keys(settings).items():
        found[name] = {**found.get(name, {}), **{key: value for key, value in keys.items() if value}}
    return found


def _keys(settings: Settings) -> Mapping[str, Mapping[str, str]]:
    return {
        "adzuna": {"app_id": settings.adzuna_app_id, "app_key": settings.adzuna_app_key.get_secret_value()},
        "usajobs": {"key": settings.usajobs_key.get_secret_value(), "email": settings.usajobs_email},
        "themuse": {"key": settings.themuse_key.get_secret_value()},
    }


def _has_keys(board: Board) -> bool:
    """A board that is off for want of a key is on once it has one; LinkedIn takes none and stays off."""
    return bool(board.needs) and all(board.options.get(name) for name in board.needs)


def is_local(board: Board, settings: Settings) -> bool:
    """The operator pointed it at a server of theirs: no stranger is bothered."""
    return board.base_url in {url.rstrip("/") for url in settings.harvest_base_urls.values()}


def too_soon(board: Board, settings: Settings, last: datetime | None) -> bool:
    if last is None or is_local(board, settings):
        return False
    return utc_now() - last < _SOON * board.min_interval


def client_of(services: Services, board: Board, cache: ConditionalCache | None = None) -> PoliteClient:
    """Addresses inside are refused, except the very servers that the operator pointed sources at."""
    settings = services.settings
    local = is_local(board, settings)
    parts = urlsplit(board.base_url)
    return PoliteClient(
        contact=settings.harvest_contact,
        gate=services.rate_gate,
        cache=cache or MemoryCache(),
        limits=Limits() if not local else replace(Limits(), interval=0.0),
        guard=AddressGuard(trusted=frozenset(map(origin_of, settings.harvest_base_urls.values()))),
        robots_given={f"{parts.scheme}://{parts.netloc}": ""} if board.options.get(PERMISSION.name) else {},
        invited=board.invites,
    )


def breaker_of(history: Sequence[Harvest]) -> Breaker:
    """A source's breaker after its harvests, newest first: what failed counts until one did not."""
    breaker = Breaker()
    for past in reversed(history):
        ended = past.finished_at if past.status == "failed" else None
        breaker = breaker.after_failure(ended) if ended else breaker.after_success()
    return breaker
