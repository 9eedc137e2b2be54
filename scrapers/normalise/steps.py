"""The order in which a draft becomes a posting: first the texts are mended, then each field is settled on its own."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scrapers.draft import Draft
from scrapers.errors import MalformedItem
from scrapers.normalise.job_type import job_type
from scrapers.normalise.language import language
from scrapers.normalise.markup import from_plain, plain, sanitised
from scrapers.normalise.regions import eligible_regions
from scrapers.normalise.remote import remote_type
from scrapers.normalise.salary import labelled, salary
from scrapers.normalise.seniority import seniority
from scrapers.normalise.tags import tags
from scrapers.normalise.text import line, mended
from scrapers.normalise.visa import visa
from scrapers.posting import Posting

_MARKED = re.compile(r"</?(?:strong|b|em|i|mark|span)(?:\s[^>]*)?>", re.IGNORECASE)  # search hits, highlighted

Mend = Callable[[Draft], Draft]
Settle = Callable[[Draft], dict[str, Any]]


def mend_lines(draft: Draft) -> Draft:
    """Titles and names arrive escaped, double-encoded and with stray spaces and commas."""
    return replace(
        draft,
        title=line(_MARKED.sub("", draft.title)),
        company=line(draft.company or "") or None,
        location=line(draft.location).strip(" ,;"),
        salary_text=line(draft.salary_text),
        regions=tuple(line(region) for region in draft.regions),
        tags=tuple(line(tag) for tag in draft.tags),
    )


def mend_markup(draft: Draft) -> Draft:
    """Leave safe HTML in `html` and its plain text in `text`."""
    html = sanitised(mended(draft.html)) or from_plain(mended(draft.text))
    return replace(draft, html=html, text=plain(html))


def settle_salary(draft: Draft) -> dict[str, Any]:
    said = draft.salary_text or (labelled(draft.text) if draft.salary_in_text else "")
    period, unsaid = draft.salary_period or "", draft.salary_period == ""
    found = salary(said, draft.salary_min, draft.salary_max, draft.salary_currency, period, unsaid=unsaid)
    return {"salary_min": found.low, "salary_max": found.high, "salary_currency": found.currency}


MENDS: tuple[Mend, ...] = (mend_lines, mend_markup)
SETTLES: tuple[Settle, ...] = (
    settle_salary,
    lambda draft: {"remote_type": remote_type(draft.remote, draft.location, draft.title)},
    lambda draft: {"job_type": job_type(draft.job_type, draft.title)},
    lambda draft: {"eligible_regions": eligible_regions(draft.regions, draft.location)},
    lambda draft: {"visa_sponsorship": visa(draft.visa, draft.text)},
    lambda draft: {"seniority": seniority(draft.seniority, draft.title)},
    lambda draft: {"tags": tags(draft.tags)},
    lambda draft: {"language": language(draft.language, f"{draft.title}\n{draft.text}")},
)


def normalised(draft: Draft, source: str) -> Posting:
    """Raise `MalformedItem` when id, address or title is missing: without them there is no posting."""
    for mend in MENDS:
        draft = mend(draft)
    if missing := [name for name in ("source_id", "url", "title") if not getattr(draft, name).strip()]:
        raise MalformedItem(f"missing {', '.join(missing)}")
    if not draft.url.startswith(("https://", "http://")):
        raise MalformedItem("url is not an address")
    settled: dict[str, Any] = {}
    for settle in SETTLES:
        settled |= settle(draft)
    return Posting(
        source=source,
        source_id=draft.source_id.strip(),
        url=draft.url.strip(),
        title=draft.title,
        company=draft.company,
        location=draft.location,
        description_html=draft.html,
        description=draft.text,
        posted_at=draft.posted_at,
        expires_at=draft.expires_at,
        raw=draft.raw,
        **settled,
    )
