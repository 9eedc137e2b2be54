"""Seniority by the board's own level, then by the title."""

import re

from scrapers.normalise.words import pattern
from scrapers.posting import Seniority

_Table = tuple[tuple[Seniority, re.Pattern[str]], ...]

# The first that matches wins, so a "Senior Director" is an executive and "Junior to Senior" is read as its lower end.
_TITLES: _Table = (
    ("intern", pattern("""
        intern(?:ship)?; trainee; praktikant(?:in)?; praktikum; stagiaire; student; werkstudent(?:in)?; azubi;
        apprentice(?:ship)?; becario; estágio; stage de fin d'études
     """)),
    ("executive", pattern("""
        chief [a-z]+(?: [a-z]+)? officer; c[etfmoip]o; ciso; vice president; [se]?vp; president; director;
        direktor(?:in)?; directeur; directrice; geschäftsführer(?:in)?
     """)),
    ("junior", pattern("""
        junior; jr; entry level; graduate; new grad; early career; berufseinsteiger(?:in)?; débutant;
        no experience(?: needed)?
     """)),
    ("lead", pattern("""
        lead; principal; staff; head of; head; team lead(?:er)?; engineering manager; teamleiter(?:in)?; leiter(?:in)?;
        leitung; teamleitung; supervisor; charge nurse
     """)),
    ("senior", pattern("senior; sr; snr; sénior; experienced; confirmé; expert; iii; iv; experte")),
    ("mid", pattern("mid; mid level; midweight; intermediate; medior; ii")),
)  # fmt: skip
# Boards name levels that a title would not: a "Manager" level leads people, while a "Product Manager" need not.
_LEVELS: _Table = (
    ("executive", pattern("executive; c level")),
    ("lead", pattern("manager; management")),
    ("junior", pattern("entry; associate; beginner; lt 1; 0 1; 1 2")),
    ("senior", pattern("mid senior level; senior level; 5 7; 7 10; 10 15; more 15; gt 15")),
    ("mid", pattern("mid level; professional; regular; 2 5")),
)
# Words that look like a level and are none: these lead nobody.
_NO_LEVEL = pattern("""
    lead generation; staff accountant; staff nurse; staff writer; staffing; chief of staff; executive assistant;
    assistant to the director; account executive; student success; student support; medical staff; lead gen
""")


def seniority(said: str, title: str) -> Seniority | None:
    """None when neither speaks: most titles do not, and guessing "mid" would be made up."""
    return _first(said, _LEVELS + _TITLES) or _first(_NO_LEVEL.sub(" ", title), _TITLES)


def _first(text: str, table: _Table) -> Seniority | None:
    return next((level for level, words in table if words.search(text)), None)
