"""Employers, titles, degrees and feats that a sentence claims for its writer."""

import re
from collections.abc import Iterator

from services.letters.context import Sentence, Sources
from services.letters.support import plain
from services.matching.titles import level_of, likeness

_EMPLOYED = re.compile(
    r"\b(?:worked|served|employed|interned|joined|promoted|"
    r"my (?:time|years|work|tenure|role|position|job|experience)|the (?:time|years)|"
    r"while|previously|formerly|used to work|stint|career|employer|(?:was|been) (?:an?|the|their))\b"
    r"[^.;]{0,40}?\b(?:at|for|with|by)\s+$",
    re.IGNORECASE,
)


def employers(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """The company one applies to is no place one has worked, unless the résumé says so."""
    company = sources.facts.posting.company
    if not company or not sentence.about_me or sources.resume.says(company):
        return
    for match in re.finditer(rf"(?<!\w){re.escape(company)}(?!\w)", sentence.text, re.IGNORECASE):
        if _EMPLOYED.search(sentence.text[: match.start()]):
            yield company


_AS_TITLE = re.compile(
    r"\b(?:[Aa]s|was|am|be|been|became|promoted to|(?:position|role|title|job) of)\s+(?:an?\s+|the\s+|their\s+|its\s+)?"
    r"(?P<title>(?!I\b)[\w+#/&.’'-]+"
    r"(?:\s+(?!(?:at|for|in|with|where|who|I|and I|on|from|since|by)\b)[\w+#/&.’'-]+){0,6})"
)
_ROLE = re.compile(
    r"\b(?:engineer|developer|programmer|manager|director|lead|leader|architect|analyst|scientist|nurse|teacher|"
    r"designer|consultant|officer|assistant|specialist|coordinator|administrator|head|chief|c[eftom]o|vp|president|"
    r"founder|owner|"
    r"supervisor|technician|accountant|lawyer|doctor|physician|intern|trainee|chef|cook|driver|editor|writer|producer|"
    r"professor|lecturer|researcher|recruiter|representative|executive|clerk|mechanic|electrician|therapist|pharmacist)\b",
    re.IGNORECASE,
)


def titles(sentence: Sentence, sources: Sources) -> Iterator[str]:
    if not sentence.about_me or sentence.open_to_posting:
        return
    for match in _AS_TITLE.finditer(sentence.masked):
        roles = list(_ROLE.finditer(match["title"]))
        if not roles:
            continue
        end = match.start("title") + roles[-1].end()
        claimed = sentence.masked[match.start("title") : end]
        at = re.match(r"\s*(?:[\w-]+\s+){0,3}?(?:at|for|with)\s+", sentence.masked[end:])
        rest = sentence.masked[end + at.end() :] if at else ""
        if not _held(claimed, rest, sources):
            yield claimed


def _held(claimed: str, employer: str, sources: Sources) -> bool:
    """Was the title held, and there? A résumé's headline and summary count as held anywhere."""
    facts = sources.facts
    if sources.resume.says(claimed) and not employer:
        return True
    here = [job for job in facts.positions if job.company and plain(employer).startswith(plain(job.company))]
    held = [job.title for job in here or facts.positions] + ([] if here else [facts.headline])
    return any(_same_title(claimed, title) for title in held if title)


def _same_title(claimed: str, title: str) -> bool:
    mine, theirs = set(plain(claimed).split()), set(plain(title).split())
    if mine <= theirs:
        return True
    return likeness(claimed, title) == 1.0 and level_of(claimed) in {None, level_of(title)}


_DEGREES = {
    "bachelor": re.compile(r"\bbachelor|\bb\.?\s?(?:sc|a|eng|com|tech)\b\.?|\bundergraduate degree", re.IGNORECASE),
    "master": re.compile(
        r"\bmaster['’]?s? (?:degree|in|of)|\bmaster['’]s\b|\bm\.?\s?(?:sc|a|eng)\b\.?|\bmba\b", re.IGNORECASE
    ),
    "doctor": re.compile(r"\bph\.?\s?d\b|\bdoctorate|\bdoctoral|\bdr\.", re.IGNORECASE),
    "diploma": re.compile(r"\bdiplom", re.IGNORECASE),
}
_DEGREE_IN = re.compile(
    r"\b(?:degree|bachelor['’]?s?|master['’]?s?|ph\.?d\.?|diploma|doctorate) (?:in|of) (?P<field>[\w ]{3,40}?)"
    r"(?=[.,;]| from| at| and I|$)",
    re.IGNORECASE,
)


def degrees(sentence: Sentence, sources: Sources) -> Iterator[str]:
    if sentence.open_to_posting or not sentence.about_me:
        return
    resume = sources.facts.resume_text
    for pattern in _DEGREES.values():
        claimed = pattern.search(sentence.masked)
        if claimed and not pattern.search(resume):
            yield claimed[0]
    field = _DEGREE_IN.search(sentence.masked)
    if field and not sources.resume.says(field["field"]):
        yield field["field"]


_FEATS = re.compile(
    r"\b(?P<stem>award|certif|patent|publish|promot|licen[cs]|keynote|found(?=ed|er|ing\b)|scholarship|honou?rs|graduat"
    r"|valedictorian)\w*",
    re.IGNORECASE,
)


def feats(sentence: Sentence, sources: Sources) -> Iterator[str]:
    if not sentence.about_me or sentence.open_to_posting:
        return
    resume = sources.facts.resume_text.lower()
    for match in _FEATS.finditer(sentence.masked):
        if match["stem"].lower() not in resume:
            yield match[0]
