"""Three to five lines of a résumé that speak to a posting, word for word."""

from services.letters.facts import LetterFacts
from services.letters.relevance import own_skills, ranked, wanted_skills

MOST, LEAST = 5, 3
NAMED = 6


def highlights(facts: LetterFacts) -> tuple[str, ...]:
    """The best lines as the résumé has them. A thin résumé is filled up with positions, shared skills and degrees; what
    is not there is not made up, so fewer than three are possible.
    """
    found = [line.text for line in ranked(facts)]
    chosen = list(dict.fromkeys(found))[:MOST]
    for spare in _spares(facts):
        if len(chosen) >= LEAST:
            break
        if spare and spare not in chosen:
            chosen.append(spare)
    return tuple(chosen)


def _spares(facts: LetterFacts) -> list[str]:
    mine = own_skills(facts)
    shared = [skill for skill in wanted_skills(facts) if skill in mine][:NAMED]
    jobs = [", ".join(filter(None, (job.title, job.company, job.period))) for job in facts.positions]
    schools = [", ".join(filter(None, (school.degree, school.field, school.institution))) for school in facts.schools]
    return [*([f"Skills the posting names: {', '.join(shared)}"] if shared else []), *jobs, *schools]
