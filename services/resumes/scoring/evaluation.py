"""How well a profile agrees with the truth: precision, recall and F1 per field, and jobs that are right as a whole.

Matching is one to one. Names, titles and skills match when they agree but for case, width, punctuation and a letter or
two; dates match to the precision both give; a phone matches by its national digits; a place by holding the true city;
a link by holding the true address or user name; a degree by its words, wherever the field of study was put.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz
from yaml import YAMLError

from services.resumes.errors import ReadingError
from services.resumes.profile import Education, Experience, ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.scoring.truth import TrueJob, Truth, read_truth, truth_files
from services.resumes.understanding import read_profile

FIELDS = ("name", "email", "phone", "location", "links", "company", "title", "dates", "institution", "degree", "skills")
SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt"})
ALIKE = 91.0
NATIONAL_DIGITS = 7
SMALL = frozenset({"in", "of", "en", "em", "im", "i", "degree", "s"})


@dataclass
class Score:
    """Counts of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class FileResult:
    """One file: its scores, its whole jobs, seconds to extract and to understand, and what went wrong, if anything."""

    path: Path
    layout: str
    scores: dict[str, Score] = field(default_factory=dict)
    besides: dict[str, Score] = field(default_factory=dict)  # the smaller sections, which count in no total
    jobs: Score = field(default_factory=Score)
    seconds: float = 0.0
    error: str = ""
    differences: list[str] = field(default_factory=list)


def labelled(folder: Path) -> dict[Path, Truth]:
    """Every résumé under `folder` that has a truth file. Raises `ValueError`, naming the file, for one that is none."""
    truths = truth_files(folder)
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.stem in truths and ".truth" not in path.name:
            found[path] = _truth(truths[path.stem])
    return found


def _truth(path: Path) -> Truth:
    try:
        return read_truth(path)
    except (ValueError, LookupError, TypeError, AttributeError, YAMLError, OSError) as error:
        raise ValueError(f"{path} is not a truth file: {type(error).__name__}") from error


def evaluate(folder: Path, reader: ResumeReader, as_of: date) -> Iterator[FileResult]:
    """Every labelled résumé under `folder`. Raises as `labelled` does."""
    for path, truth in labelled(folder).items():
        yield evaluate_file(path, truth, reader, as_of)


def evaluate_file(path: Path, truth: Truth, reader: ResumeReader, as_of: date) -> FileResult:
    result = FileResult(path, layout_of(path))
    started = time.perf_counter()
    try:
        profile = read_profile(reader.extract(path.read_bytes(), path.name), as_of=as_of)
    except ReadingError as error:
        result.error, profile = error.reason.value, ResumeProfile()
    result.seconds = time.perf_counter() - started
    result.scores, result.differences = score(profile, truth)
    result.besides, more = score_besides(profile, truth)
    result.differences += more
    result.jobs = whole_jobs(profile.experience, truth.jobs, truth.partial)
    return result


def layout_of(path: Path) -> str:
    """Thus "flat" of "jane__flat.pdf", with the folder where one folder holds one producer."""
    theme = path.stem.rpartition("__")[2] or path.stem
    return f"{theme} ({path.parent.name})" if path.parent.name.startswith(("lo-", "pandoc")) else theme


def score(profile: ResumeProfile, truth: Truth) -> tuple[dict[str, Score], list[str]]:
    """Per field, and the differences in words ("skills: missed 'Go'")."""
    read = values_of(profile)
    scores, differences = {}, []
    for name in FIELDS:
        if name not in truth.values and name in {"location", "links", "dates"}:
            continue  # a theme that shows none of these says nothing about them
        match = _matcher(name, truth)
        scores[name], notes = _compare(read[name], truth.values.get(name, []), truth.unseen.get(name, []), match)
        differences += [f"{name}: {note}" for note in notes]
    return scores, differences


def score_besides(profile: ResumeProfile, truth: Truth) -> tuple[dict[str, Score], list[str]]:
    """The same for the smaller sections, as far as the truth speaks of them."""
    read = {
        "languages": [language.name for language in profile.languages],
        "certifications": [certificate.name for certificate in profile.certifications],
        "projects": [project.name for project in profile.projects],
        "publications": [publication.name for publication in profile.publications],
        "volunteering": [post.company for post in profile.volunteering],
    }
    scores, differences = {}, []
    for name, values in read.items():
        if name in truth.values or name in truth.unseen:
            shown, unseen = truth.values.get(name, []), truth.unseen.get(name, [])
            scores[name], notes = _compare([value for value in values if value], shown, unseen, alike)
            differences += [f"{name}: {note}" for note in notes]
    return scores, differences


def values_of(profile: ResumeProfile) -> dict[str, list[str]]:
    """The profile's values by the names that truth files use."""
    rows: list[Experience | Education] = [*profile.experience, *profile.education]
    values = {
        "name": [profile.name],
        "email": [profile.email],
        "phone": [profile.phone],
        "location": [profile.location],
        "links": [link.url for link in profile.links],
        "company": [job.company for job in profile.experience],
        "title": [job.title for job in profile.experience],
        "dates": [value for row in rows for value in (row.start, row.end)],
        "institution": [study.institution for study in profile.education],
        "degree": [f"{study.degree} | {study.field}" if study.degree else "" for study in profile.education],
        "skills": list(profile.skills),
    }
    return {name: [value for value in found if value] for name, found in values.items()}


Match = Callable[[str, str], bool]


def _compare(read: list[str], shown: list[str], unseen: list[str], match: Match) -> tuple[Score, list[str]]:
    left = list(read)
    result, notes = Score(), []
    for value in shown:
        hit = next((other for other in left if match(other, value)), None)
        if hit is None:
            result.missed += 1
            notes.append(f"missed {value!r}")
        else:
            left.remove(hit)
            result.right += 1
    for value in left:
        if not any(match(value, other) for other in unseen):
            result.wrong += 1
            notes.append(f"wrong {value!r}")
    return result, notes


def whole_jobs(read: tuple[Experience, ...], true: list[TrueJob], partial: Sequence[TrueJob] = ()) -> Score:
    """Employer, title and start right together in one entry; a job that the page shows in part counts neither way."""
    left = list(read)
    result = Score()
    for job in true:
        hit = next((other for other in left if _same_job(other, job)), None)
        if hit is None:
            result.missed += 1
        else:
            left.remove(hit)
            result.right += 1
    result.wrong = sum(1 for job in left if not any(_same_part(job, other) for other in partial))
    return result


def _same_part(read: Experience, job: TrueJob) -> bool:
    """What both know of a job agrees."""
    names = ((read.company, job.company), (read.title, job.title))
    dates = not read.start or not job.start or same_date(read.start, job.start)
    return dates and all(not one or not other or alike(one, other) for one, other in names) and bool(read.title)


def _same_job(read: Experience, job: TrueJob) -> bool:
    return alike(read.company, job.company) and alike(read.title, job.title) and same_date(read.start, job.start)


def _matcher(name: str, truth: Truth) -> Match:
    if name == "degree":
        return lambda read, true: _same_degree(read, true, truth.areas)
    plain: Mapping[str, Match] = {
        "phone": _same_phone,
        "dates": same_date,
        "links": _same_link,
        "location": _same_place,
        "email": _same_email,
    }
    return plain.get(name, alike)


def normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"(?<=[\u3040-\u9fff])\s+(?=[\u3040-\u9fff])", "", folded)  # a space says nothing there
    return re.sub(r"[^\w+#]+", " ", folded).strip()


def alike(read: str, true: str) -> bool:
    one, other = normal(read), normal(true)
    return one == other or (min(len(one), len(other)) > 5 and fuzz.ratio(one, other) >= ALIKE)  # noqa: PLR2004


def same_date(read: str, true: str) -> bool:
    """To the month when both know it, else to the year."""
    one, other = read[:7], true[:7]
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _same_phone(read: str, true: str) -> bool:
    one, other = (re.sub(r"\D", "", value).lstrip("0") for value in (read, true))
    short = min(one, other, key=len)
    return len(short) >= NATIONAL_DIGITS and max(one, other, key=len).endswith(short)


def _same_email(read: str, true: str) -> bool:
    return read.casefold() == true.casefold()


def _same_link(read: str, true: str) -> bool:
    one, other = (re.sub(r"(?i)^(?:https?://)?(?:www\.)?", "", value).rstrip("/").casefold() for value in (read, true))
    return one == other or one.rpartition("/")[2].lstrip("@") == other.lstrip("@")


def _same_place(read: str, true: str) -> bool:
    one, other = normal(read), normal(true)
    city = normal(true.split(",", maxsplit=1)[0])
    return city in one or one in other


def _same_degree(read: str, true: str, areas: list[str]) -> bool:
    """The true words are all there, and no others but the field's and small ones."""
    words, wanted = set(normal(read).split()), set(normal(true).split())
    allowed = wanted | {word for area in areas for word in normal(area).split()} | SMALL
    return (wanted - SMALL <= words <= allowed) or alike(read.partition(" | ")[0], true)
