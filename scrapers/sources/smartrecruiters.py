"""SmartRecruiters: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board, Invitation
from scrapers.formats import smartrecruiters

SOURCE = Board(
    name="smartrecruiters",
    homepage="https://www.smartrecruiters.com",
    base_url="https://api.smartrecruiters.com",
    terms="Public posting API; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=smartrecruiters.fetch,
    read=smartrecruiters.read,
    promises=frozenset({"company", "posted_at", "location"}),
    invitation=Invitation(
        "https://developers.smartrecruiters.com/docs/posting-api: public postings, no authentication", "/v1/companies/"
    ),
)
