"""Which country a phone number without a prefix is from: the place in the head says, else the headings' language."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind
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
    "CO": "\\bcolombia\\b|bogotá",
    "CL": "\\bchile\\b",
    "PL": "polska|poland|warszawa|kraków|wrocław|gdańsk|poznań",
    "SE": "sverige|sweden|stockholm|göteborg|malmö",
    "NO": "\\bnorge\\b|\\bnorway\\b|\\boslo\\b",
    "DK": "danmark|denmark|københavn|copenhagen|aarhus",
    "FI": "\\bsuomi\\b|finland|helsinki|tampere",
    "CZ": "česko|česká republika|czech|\\bpraha\\b|\\bbrno\\b",
    "HU": "magyarország|hungary|budapest",
    "TR": "türkiye|turkey|istanbul|i̇stanbul|ankara|i̇zmir",
    "GR": "ελλάδα|greece|αθήνα|athens",
    "RU": "россия|russia|москва|санкт-петербург",
    "UA": "україна|ukraine|київ|львів|kyiv",
    "KR": "대한민국|서울|부산|korea|seoul",
    "TW": "台灣|臺灣|台北|臺北|taiwan|taipei",
    "HK": "香港|hong kong",
    "IL": "ישראל|israel|תל אביב|ירושלים|tel aviv",
    "AE": "الإمارات|دبي|\\bdubai\\b|\\buae\\b",
    "EG": "مصر|القاهرة|\\begypt\\b|\\bcairo\\b",
    "VN": "việt nam|vietnam|hà nội|hồ chí minh",
    "BE": "belgi[eëq]|bruxelles|brussel",
    "RO": "românia|romania|bucurești",
    "ZA": "south africa|johannesburg|cape town",
    "NZ": "new zealand|auckland",
    "US": "united states|\\busa\\b",
}
HEADINGS = {
    "DE": "berufserfahrung|ausbildung|kenntnisse|sprachen|bildung|werdegang",
    "FR": "expérience|formation|compétences|langues",
    "ES": "experiencia|educación|habilidades|idiomas",
    "BR": "experiência|educação|habilidades|formação",
    "IT": "esperienza|istruzione|competenze|lingue",
    "NL": "werkervaring|opleiding|vaardigheden",
    "PL": "doświadczenie|wykształcenie|umiejętności",
    "SE": "arbetslivserfarenhet|utbildning|färdigheter|språk",
    "NO": "arbeidserfaring|utdanning|ferdigheter",
    "DK": "erhvervserfaring|arbejdserfaring|uddannelse|færdigheder",
    "FI": "työkokemus|koulutus|kielitaito",
    "CZ": "zkušenosti|vzdělání|dovednosti",
    "HU": "tapasztalat|tanulmányok|készségek",
    "TR": "deneyim|eğitim|beceri",
    "GR": "εμπειρία|εκπαίδευση|δεξιότητες",
    "UA": "досвід|освіта|навички",
    "RU": "опыт|образование|навыки",
    "KR": "[가-힣]",
    "IL": "[א-ת]",
    "VN": "kinh nghiệm|học vấn|kỹ năng",
    "JP": "[ぁ-んァ-ン]|職歴|学歴",
    "CN": "经历|教育背景|技能",
}

LETTERS = {
    "JP": "[ぁ-んァ-ン]",
    "CN": "[一-鿿]",
    "KR": "[가-힣]",
    "IL": "[א-ת]",
    "GR": "[α-ω]",
    "UA": "[іїє]",
    "RU": "[а-я]",
}
CODE = re.compile(r", (?:\S+ )?([A-Z]{2})\b")
STATES = words("state_codes") - {"DE", "IN", "CA", "AR"} | {"CA"}


def region_of(parts: Sequence[Section], head: Sequence[Line]) -> str:
    """An ISO country code; US when nothing tells."""
    near = [line for part in parts if part.kind is Kind.CONTACT for line in part.lines]
    told = "\n".join(line.text for line in (*head, *near))
    if code := next(
        (found[1] for found in CODE.finditer(told) if found[1] in COUNTRIES and found[1] not in STATES), ""
    ):
        return code
    if any(found[1] in STATES for found in CODE.finditer(told)):
        return "US"
    titles = " ".join(part.title for part in parts).lower()
    return _first(COUNTRIES, told.lower()) or _first(HEADINGS, titles) or _first(LETTERS, told) or "US"


def _first(patterns: Mapping[str, str], text: str) -> str:
    """The first region, in their order, whose pattern is found; one look tells where there is none."""
    if not _any_of(tuple(patterns.values())).search(text):
        return ""
    return next((region for region, pattern in patterns.items() if re.search(pattern, text)), "")


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
