"""Lever: the career pages of the companies in the operator's list. Companies in Europe use api.eu.lever.co."""

from datetime import timedelta

from scrapers.board import Board, Invitation
from scrapers.formats import lever

SOURCE = Board(
    name="lever",
    homepage="https://www.lever.co",
    base_url="https://api.lever.co",
    terms="Public postings API; link to the company's hosted posting.",
    min_interval=timedelta(hours=6),
    fetch=lever.fetch,
    read=lever.read,
    promises=frozenset({"company", "posted_at", "location"}),
    invitation=Invitation(
        "https://github.com/lever/postings-api: published postings are public, for building job sites", "/v0/postings/"
    ),
)
