"""`/api/analysis/export`: an analysis as a file."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.auth import WaitingCaller
from api.limits import limited
from core.clock import utc_now
from core.db import transaction
from services import analyses
from services.exports.rendering import export

router = APIRouter(prefix="/api/analysis", tags=["analyzer: analysis"])


@router.get("/export", response_class=Response, dependencies=[limited("analyzer_default")])
def export_analysis(
    caller: WaitingCaller, job_id: UUID, form: Annotated[str, Query(alias="format")] = "json"
) -> Response:
    """Read, then drawn with no connection in hand, in a thread of the pool and never on the event loop."""
    with transaction() as session:
        analysis = analyses.get(session, job_id, user_id=caller.id)
    made = export(analysis, form, now=utc_now())
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"', "X-Content-Type-Options": "nosniff"}
    return Response(made.content, media_type=made.media_type, headers=headers)
