"""The six parts as numbers: each function gives 0 to 1, or None when there is nothing to go by.

The constants are judgements; a change moves every score, so it belongs in a decision record.
"""

from functools import lru_cache

from services.matching import money, places, titles
from services.matching.candidate import Candidate, level_index, skill_weight
from services.matching.facts import NEUTRAL, PostingFacts

WELCOME_SHARE = 0.4
"""What a nice-to-have skill counts beside a required one."""

ENOUGH_SKILLS = 3.0
"""Below this sum of weights a posting names too little to be sure; the rest counts as neutral."""

TITLE_SHARE = 0.7
"""The rest of the title part is the similarity of the embeddings, when there is one."""

SIMILARITY_FLOOR, SIMILARITY_RANGE = 0.2, 0.5
"""Cosines of all-MiniLM-L6-v2 between a résumé and a posting: 0.2 is a stranger, 0.7 as near as it gets."""

USUAL_YEARS = dict(zip(titles.LEVELS, (0.0, 0.0, 2.0, 5.0, 7.0, 8.0, 10.0, 12.0), strict=True))
SPARE_YEARS, PER_YEAR_OVER, OVER_FLOOR = 5.0, 0.03, 0.7
PER_LEVEL_BELOW, PER_LEVEL_ABOVE = 0.3, 0.15

WORK_TYPE_FIT = {
    "full": {"full": 1.0, "hybrid": 0.4, "onsite": 0.0},
    "hybrid": {"full": 0.8, "hybrid": 1.0, "onsite": 0.4},
    "onsite": {"full": 0.5, "hybrid": 0.7, "onsite": 1.0},
}
OTHER_JOB_TYPE = 0.2

SAME_COUNTRY, SAME_COUNTRY_OTHER_CITY, WANTED_COUNTRY, OTHER_COUNTRY = 0.9, 0.6, 0.8, 0.1
REMOTE_UNSAID, REMOTE_ELSEWHERE = 0.8, 0.4

AT_MINIMUM = 0.7
"""A salary that just reaches the person's minimum; half the minimum is 0, the person's maximum is 1."""

_weight = lru_cache(maxsize=8192)(skill_weight)


def skills(candidate: Candidate, posting: PostingFacts) -> float | None:
    """The weighted share of the skills asked for that the person has, themselves or implied."""
    if candidate.person.skills is None:
        return None
    asked = found = 0.0
    for names, share in ((posting.skills_required, 1.0), (posting.skills_preferred, WELCOME_SHARE)):
        # Sorted, because floats added in another order give another last digit, and sets have no order.
        for name in sorted(names):
            weight = share * _weight(name)
            asked += weight
            if name in candidate.has:
                found += weight
    if asked == 0.0:
        return None
    missing = max(0.0, ENOUGH_SKILLS - asked)
    return (found + NEUTRAL * missing) / (asked + missing)


def title(candidate: Candidate, posting: PostingFacts) -> float | None:
    likeness = best_role(candidate, posting)[1] if candidate.roles and posting.title else None
    if posting.similarity is None:
        return likeness
    near = min(1.0, max(0.0, (posting.similarity - SIMILARITY_FLOOR) / SIMILARITY_RANGE))
    return near if likeness is None else TITLE_SHARE * likeness + (1.0 - TITLE_SHARE) * near


def best_role(candidate: Candidate, posting: PostingFacts) -> tuple[str, float]:
    """The person's title or wanted role that is most like the posting's, and how like it is."""
    best, value = "", 0.0
    for role, share in candidate.roles:
        likeness = share * titles.likeness(role, posting.title)
        if likeness > value:
            best, value = role, likeness
    return best, value


def experience(candidate: Candidate, posting: PostingFacts) -> float | None:
    """Years against years and rank against rank; the poorer fit counts: ten years do not make a junior post fit."""
    fits = [fit for fit in (_years(candidate, posting), rank(candidate, posting)) if fit is not None]
    return min(fits, default=None)


def _years(candidate: Candidate, posting: PostingFacts) -> float | None:
    needed, have = years_needed(posting), candidate.person.years
    return None if needed is None or have is None else _years_fit(have, needed, posting.years_max)


def rank(candidate: Candidate, posting: PostingFacts) -> float | None:
    """1 for the rank the person holds, less for each step above it and much less for each below."""
    asked = level_index(posting.seniority)
    if asked is None or candidate.level is None:
        return None
    gap = candidate.level - asked
    return max(0.0, 1.0 - (PER_LEVEL_ABOVE * gap if gap > 0 else -PER_LEVEL_BELOW * gap))


def years_needed(posting: PostingFacts) -> float | None:
    if posting.years_min is not None:
        return posting.years_min
    return USUAL_YEARS.get(posting.seniority or "")


def _years_fit(have: float, needed: float, most: float | None) -> float:
    if have < needed:
        return max(0.0, have / needed)
    over = have - max(needed, most or 0.0) - SPARE_YEARS
    return max(OVER_FLOOR, 1.0 - PER_YEAR_OVER * max(0.0, over))


def work_type(candidate: Candidate, posting: PostingFacts) -> float | None:
    """Where the work is done and what contract it is, halves of one part when both are known."""
    person, fits = candidate.person, []
    offered = posting.remote_type
    if offered and person.work_types:
        fits.append(max(WORK_TYPE_FIT.get(wanted, {}).get(offered, NEUTRAL) for wanted in person.work_types))
    if posting.job_type and person.job_types:
        fits.append(1.0 if posting.job_type in person.job_types else OTHER_JOB_TYPE)
    return sum(fits) / len(fits) if fits else None


def posting_country(posting: PostingFacts) -> str | None:
    return posting.country or places.country_of(posting.location)


def location(candidate: Candidate, posting: PostingFacts) -> float | None:
    home, wanted = candidate.country, candidate.person.countries_wanted
    if home is None and not wanted:
        return None
    if posting.remote_type == "full":
        return _remote_fit(home, wanted, posting)
    country = posting_country(posting)
    if country is None:
        return None
    if country != home:
        return WANTED_COUNTRY if country in wanted else OTHER_COUNTRY
    city = places.city_of(posting.location)
    if city is None or candidate.city is None:
        return SAME_COUNTRY
    return 1.0 if city == candidate.city else SAME_COUNTRY_OTHER_CITY


def _remote_fit(home: str | None, wanted: frozenset[str], posting: PostingFacts) -> float:
    reach = sorted(wanted | {home} if home else wanted)
    covered = [places.regions_cover(posting.regions, country) for country in reach]
    if True in covered:
        return 1.0
    if False in covered:
        return 0.0
    country = posting_country(posting)
    if country is None:
        return REMOTE_UNSAID
    return 1.0 if country in reach else REMOTE_ELSEWHERE


def salary(candidate: Candidate, posting: PostingFacts) -> float | None:
    """The top of the offered range against the person's range."""
    offered, least = offered_salary(candidate, posting), candidate.person.salary_min
    if offered is None or not least:
        return None
    most = candidate.person.salary_max
    if offered < least:
        return max(0.0, AT_MINIMUM * (2.0 * offered / least - 1.0))
    if not most or most <= least:
        return 1.0
    return min(1.0, AT_MINIMUM + (1.0 - AT_MINIMUM) * (offered - least) / (most - least))


def offered_salary(candidate: Candidate, posting: PostingFacts) -> float | None:
    """The top of the posting's range in the person's currency; None when either currency is unknown."""
    top = posting.salary_max if posting.salary_max is not None else posting.salary_min
    theirs = money.code(posting.currency)
    if not top or theirs is None or candidate.currency is None:
        return None
    return money.convert(top, theirs, candidate.currency)
