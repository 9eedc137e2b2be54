"""Teamtailor: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board
from scrapers.formats import teamtailor

SOURCE = Board(
    name="teamtailor",
    homepage="https://www.teamtailor.com",
    base_url="https://{company}.teamtailor.com",
    terms="Public JSON feed; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=teamtailor.fetch,
    read=teamtailor.read,
    promises=frozenset({"company", "posted_at", "location"}),
)
