"""Which country a phone number without a prefix is from: the place in the head says, else the headings' language."""

import re
from collections.abc import Sequence

from services.resumes.sections import Section
from services.resumes.text import Line
from services.resumes.words import words

COUNTRIES = {
    "JP": "日本|東京|japan|tokyo",
    "CN": "中国|北京|上海|广州|深圳|杭州|china",
    "DE": "deutschland|germany|berlin|münchen|munich|hamburg|frankfurt",
    "FR": "france|paris|lyon",
    "ES": "españa|spain|madrid|barcelona",
    "IT": "italia|italy|milano|roma|rome|milan",
    "PT": "portugal|lisboa|lisbon",
    "BR": "brasil|brazil|são paulo|rio de janeiro",
    "GB": "united kingdom|england|scotland|wales|london|\\buk\\b",
    "IN": "\\bindia\\b|bangalore|bengaluru|mumbai|delhi",
    "AU": "australia|sydney|melbourne",
    "CA": "\\bcanada\\b|toronto|vancouver|montreal",
    "CH": "schweiz|suisse|switzerland|zürich",
    "AT": "österreich|austria|wien",
    "NL": "netherlands|nederland|amsterdam",
    "IE": "\\bireland\\b|dublin",
    "SG": "singapore",
    "MX": "méxico|mexico",
    "AR": "argentina",
    "US": "united states|\\busa?\\b|",
}
HEADINGS = {
    "DE": "berufserfahrung|ausbildung|kenntnisse|sprachen|bildung|werdegang",
    "FR": "expérience|formation|compétences|langues",
    "ES": "experiencia|educación|habilidades|idiomas",
    "BR": "experiência|educação|habilidades|formação",
    "IT": "esperienza|istruzione|competenze|lingue",
    "JP": "[ぁ-んァ-ン]|職歴|学歴",
    "CN": "经历|教育背景|技能",
}

CODE = re.compile(r", (?:\S+ )?([A-Z]{2})\b")
STATES = words("state_codes") - {"DE", "IN", "CA", "AR"} | {"CA"}


def region_of(parts: Sequence[Section], head: Sequence[Line]) -> str:
    """An ISO country code; US when nothing tells."""
    told = "\n".join(line.text for line in head)
    if code := next(
        (found[1] for found in CODE.finditer(told) if found[1] in COUNTRIES and found[1] not in STATES), ""
    ):
        return code
    if any(found[1] in STATES for found in CODE.finditer(told)):
        return "US"
    for region, pattern in COUNTRIES.items():
        if re.search(pattern, told if region == "US" else told.lower()):
            return region
    titles = " ".join(part.title for part in parts).lower()
    found = next((region for region, pattern in HEADINGS.items() if re.search(pattern, titles)), "")
    return found or ("JP" if re.search("[ぁ-んァ-ン]", told) else "CN" if re.search("[一-鿿]", told) else "US")
