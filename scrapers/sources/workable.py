"""Workable: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board
from scrapers.formats import workable

SOURCE = Board(
    name="workable",
    homepage="https://www.workable.com",
    base_url="https://apply.workable.com",
    terms="Public careers widget; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=workable.fetch,
    read=workable.read,
    promises=frozenset({"company", "posted_at", "location"}),
)
