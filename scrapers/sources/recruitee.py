"""Recruitee: the career pages of the companies in the operator's list."""

from datetime import timedelta

from scrapers.board import Board
from scrapers.formats import recruitee

SOURCE = Board(
    name="recruitee",
    homepage="https://recruitee.com",
    base_url="https://{company}.recruitee.com",
    terms="Public careers site API; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=recruitee.fetch,
    read=recruitee.read,
    promises=frozenset({"company", "posted_at", "location"}),
)
