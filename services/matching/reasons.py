"""The six parts in sentences, with the two values compared and where the posting says so."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.matching import money, places, values
from services.matching.candidate import Candidate
from services.matching.facts import PARTS, Part, PostingFacts, Span, Weights
from services.matching.requirements import Requirements, read

MOST_SPANS = 12
MOST_NAMED = 8
WORK_TYPE_NAMES = {"full": "remote", "hybrid": "hybrid", "onsite": "on site"}


class Skills(NamedTuple):
    """Canonical names, required ones first, each group in alphabetical order."""

    matching: tuple[str, ...]
    missing: tuple[str, ...]


class Words(NamedTuple):
    """A reason, the posting's value, the person's, and the evidence."""

    reason: str
    posting: str = ""
    person: str = ""
    evidence: tuple[Span, ...] = ()


def parts(
    candidate: Candidate,
    posting: PostingFacts,
    weights: Weights,
    numbers: Sequence[float],
    points: Sequence[float],
    neutral: Sequence[bool],
    stops: Sequence[str],
) -> tuple[Part, ...]:
    found = read(posting.text, posting.title)
    made = []
    for index, name in enumerate(PARTS):
        words = _WORDS[name](candidate, posting, found)
        reason = f"Not counted. {stops[0]}" if stops else _said(words.reason, name, neutral=neutral[index])
        made.append(
            Part(
                name=name,
                value=numbers[index],
                weight=weights.as_tuple()[index],
                points=points[index],
                neutral=neutral[index],
                reason=reason,
                posting=words.posting,
                person=words.person,
                evidence=words.evidence,
            )
        )
    return tuple(made)


def skills(candidate: Candidate, posting: PostingFacts) -> Skills:
    asked = (*sorted(posting.skills_required), *sorted(posting.skills_preferred - posting.skills_required))
    return Skills(
        tuple(name for name in asked if name in candidate.has),
        tuple(name for name in asked if name not in candidate.has),
    )


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """`a, b and c`, cut after `most` with the number left out."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _said(reason: str, name: str, *, neutral: bool) -> str:
    return f"{reason} Counted as neutral." if neutral else reason


def _skills(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    matching, missing = skills(candidate, posting)
    asked = posting.skills_required | posting.skills_preferred
    spans = tuple(
        Span(mention.start, mention.end, mention.surface) for mention in found.mentions if mention.skill in asked
    )[:MOST_SPANS]
    person = ", ".join(matching)
    if candidate.person.skills is None:
        return Words("No résumé says which skills you have.", ", ".join(sorted(asked)), "", spans)
    if not asked:
        return Words("The posting names no skill we know.")
    reason = f"You have {len(matching)} of the {len(asked)} skills it names"
    reason += f": {listed(matching)}." if matching else "."
    implied = [f"{name} through {candidate.has[name]}" for name in matching if candidate.has[name] != name]
    reason += f" Counted {listed(implied, 3)}." if implied else ""
    reason += f" Not in your résumé: {listed(missing)}." if missing else ""
    return Words(reason, ", ".join(sorted(asked)), person, spans)


def _title(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    role, likeness = values.best_role(candidate, posting)
    near = ""
    if posting.similarity is not None:
        near = f" Résumé and posting read {posting.similarity:.0%} alike."
    if not candidate.roles:
        return Words(f"We know no title or wanted role of yours.{near}", posting.title)
    if not role:
        return Words(f"None of your titles is like “{posting.title}”.{near}", posting.title, candidate.roles[0][0])
    return Words(f"“{posting.title}” is {_how_like(likeness)} your “{role}”.{near}", posting.title, role)


_LIKE = ((0.9, "the same work as"), (0.6, "close to"), (0.3, "related to"), (0.0, "far from"))


def _how_like(likeness: float) -> str:
    return next(words for least, words in _LIKE if likeness >= least)


def _experience(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    have, needed = candidate.person.years, values.years_needed(posting)
    mine = f"{have:g} years" if have is not None else candidate.person.seniority or ""
    stated = posting.years_min is not None
    spans = (found.years_span,) if found.years_span and stated and found.years_min == posting.years_min else ()
    asked = f"{needed:g}+ years" if stated and needed is not None else posting.seniority or ""
    if needed is not None and have is not None:
        source = "asks for" if stated else f"is a {posting.seniority} position, usually"
        verdict = "you have" if have >= needed else "you have only"
        said = f"The posting {source} {needed:g} years or more; {verdict} {have:g}."
        return Words(said + _rank(candidate, posting), asked, mine, spans)
    if asked and mine:
        return Words(f"The posting asks for {asked}; you are {mine}.", asked, mine, spans)
    return Words("The posting names no years." if not asked else "Your years are not known.", asked, mine, spans)


def _rank(candidate: Candidate, posting: PostingFacts) -> str:
    """Said when the ranks differ: then they may be what decides."""
    if values.rank(candidate, posting) in (None, 1.0):
        return ""
    return f" The position is {posting.seniority}; you are {candidate.person.seniority}."


def _work_type(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    person = candidate.person
    offered = [WORK_TYPE_NAMES.get(posting.remote_type or "", ""), posting.job_type or ""]
    wanted = [*(WORK_TYPE_NAMES.get(one, one) for one in sorted(person.work_types)), *sorted(person.job_types)]
    theirs, mine = " ".join(filter(None, offered)), ", ".join(wanted)
    if not theirs:
        return Words("The posting does not say where or on what terms.", "", mine)
    if not mine:
        return Words(f"It is {theirs}; you named no wish.", theirs)
    return Words(f"It is {theirs}; you want {listed(wanted)}.", theirs, mine, _where(posting, (theirs, offered[0])))


def _location(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    theirs = posting.location or places.name_of(posting.country)
    if posting.remote_type == "full":
        within = ", ".join(posting.regions) or theirs
        theirs = f"remote ({within})" if within else "remote"
    mine = candidate.person.location or places.name_of(candidate.country)
    wanted = [places.name_of(code) for code in sorted(candidate.person.countries_wanted)]
    spans = _where(posting, (posting.location, *posting.regions))
    if candidate.country is None and not wanted:
        return Words("Where you are is not known.", theirs, mine, spans)
    if not theirs:
        return Words("The posting names no place.", "", mine)
    wish = f" and would go to {listed(wanted)}" if wanted else ""
    return Words(f"The work is {theirs}; you are in {mine or 'a place we do not know'}{wish}.", theirs, mine, spans)


def _salary(candidate: Candidate, posting: PostingFacts, found: Requirements) -> Words:
    person = candidate.person
    theirs = money.written(posting.salary_min, posting.salary_max, posting.currency)
    mine = money.written(person.salary_min, person.salary_max, person.currency)
    spans = _where(posting, _amounts(posting))
    if not theirs:
        return Words("The posting names no salary.", "", mine)
    if not mine:
        return Words(f"It pays {theirs}; you named no wish.", theirs, "", spans)
    if values.offered_salary(candidate, posting) is None or not person.salary_min:
        return Words(f"It pays {theirs}, which we cannot compare with {mine}.", theirs, mine, spans)
    rough = f" (at the rates of {money.RATES_AS_OF})" if money.code(posting.currency) != candidate.currency else ""
    return Words(f"It pays {theirs} a year; you want {mine}{rough}.", theirs, mine, spans)


def _amounts(posting: PostingFacts) -> tuple[str, ...]:
    """An amount as a posting may write it: 80,000, 80.000, 80000 or 80k."""
    forms = []
    for amount in filter(None, (posting.salary_min, posting.salary_max)):
        forms += [f"{amount:,}", f"{amount:,}".replace(",", "."), str(amount), f"{amount // 1000}k"]
    return tuple(forms)


def _where(posting: PostingFacts, words: Sequence[str]) -> tuple[Span, ...]:
    """The first place of each wording in the posting's text."""
    spans = set()
    for word in filter(None, words):
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", posting.text, re.IGNORECASE)
        if match:
            spans.add(Span(match.start(), match.end(), match[0]))
    return tuple(sorted(spans))


_WORDS = {
    "skills": _skills,
    "title": _title,
    "experience": _experience,
    "work_type": _work_type,
    "location": _location,
    "salary": _salary,
}
