"""Ashby: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board, Invitation
from scrapers.formats import ashby

SOURCE = Board(
    name="ashby",
    homepage="https://www.ashbyhq.com",
    base_url="https://api.ashbyhq.com",
    terms="Public job posting API; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=ashby.fetch,
    read=ashby.read,
    promises=frozenset({"company", "posted_at", "location"}),
    invitation=Invitation(
        "https://developers.ashbyhq.com/docs/public-job-posting-api: for showing postings elsewhere", "/posting-api/"
    ),
)
