"""What a study is called where it has no degree's name, among words that surely speak of studies."""

import re
from functools import lru_cache

from services.resumes.contact.places import STATES, is_city
from services.resumes.entries.lexicon import degree_score
from services.resumes.words import words

# What is learnt without a degree's name. At work the same words mean something else: a fellow's post, a training given.
COURSE = re.compile(
    r"(?i)\b(?:residency|fellowship|clerkship|internship|exchange (?:semester|term|year|program(?:me)?|student)|"
    r"(?:semester|term|year|study|studies) abroad|erasmus\+?|auslandssemester|austausch(?:semester|jahr)|"
    r"semestre (?:d[’']échange|à l[’']étranger|de intercambio|en el extranjero)|échange|intercambio|scambio|"
    r"programme grande école|grande école|cursus|course|courses|kurs|cours|curso|corso|cursus|opleiding|formation|"
    r"training|traineeship|apprentice|lehrgang|weiterbildung|umschulung|fortbildung|mittlere reife|schulabschluss|"
    r"foundation (?:year|course)|access to (?:he|higher education)|international baccalaureate|leaving cert\w*|"
    r"(?:advanced )?highers|o[- ]?levels?|igcses?|nanodegree|certification|zertifikat|certificado|certificato|"
    r"certyfikat|attestation|titre professionnel|brevet|mention complémentaire|studies|summer school|"
    r"post-?doc\w*|postgraduate|undergraduate|qualification|befähigungsnachweis|berufsmatura|formación|"
    r"secundaria|secondary school certificate|higher secondary|(?:10|12)th(?: grade)?|"
    r"class (?:x|xii|10|12)\b|bac(?: pro\b| s\b| \+\d)|grad(?:uate)? (?:cert|dip)|teaching credential|bootcamp|"
    r"cert(?:ificate)? (?:iii|iv)|city (?:&|and) guilds|red seal|erstes staatsexamen|class [\"“][a-c][\"”] school)\b"
)
# A house that is named after what it teaches: "Joint Apprenticeship Training Committee".
HOUSE = re.compile(
    r"(?i)\b(?:apprenticeship|training|education|formation|certification|diploma)\b.*\b"
    r"(?:committees?|cent(?:re|er)s?|trust|institutes?|council|board|providers?|college|academy|school|agency|company)\b|"
    r"\bcentre de formation\b"
)
NAMES = words("study_names")
ABBREVIATIONS = frozenset(word.rstrip(".") for word in words("study_abbreviations"))
BETWEEN = re.compile(r"[\s,;:()/]+")
IN_STATE = re.compile(r"^(?P<city>[^,]+),\s*(?P<state>[A-Z]{2})$")


@lru_cache(maxsize=4096)
def study_score(text: str) -> float:
    """As `degree_score`, for a text that surely speaks of studies: courses, residencies and terms abroad count too."""
    place = IN_STATE.match(text)
    if place and place["state"] in STATES and is_city(place["city"]):
        return 0.0  # "Boston, MA" is no master's degree
    if HOUSE.search(text):
        return 0.0
    return degree_score(text) or (1.0 if COURSE.search(text) or _is_named(text) else 0.0)


def _is_named(text: str) -> bool:
    """By the names of degrees that mean something else at work, or that only their capitals tell."""
    found = [word.rstrip(".") for word in BETWEEN.split(text) if word]
    return any(word in ABBREVIATIONS or word.casefold() in NAMES for word in found)
