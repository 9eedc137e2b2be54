"""What a posting's text says, read once when it is written: skills, requirements, and the mark of the text itself."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from services.matching import requirements
from services.skills.vocabulary import find

_TEXTS_REMEMBERED = 4096
_remembered: OrderedDict[bytes, Mapping[str, Any]] = OrderedDict()
_lock = Lock()


def read(title: str, description: str) -> Mapping[str, Any]:
    """The columns `skills` and `requirements`.

    Costs milliseconds, and agencies post one text for many towns: the last answers are remembered, under a digest
    since the texts themselves may be megabytes.
    """
    mark = hashlib.blake2b(f"{title}\n{description}".encode(errors="surrogatepass"), digest_size=16).digest()
    with _lock:
        if mark in _remembered:
            _remembered.move_to_end(mark)
            return _remembered[mark]
    found = _read(title, description)
    with _lock:
        _remembered[mark] = found
        if len(_remembered) > _TEXTS_REMEMBERED:
            _remembered.popitem(last=False)
    return found


def _read(title: str, description: str) -> Mapping[str, Any]:
    mentions = find(f"{title}\n{description}")
    before = len(title) + 1
    inside = [
        mention._replace(start=mention.start - before, end=mention.end - before)
        for mention in mentions
        if mention.start >= before
    ]
    asked = requirements.read(description, title, inside)
    return {
        "skills": sorted({mention.skill for mention in mentions}),
        "requirements": {
            "required": sorted(asked.required),
            "preferred": sorted(asked.preferred),
            "years_min": asked.years_min,
            "years_max": asked.years_max,
            "seniority": asked.seniority,
            "visa": asked.visa_sponsorship,
        },
    }


def content_hash(title: str, company: str | None, description: str) -> str:
    """Changes when what is searched, compared and embedded changes."""
    return hashlib.sha256("\n".join((title, company or "", description)).encode()).hexdigest()
