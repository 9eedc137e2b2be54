"""Greenhouse: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board, Invitation
from scrapers.formats import greenhouse

SOURCE = Board(
    name="greenhouse",
    homepage="https://www.greenhouse.com",
    base_url="https://boards-api.greenhouse.io",
    terms="Public job board API; each company's postings stay the company's, so link to its own page.",
    min_interval=timedelta(hours=6),
    fetch=greenhouse.fetch,
    read=greenhouse.read,
    promises=frozenset({"company", "posted_at", "location"}),
    invitation=Invitation(
        "https://developers.greenhouse.io/job-board.html: job board data is public and needs no authentication",
        "/v1/boards/",
    ),
)
