"""Permanent, contract, freelance or part-time."""

import re

from scrapers.normalise.words import pattern
from scrapers.posting import JobType

# Order matters: a part-time contract is read by its hours, "contract to hire" by its form, full-time when nothing else.
_IN_ORDER: tuple[tuple[JobType, re.Pattern[str]], ...] = (
    ("part-time", pattern("""
        part time; teilzeit; temps partiel; tiempo parcial; media jornada; tempo parcial; deltid; mini ?job; per diem;
        working student; werkstudent(?:in)?; niepełny etat
     """)),
    ("freelance", pattern("""
        freelance(?:r)?; freiberuflich; self employed; independent contractor; 1099; indépendant
     """)),
    ("contract", pattern("""
        contract(?:or|ual|ed)?; temp(?:orary)?; fixed term; befristet; interim; cdd; seasonal; temporal; c2c; c2h;
        arbeitnehmerüberlassung; maternity cover
     """)),
    ("permanent", pattern("""
        permanent; full time; vollzeit; festanstellung; unbefristet; cdi; temps plein; tiempo completo; indefinido;
        jornada completa; tempo integral; regular; employee
     """)),
)  # fmt: skip
_TITLE_TELLS = pattern("""
    freelance(?:r)?; part time; teilzeit; temps partiel; werkstudent(?:in)?; working student; contract to hire;
    fixed term; temporary; cdd; maternity cover
""")
# "Contract" is a form of work in "Designer (Contract)" and a subject in "Contract Manager".
_CONTRACT_ASIDE = re.compile(r"[(\[,–—|-]\s*contract(?:or)?(?:\s+(?:role|position))?\s*(?:[)\],|]|$)", re.IGNORECASE)


def job_type(said: str, title: str) -> JobType | None:
    """Read the board's own field first; a title counts only where it names the form outright."""
    if found := _reading(said):
        return found
    told = _TITLE_TELLS.search(title) or _CONTRACT_ASIDE.search(title)
    return _reading(told.group()) if told else None


def _reading(text: str) -> JobType | None:
    return next((kind for kind, words in _IN_ORDER if words.search(text)), None)
