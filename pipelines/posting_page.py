"""`posting_page`: the text of one posting, from the board's page of it."""

from core.queue import SCRAPE
from pipelines.harvest_boards import board_of, client_of
from pipelines.pipeline import Context, Done, Pipeline, Stage
from scrapers.errors import UnreadableAnswer
from scrapers.formats.guest_page import description
from services import linkedin

_LONGEST = 50_000
_PATH = "/jobs-guest/jobs/api/jobPosting/"


def read(context: Context) -> Done:
    """Raises a HarvestError where the board is off, refuses, or shows no text."""
    board = board_of(context.services.settings, context.payload["source"], live=False)
    page = client_of(context.services, board).get(f"{board.base_url}{_PATH}{context.payload['posting_id']}")
    found = description(page.text)
    if not found:
        raise UnreadableAnswer(f"{board.name} showed no text of this job.", context={"reason": "empty"})
    return Done(result={"description": found[:_LONGEST]}, message=f"{len(found)} characters")


POSTING_PAGE = Pipeline(linkedin.PIPELINE, (Stage("fetching", read, queue=SCRAPE, progress=10, attempts=2),))
