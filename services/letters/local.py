"""The local letter writer: rules and retrieval, no model.

It opens with the position, says what of the posting the résumé shows, tells the work that speaks most to it in the
résumé's own words, owns up to what is missing, and closes. A thin résumé makes a short letter: nothing pads it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

from services.letters.facts import LetterFacts, Position, School, month_and_year
from services.letters.phrases import FORMAL, TONES, Tone
from services.letters.phrasing import told, with_article
from services.letters.relevance import Line, own_skills, ranked
from services.letters.sentences import count_words
from services.letters.support import plain
from services.matching import requirements
from services.skills.vocabulary import canonical, find, kind

MOST_SHARED, MOST_MISSING, MOST_OTHER = 4, 3, 6
FIRST_LINES, MOST_LINES = 3, 7
LEAST_SKILLS_TO_ADD = 2


def write(facts: LetterFacts, tone: str = "formal") -> str:
    """The whole letter, salutation to signature."""
    return _Letter(facts, TONES.get(tone, FORMAL)).text()


class _Letter:
    def __init__(self, facts: LetterFacts, tone: Tone) -> None:
        self.facts, self.tone = facts, tone
        advert = facts.posting
        seed = f"{facts.name}\n{facts.email}\n{advert.title}\n{advert.company}\n{advert.description}"
        self.seed = hashlib.sha256(seed.encode()).digest()
        self.shared, self.missing = named_skills(facts)
        self.lines = ranked(facts)

    def text(self) -> str:
        """Adds one thing at a time until the letter is long enough."""
        most = 2 if self.tone.most < FORMAL.least else FIRST_LINES
        body = self._body(most, ())
        extras: list[str] = []
        for number, extra in self._more(most):
            longer = self._body(number, (*extras, *extra))
            words = count_words(longer)
            if count_words(body) >= self.tone.least:
                break
            if words <= self.tone.most:
                body, most = longer, number
                extras.extend(extra)
        return body

    def _more(self, most: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """What to add next: extra sentences, or one line of work more."""
        number = most
        for extra in (self._education(), self._others()):
            if extra:
                yield number, (extra,)
        for number in range(most + 1, MOST_LINES + 1):
            yield number, ()
        if self.facts.summary and not self.facts.summary.count("\n"):
            summary = self.facts.summary.strip(' ."“”')
            yield number, (f"In the words of my résumé: “{summary}.”",)

    def _body(self, most: int, extras: Sequence[str]) -> str:
        paragraphs = [self._opening(), *self._work(self.lines[:most]), " ".join(extras), self._gaps(), self._closing()]
        letter = [self._pick(self.tone.greeting, 0), *filter(None, paragraphs)]
        farewell = "\n".join(filter(None, (self.tone.farewell, self.facts.name)))
        return "\n\n".join((*letter, farewell))

    def _pick(self, frames: Sequence[str], salt: int) -> str:
        return frames[self.seed[salt] % len(frames)]

    def _opening(self) -> str:
        advert = self.facts.posting
        at = f" at {advert.company}" if advert.company else ""
        title = advert.plain_title or "the post you advertise"
        first = self._pick(self.tone.opening, 1).format(title=title, at=at)
        return " ".join(filter(None, (first, _who(self.facts), self._skills())))

    def _skills(self) -> str:
        if not self.shared:
            return ""
        them = "it" if len(self.shared) == 1 else "both" if len(self.shared) == len("ab") else "them all"
        return self._pick(self.tone.shared, 2).format(skills=series(self.shared), them=them)

    def _work(self, lines: Sequence[Line]) -> Iterator[str]:
        """A paragraph for each position, the one with the most telling line first."""
        order = list(dict.fromkeys(line.position for line in lines))
        for place, index in enumerate(order):
            job = self.facts.positions[index]
            clauses = [told(line.text, job) for line in lines if line.position == index]
            yield " ".join(_told_of(job, clauses, earlier=place > 0 and index > order[0]))

    def _education(self) -> str:
        school = next((one for one in self.facts.schools if one.institution or one.degree), None)
        return _studied(school) if school else ""

    def _others(self) -> str:
        told_already = plain(" ".join((*self.shared, *(line.text for line in self.lines[:FIRST_LINES]))))
        others = [name for name in self.facts.skills if plain(name) and plain(name) not in told_already][:MOST_OTHER]
        return f"My résumé also lists {series(others)}." if len(others) >= LEAST_SKILLS_TO_ADD else ""

    def _gaps(self) -> str:
        if not self.missing:
            return ""
        do, it = ("does", "it") if len(self.missing) == 1 else ("do", "them")
        return self._pick(self.tone.missing, 3).format(skills=series(self.missing), do=do, it=it)

    def _closing(self) -> str:
        reach = " or ".join(filter(None, (self.facts.email, self.facts.phone)))
        contact = f"You can reach me at {reach}." if reach else ""
        return " ".join(filter(None, (self._pick(self.tone.closing, 4), contact, self._pick(self.tone.thanks, 5))))


def named_skills(facts: LetterFacts) -> tuple[list[str], list[str]]:
    """What the posting names that the résumé shows, and what it needs that the résumé does not show, in the posting's
    spelling. Soft skills are left out: no letter proves them by naming them.
    """
    asked = requirements.read(facts.posting.description, facts.posting.title)
    spelling = _spellings(facts)
    mine = own_skills(facts)
    first = sorted(spelling, key=lambda skill: skill not in asked.required)
    shared = [spelling[skill] for skill in first if skill in mine]
    missing = [spelling[skill] for skill in first if skill not in mine and skill in asked.required]
    return shared[:MOST_SHARED], missing[:MOST_MISSING]


def _spellings(facts: LetterFacts) -> dict[str, str]:
    """Canonical skill → how the posting spells it, with proper capitals where only they differ."""
    found: dict[str, str] = {}
    for mention in find(facts.posting.description):
        same = plain(mention.skill) == plain(mention.surface)
        found.setdefault(mention.skill, mention.skill if same else mention.surface)
    for name in facts.posting.skills:
        found.setdefault(canonical(name) or name, name)
    return {skill: name for skill, name in found.items() if kind(skill) != "soft" and name}


def series(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _who(facts: LetterFacts) -> str:
    years = int(facts.years)
    span = f", with {years} {'year' if years == 1 else 'years'} of experience in all" if years else ""
    job = next((one for one in facts.positions if one.title), None)
    if job is None:
        return ""
    at = f" at {job.company}" if job.company else ""
    if job.current:
        return f"I work as {with_article(job.title)}{at}{span}."
    return f"I last worked as {with_article(job.title)}{at}{span}."


def _told_of(job: Position, clauses: Sequence[str], *, earlier: bool) -> list[str]:
    place = f"At {job.company}" if job.company else f"As {with_article(job.title)}" if job.title else "In one position"
    role = ""
    if job.company and job.title:
        since = f" since {month_and_year(job.start)}" if job.current and job.start else ""
        role = f", where I {'have been' if since else 'was'} {with_article(job.title)}{since}"
    start = f"Earlier, {place[0].lower()}{place[1:]}" if earlier else place
    told_first = f"{start}{role}, {clauses[0]}."
    return [told_first, *(_next(clause, index) for index, clause in enumerate(clauses[1:]))]


def _next(clause: str, index: int) -> str:
    verb = re.match(r"I (?:was |am )?", clause)
    if verb:
        return f"{verb[0]}also {clause[verb.end() :]}." if index == 0 else f"{clause}."
    return f"{clause[0].upper()}{clause[1:]}."


def _studied(school: School) -> str:
    details = ", ".join(filter(None, (school.degree, school.end[:4])))
    place = f" at {school.institution}" if school.institution else ""
    if school.field:
        return f"I studied {school.field}{place}{f' ({details})' if details else ''}."
    return f"My education: {', '.join(filter(None, (school.degree, school.institution, school.end[:4])))}."
