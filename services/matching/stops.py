"""Reasons not to score at all. What is not known never stops anything."""

import re
from functools import lru_cache

from services.matching import money, places
from services.matching.candidate import Candidate
from services.matching.facts import PostingFacts
from services.matching.values import offered_salary, posting_country

ROUGH_RATES = 0.9
"""Between two currencies the minimum gives way by a tenth: our rates are rough."""

_LEGAL_FORM = re.compile(
    r"[\s,]+(?:inc|incorporated|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|se|kg|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as"
    r"|pty|group|holdings?)\.?$"
)


def of(candidate: Candidate, posting: PostingFacts) -> tuple[str, ...]:
    """Sentences, one for each stop; empty when the posting may be scored."""
    found = (check(candidate, posting) for check in (_company, _visa, _country, _work_type, _salary))
    return tuple(reason for reason in found if reason)


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """`ACME, Inc.` and `Acme` are one company."""
    key, before = " ".join(name.lower().split()).strip(" ."), ""
    while key != before:
        before, key = key, _LEGAL_FORM.sub("", key).strip(" .,")
    return key


def _company(candidate: Candidate, posting: PostingFacts) -> str:
    avoided = candidate.person.companies_avoided
    if not avoided or not posting.company:
        return ""
    key = company_key(posting.company)
    hit = any(company_key(name) == key for name in avoided)
    return f"You asked not to see {posting.company}." if hit else ""


def _visa(candidate: Candidate, posting: PostingFacts) -> str:
    needs = candidate.person.needs_visa and posting.visa_sponsorship is False
    country = posting_country(posting) if needs else None
    if not needs or (country is not None and country == candidate.country):
        return ""
    return "You need visa sponsorship, and this posting offers none."


def _country(candidate: Candidate, posting: PostingFacts) -> str:
    home, wanted = candidate.country, candidate.person.countries_wanted
    if posting.remote_type == "full":
        reach = wanted | {home} if home else wanted
        covered = [places.regions_cover(posting.regions, country) for country in reach]
        if covered and all(one is False for one in covered):
            return f"It is remote only within {', '.join(posting.regions)}, and that leaves your countries out."
        return ""
    country = posting_country(posting)
    if not wanted or country is None or country == home or country in wanted:
        return ""
    return f"It is in {places.name_of(country)}, which is not among the countries you want."


def _work_type(candidate: Candidate, posting: PostingFacts) -> str:
    if candidate.person.only_remote and posting.remote_type in {"onsite", "hybrid"}:
        return f"You want remote work only, and this is {posting.remote_type}."
    return ""


def _salary(candidate: Candidate, posting: PostingFacts) -> str:
    least, offered = candidate.person.salary_min, offered_salary(candidate, posting)
    if not least or offered is None:
        return ""
    same = money.code(posting.currency) == candidate.currency
    if offered >= least * (1.0 if same else ROUGH_RATES):
        return ""
    return (
        f"It pays {money.written(posting.salary_min, posting.salary_max, posting.currency)} a year, "
        f"below your minimum of {money.written(least, least, candidate.currency)}."
    )
