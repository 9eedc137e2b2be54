"""What harvests and imports do with postings: make rows of them, find those that are one opening, embed them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy.orm import Session

from core.db import transaction
from pipelines.pipeline import Context, Done
from scrapers.dedupe import apart, block_key, canonical_url, is_front_page, same_page, same_posting
from scrapers.posting import Posting
from services import harvests, postings
from services.postings import facts, groups
from services.postings.groups import Advert

AT_ONCE = 2000  # postings that one stage compares or embeds
_COMPARED_TOGETHER = 200
_FIELDS = tuple(one.name for one in fields(Posting))


def row_of(posting: Posting) -> dict[str, Any]:
    """A posting as its table has it, with what its text asks for read once, here."""
    return {
        **{name: getattr(posting, name) for name in _FIELDS},
        "raw": _bounded(posting.raw),
        **facts.read(posting.title, posting.description),
        "fingerprint": block_key(posting),
        "canonical_url": canonical_url(posting.url),
        "content_hash": facts.content_hash(posting.title, posting.company, posting.description),
    }


def _bounded(raw: Mapping[str, Any], limit: int = 100_000) -> dict[str, Any]:
    """The board's own item, unless it is unreasonably large. Postgres cannot store NUL."""
    if not raw:
        return {}
    text = json.dumps(raw, default=str).replace("\\u0000", "")
    return dict(json.loads(text)) if len(text) <= limit else {}


def link(context: Context) -> Done:
    """Find what other boards, or the same one, already advertise, and put it into one group."""
    with transaction() as session:
        adverts = groups.uncompared(session, context.payload["source"], limit=AT_ONCE)
    found: dict[int, int] = {}
    for start in range(0, len(adverts), _COMPARED_TOGETHER):
        _compare(adverts[start : start + _COMPARED_TOGETHER], found)
    pairs = list(found.items())

    def save(session: Session) -> None:
        joined = groups.join(session, pairs, adverts)
        harvests.note_duplicates(session, context.run_id, joined)

    return Done(save=save, message=f"{len(pairs)} of {len(adverts)} advertised before")


def _compare(adverts: Sequence[Advert], found: dict[int, int]) -> None:
    """Note each advert that is another's copy, with the head of its group."""
    with transaction() as session:
        others = groups.alike(session, adverts)
    for one in adverts:
        known: dict[int, list[Advert]] = {}
        for other in others.get(one.id, ()):
            known.setdefault(found.get(other.id) or other.duplicate_of or other.id, []).append(other)
        head = next((head for head, group in known.items() if belongs(one, group)), None)
        if head is not None and head != one.id:
            found[one.id] = head


def belongs(one: Advert, group: Sequence[Advert]) -> bool:
    """It is like one of them, and none is elsewhere: "Remote" must not make one opening of Berlin's and Paris'."""
    return any(same(one, other) for other in group) and not any(apart(one, other) for other in group)


def same(left: Advert, right: Advert) -> bool:
    """One address with one title is one opening, whatever the texts; else the texts decide."""
    address = left.canonical_url
    if address and address == right.canonical_url and not is_front_page(address):
        return same_page(left, right)
    return same_posting(left, right)


def embed(context: Context) -> Done:
    """Vectors for postings that have none, or whose text changed since."""
    embedder = context.services.embedder
    with transaction() as session:
        missing = postings.unembedded(session, context.payload["source"], embedder.model, limit=AT_ONCE)
    vectors = embedder.embed([one.text for one in missing])

    def save(session: Session) -> None:
        postings.save_embeddings(session, missing, vectors, embedder.model)

    return Done(save=save, message=f"{len(missing)} vectors")
