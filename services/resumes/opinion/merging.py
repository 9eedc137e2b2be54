"""A model's opinion and the rules' profile become one: value by value, each borne out by the text or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from services.resumes.contact.finding import EMAIL
from services.resumes.evidence import Evidences
from services.resumes.opinion.borne_out import Source, pattern_of, plain
from services.resumes.opinion.schema import Opinion, OpinionJob, OpinionStudy
from services.resumes.periods.years import years_of_experience
from services.resumes.profile import Certification, Education, Experience, Language, ResumeProfile, SkillGroup
from services.resumes.text import ExtractedText

GIVEN_CONFIDENCE = 0.6  # the text says it, but only a model says what it is
MOST_LINES = 2_500
JOB_WORDS, STUDY_WORDS = ("company", "title", "location"), ("institution", "degree", "field")


Entry = TypeVar("Entry", Experience, Education)
Named = TypeVar("Named", Certification, Language)


@dataclass(frozen=True)
class Merged:
    """`given` are the paths of the values the model gave; `dropped` counts those that the text does not bear out."""

    profile: ResumeProfile
    given: tuple[str, ...]
    dropped: int


class Merger:
    """For one résumé, once. `resume` is what may bear a value out; `text` says where on the page it stands."""

    def __init__(self, text: ExtractedText, resume: str, profile: ResumeProfile, sure: float) -> None:
        self._source, self._profile, self._sure = Source(resume), profile, sure
        self._lines = [(plain(line.text), line) for line in text.lines[:MOST_LINES]]
        self._given: list[str] = []
        self._dropped = 0
        self._evidence = Evidences(text)
        self._evidence.found = dict(profile.evidence)

    def merged(self, opinion: Opinion) -> Merged:
        profile = replace(self._profile, **self._basics(opinion))
        profile = self._with_skills(profile, opinion.skills)
        profile = replace(
            profile,
            experience=self._jobs(profile.experience, [self._job(one) for one in opinion.experience]),
            education=self._studies(profile.education, [self._study(one) for one in opinion.education]),
        )
        profile = self._with_lists(profile, opinion)
        if profile.experience != self._profile.experience and profile.as_of:
            years = years_of_experience(profile.experience, date.fromisoformat(profile.as_of))
            profile = replace(profile, years_of_experience=years)
        if self._given:
            profile = replace(profile, evidence=self._evidence.found, confidence=self._evidence.overall())
        return Merged(profile, tuple(self._given), self._dropped)

    def _basics(self, opinion: Opinion) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in ("name", "email", "phone", "location", "headline"):
            value = self._said(getattr(opinion, name), name)
            if value and self._open(name, getattr(self._profile, name)):
                values[name] = value
                self._give(name, value)
        return values

    def _open(self, path: str, value: str) -> bool:
        known = self._profile.evidence.get(path)
        return not value or (known is not None and known.confidence < self._sure)

    def _said(self, value: str, name: str = "") -> str:
        """The value on one line, or nothing when the text does not say it or it is not what its name promises."""
        value = " ".join(value.split())
        if not value:
            return ""
        said = self._source.says_phone(value) if name == "phone" else self._source.says(value)
        if said and (name != "email" or EMAIL.fullmatch(value)):
            return value
        self._dropped += 1
        return ""

    def _with_skills(self, profile: ResumeProfile, skills: Sequence[str]) -> ResumeProfile:
        """Added to what the vocabulary found in running text; a list of the résumé's own needs no help."""
        said = [value for skill in skills if (value := self._said(skill))]
        if any(not self._open(f"skills[{number}]", name) for number, name in enumerate(profile.skills)):
            return profile
        known = {name.casefold() for name in profile.skills}
        new = list({name.casefold(): name for name in said if name.casefold() not in known}.values())
        if not new:
            return profile
        for number, name in enumerate(new, len(profile.skills)):
            self._give(f"skills[{number}]", name)
        groups = (*profile.skill_groups, SkillGroup("", tuple(new)))
        return replace(profile, skills=(*profile.skills, *new), skill_groups=groups)

    def _job(self, one: OpinionJob) -> Experience:
        words: dict[str, Any] = {name: self._said(getattr(one, name)) for name in JOB_WORDS}
        start, end, current = self._dates(one.start, one.end, current=one.current)
        return Experience(**words, start=start, end=end, current=current)

    def _study(self, one: OpinionStudy) -> Education:
        words: dict[str, Any] = {name: self._said(getattr(one, name)) for name in STUDY_WORDS}
        start, end, _ = self._dates(one.start, one.end, current=False)
        return Education(**words, start=start, end=end)

    def _dates(self, start: str, end: str, *, current: bool) -> tuple[str, str, bool]:
        """Both from one span of the text, else the start alone, else nothing."""
        if not start and not end:
            return "", "", False
        if self._source.dates(start, end, current=current):
            return start, end, current
        self._dropped += 1
        return (start, "", False) if self._source.dates(start, "", current=False) else ("", "", False)

    def _jobs(self, known: tuple[Experience, ...], heard: Sequence[Experience]) -> tuple[Experience, ...]:
        """The rules' jobs with their gaps filled; the model's where the rules found none."""
        if known:
            return self._filled("experience", known, heard, JOB_WORDS, ("company", "title"))
        jobs = tuple(one for one in heard if one.company or one.title)
        self._give_all("experience", jobs, JOB_WORDS)
        return jobs

    def _studies(self, known: tuple[Education, ...], heard: Sequence[Education]) -> tuple[Education, ...]:
        if known:
            return self._filled("education", known, heard, STUDY_WORDS, ("institution", "degree"))
        studies = tuple(one for one in heard if one.institution or one.degree)
        self._give_all("education", studies, STUDY_WORDS)
        return studies

    def _filled(
        self, path: str, known: Sequence[Entry], heard: Sequence[Entry], words: Sequence[str], names: Sequence[str]
    ) -> tuple[Entry, ...]:
        entries = []
        for number, entry in enumerate(known):
            at = f"{path}[{number}]"
            sure = [name for name in names if not self._open(f"{at}.{name}", getattr(entry, name))]
            same = next((one for one in heard if _same(entry, one, names, sure)), None)
            entries.append(self._completed(at, entry, same, words) if same else entry)
        return tuple(entries)

    def _completed(self, path: str, entry: Entry, heard: Entry, words: Sequence[str]) -> Entry:
        told = {name: getattr(heard, name) for name in words if getattr(heard, name) not in {"", getattr(entry, name)}}
        values = {name: value for name, value in told.items() if self._open(f"{path}.{name}", getattr(entry, name))}
        if not entry.start and heard.start:
            values |= {name: getattr(heard, name) for name in ("start", "end", "current") if hasattr(heard, name)}
        for name, value in values.items():
            if value and name not in {"end", "current"}:
                self._give(f"{path}.{name}", value)
        return replace(entry, **values)

    def _give_all(self, path: str, entries: Sequence[Experience] | Sequence[Education], words: Sequence[str]) -> None:
        for number, entry in enumerate(entries):
            for name in (*words, "start"):
                if getattr(entry, name):
                    self._give(f"{path}[{number}].{name}", getattr(entry, name))

    def _with_lists(self, profile: ResumeProfile, opinion: Opinion) -> ResumeProfile:
        heard = [Certification(self._said(one.name), self._said(one.issuer)) for one in opinion.certifications]
        spoken = [Language(self._said(one.name), self._said(one.level)) for one in opinion.languages]
        return replace(
            profile,
            certifications=self._listed("certifications", profile.certifications, heard),
            languages=self._listed("languages", profile.languages, spoken),
        )

    def _listed(self, path: str, known: tuple[Named, ...], heard: Sequence[Named]) -> tuple[Named, ...]:
        if known:
            return known
        found = tuple(one for one in heard if one.name)
        for number, one in enumerate(found):
            self._give(f"{path}[{number}].name", one.name)
        return found

    def _give(self, path: str, value: str) -> None:
        """Notes who gave it, and where it stands when one line of the page says it."""
        self._given.append(path)
        pattern = pattern_of(value)
        line = next((line for text, line in self._lines if pattern and pattern.search(text)), None)
        if line is not None:
            self._evidence.add(path, line, GIVEN_CONFIDENCE)
        else:
            self._evidence.found.pop(path, None)


def _same(known: Entry, heard: Entry, names: Sequence[str], sure: Sequence[str]) -> bool:
    """They share a name, or the start; and what is sure of the known one's names is not contradicted."""
    alike = {name: getattr(known, name).casefold() == getattr(heard, name).casefold() for name in names}
    if any(getattr(heard, name) and not alike[name] for name in sure):
        return False
    shared = any(alike[name] and getattr(known, name) for name in names)
    return shared or bool(known.start and known.start == heard.start)
