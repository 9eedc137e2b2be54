"""A completed analysis as a file in one of four formats."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import BadRequest, NotFound
from services.analyses import Analysis
from services.exports.desk import Desk
from services.exports.drawing import draw
from services.exports.record import record, rows
from services.exports.sheet import write_csv

_DESK = Desk(seats=2, waiting=4, patience=10.0)


@dataclass(frozen=True)
class Export:
    content: bytes
    media_type: str
    filename: str


@dataclass(frozen=True)
class _Read:
    """What a writer gets: the analysis, known to be complete, and the moment of its export."""

    job_id: str
    profile: Mapping[str, Any]
    insights: Mapping[str, Any]
    plain_text: str
    now: datetime


def export(analysis: Analysis, form: str, *, now: datetime) -> Export:
    """Raises BadRequest for another format or an analysis that is not completed, NotFound when its profile is gone,
    Unavailable when too many are being drawn.
    """
    kind = _FORMATS.get(form)
    if kind is None:
        names = ", ".join(_FORMATS)
        message = f"There is no format {form[:20]!r}. Choose one of {names}."
        raise BadRequest(message, title="Invalid format", code="INVALID_FORMAT", context={"field": "format"})
    read = _completed(analysis, now)
    return Export(kind.write(read), kind.media_type, f"resume_analysis_{read.job_id[:8]}.{form}")


def _completed(analysis: Analysis, now: datetime) -> _Read:
    run, reading = analysis.run, analysis.reading
    if run.status != "completed":
        raise BadRequest(
            f"This analysis is {analysis.state}. Only a completed one can be exported.",
            title="Analysis not completed",
            code="NOT_COMPLETED",
            context={"current_status": analysis.state, "progress": run.progress},
        )
    if reading is None or reading.profile is None or reading.insights is None:
        raise NotFound("This analysis has no profile.", title="Profile not found", context={"job_id": str(run.id)})
    return _Read(str(run.id), reading.profile, reading.insights, reading.plain_text, now)


def _json(read: _Read) -> bytes:
    facts = {"job_id": read.job_id, **record(read.profile, read.insights), "exported_at": read.now.isoformat()}
    return json.dumps(facts, ensure_ascii=False, indent=2).encode()


def _csv(read: _Read) -> bytes:
    return write_csv(rows(record(read.profile, read.insights)))


def _drawn(form: str) -> Callable[[_Read], bytes]:
    def write(read: _Read) -> bytes:
        with _DESK.seat():
            return draw(form, read.profile, read.plain_text, now=read.now)

    return write


@dataclass(frozen=True)
class _Format:
    media_type: str
    write: Callable[[_Read], bytes]


_FORMATS = {
    "json": _Format("application/json", _json),
    "csv": _Format("text/csv", _csv),
    "pdf": _Format("application/pdf", _drawn("pdf")),
    "docx": _Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _drawn("docx"),
    ),
}
