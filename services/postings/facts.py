"""What a posting's text says, read once when it is written: skills, requirements, and the mark of the text itself."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from services.matching import requirements
from services.skills.vocabulary import find

_TEXTS_REMEMBERED = 4096


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def read(title: str, description: str) -> Mapping[str, Any]:
    """The columns `skills` and `requirements`. Costs milliseconds, and agencies post one text for many towns."""
    asked = requirements.read(description, title)
    return {
        "skills": sorted({mention.skill for mention in find(f"{title}\n{description}")}),
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
