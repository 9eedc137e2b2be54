"""Personio: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board, Invitation
from scrapers.formats import personio

SOURCE = Board(
    name="personio",
    homepage="https://www.personio.com",
    base_url="https://{company}.jobs.personio.de",
    terms="Public XML feed for syndication; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=personio.fetch,
    read=personio.read,
    promises=frozenset({"company", "posted_at", "location"}),
    invitation=Invitation(
        "https://developer.personio.de/docs/retrieving-open-job-positions: the XML feed is for other sites", "/xml"
    ),
)
