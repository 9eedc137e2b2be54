"""`/api/v1/sources`: how good each board is, for administrators, and the same as metrics."""

from collections.abc import Iterable, Iterator, Sequence

from fastapi import APIRouter
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from api.auth import CurrentAdmin
from api.deps import Config, Tx
from core.clock import utc_now
from core.db import transaction
from core.settings import get_settings
from services import source_quality
from services.source_quality import SourceQuality

router = APIRouter(prefix="/api/v1/sources", tags=["sources"])

_GAUGES = {
    "open": "Open postings in the catalogue",
    "duplicates": "Open postings that another advert of the same opening stands for",
    "new_today": "Postings that came in within a day",
    "found": "Postings in the last harvest",
    "new": "New postings in the last harvest",
    "failures": "Items of the last harvest that could not be read",
}


@router.get("")
def list_sources(session: Tx, caller: CurrentAdmin, settings: Config) -> Sequence[SourceQuality]:
    return source_quality.report(session, settings.harvest_sources, now=utc_now())


class SourceCollector(Collector):
    """Read when metrics are asked for: harvests happen in other processes. Without a database it has nothing to say."""

    def describe(self) -> Iterable[Metric]:
        """Nothing, so that registering asks no database."""
        return ()

    def collect(self) -> Iterator[Metric]:
        try:
            with transaction() as session:
                found = source_quality.report(session, get_settings().harvest_sources, now=utc_now())
        except SQLAlchemyError:
            return
        for name, text in _GAUGES.items():
            gauge = GaugeMetricFamily(f"offerline_source_{name}", text, labels=["source"])
            for one in found:
                gauge.add_metric([one.source], getattr(one, name))
            yield gauge
        yield from _of_harvests(found)


def _of_harvests(found: Iterable[SourceQuality]) -> Iterator[Metric]:
    fill = GaugeMetricFamily("offerline_source_fill_ratio", "Share that has a field", labels=["source", "field"])
    verdict = GaugeMetricFamily("offerline_source_verdict", "1 for how it went", labels=["source", "verdict"])
    at = GaugeMetricFamily("offerline_source_believed_timestamp_seconds", "Last complete harvest", labels=["source"])
    for one in found:
        for name, share in one.fill.items():
            fill.add_metric([one.source, name], share)
        if one.verdict is not None:
            verdict.add_metric([one.source, one.verdict], 1)
        if one.believed_at is not None:
            at.add_metric([one.source], one.believed_at.timestamp())
    yield from (fill, verdict, at)


REGISTRY.register(SourceCollector())
