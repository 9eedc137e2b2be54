"""A person made ready for comparing with many postings: what does not depend on the posting, worked out once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.matching import money, places, titles
from services.matching.facts import HeldTitle, Person
from services.skills.vocabulary import kind, related

DAYS_A_YEAR = 365.25
FADES_PER_YEAR = 0.06
OLDEST_TITLE_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """`has` are the person's skills and all they imply, each with the skill it comes from. `roles` are titles with the
    share they count for: 1 for a wanted role or a present position, less for one long past.
    """

    person: Person
    has: dict[str, str]
    roles: tuple[tuple[str, float], ...]
    country: str | None
    city: str | None
    level: int | None
    currency: str | None

    @classmethod
    def of(cls, person: Person, as_of: date) -> "Candidate":
        return cls(
            person=person,
            has=with_implied(person.skills or ()),
            roles=_roles(person, as_of),
            country=person.country or places.country_of(person.location),
            city=places.city_of(person.location),
            level=level_index(person.seniority),
            currency=money.code(person.currency),
        )


def with_implied(skills: Iterable[str]) -> dict[str, str]:
    """Each skill and all it implies → the skill of the list it comes from (itself, when listed)."""
    has = {skill: skill for skill in sorted(skills)}
    queue = list(has)
    while queue:
        skill = queue.pop()
        for implied in related(skill):
            if implied not in has:
                has[implied] = has[skill]
                queue.append(implied)
    return has


def level_index(seniority: str | None) -> int | None:
    return titles.LEVELS.index(seniority) if seniority in titles.LEVELS else None


def skill_weight(skill: str) -> float:
    """Every posting asks for communication: a soft skill counts a quarter."""
    return SOFT if kind(skill) == "soft" else 1.0


SOFT = 0.25


def _roles(person: Person, as_of: date) -> tuple[tuple[str, float], ...]:
    wanted = [(role, 1.0) for role in person.roles_wanted]
    held = [(title.text, _recency(title, as_of)) for title in person.titles]
    return tuple(wanted + held)


def _recency(title: HeldTitle, as_of: date) -> float:
    years_ago = max(0, (as_of - title.until).days) / DAYS_A_YEAR if title.until else 0.0
    return max(OLDEST_TITLE_COUNTS, 1.0 - FADES_PER_YEAR * years_ago)
