"""`/api/analysis/export`: an analysis as a file."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.auth import CurrentCaller
from api.deps import Tx
from core.clock import utc_now
from services import analyses
from services.exports.rendering import export

router = APIRouter(prefix="/api/analysis", tags=["analyzer: analysis"])


@router.get("/export", response_class=Response)
def export_analysis(
    session: Tx, caller: CurrentCaller, job_id: UUID, form: Annotated[str, Query(alias="format")] = "json"
) -> Response:
    """A thread of the pool draws it, never the event loop."""
    analysis = analyses.get(session, job_id, user_id=caller.id)
    made = export(analysis, form, now=utc_now())
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"', "X-Content-Type-Options": "nosniff"}
    return Response(made.content, media_type=made.media_type, headers=headers)
