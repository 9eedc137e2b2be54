"""What the words of a header are when they are no name: dates and durations, small labels, addresses of the web."""

import re
from functools import lru_cache

from services.resumes.periods.dates import DateSpan

LEAST_SAID = 3  # characters
INNER = re.compile(
    r"(?i)^\W*(?:(?:major|relevant|key|main|selected)\s+)?(?:courses?|coursework|c?gpa|grade|note|nota|moyenne|"
    r"thesis|dissertation|advisors?|technolog(?:y|ies)(?: used)?|"
    r"tech(?:nical)? stack|stack|tools|skills|keywords|responsibilities|duties|(?:key )?achievements|environment|"
    r"(?:role|job|position) (?:outline|description|summary|profile|purpose)|main duties|"
    r"highlights|summary|description|overview|projects|activities|honou?rs|awards|modules|subjects|"
    r"(?:skills|tools|software|methods) (?:used|applied|gained)|contributions?|results?|impact|outcomes?|scope|"
    r"deliverables|products|clients?|methods|training|leadership|publications|certifications|strengths|references|contact|"
    r"languages|volunteering|profile|reason for leaving|report(?:ing|s|ed) to|ergebnisse|erfolge|verantwortung|"
    r"résultats|réalisations|resultados|logros|risultati|resultaten|osiągnięcia|resultat|"
    r"technologien|aufgaben|schwerpunkte?|abschlussnote|environnement(?: technique)?|missions|compétences|"
    r"tecnologías|tecnologias|tecnologie|技术栈|主修课程|使用技術|開発環境|担当業務)"
    r"\s*(?:[:：]|$)"
)
INNER_END = re.compile(
    r"(?i)\b(?:courses|coursework|responsibilities|achievements|accomplishments|duties|technologies|tech stack|"
    r"aufgaben|tätigkeiten)$"
)
DURATION = re.compile(
    r"(?i)\(?\b\d+\s*(?:\+\s*)?(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|meses|mes|anos?|mês|"
    r"anni|mesi|anno|mese|年|ヶ月|か月|个月)\b"
    r"(?:[\s,&]*(?:and|und|et|y|e)?\s*\d+\s*(?:months?|mos?|monate?|mois|meses|mes|mesi|ヶ月|か月|个月))?\)?"
)

# What a header says of a post besides its names: to whom it reported, on what terms.
REMARK = re.compile(
    r"(?i)^(?:report(?:s|ed|ing)\b.{0,12}\bto\b|(?:full|part)[- ]time$|vollzeit$|teilzeit$|"
    r"(?:permanent|temporary|fixed[- ]term)(?: contract)?$|"
    r"(?:temps|tiempo|tempo) (?:plein|partiel|completo|parcial|pieno|parziale|integral)$)"
)
FROM = {"from", "von", "vom", "de", "du", "dal", "dall'", "dall’", "desde", "od", "van", "från", "fra", "с", "з"}
STOP = re.compile(r"[.;。；、]$")
ABBREVIATED = re.compile(r"(?i)(?:\b(?:inc|ltd|co|corp|jr|sr|st|no|dept|univ|lic|dipl|[a-z])|\.\w+)\.$")
# A house that writes itself in small letters: "emlyon business school".
SMALL_NAME = re.compile(
    r"[^\W\d_][\w’'.-]*(?: [\w’'.-]+){0,2} (?:school|college|university|universität|institute|academy)"
)
CJK = re.compile("[\u3040-\u9fff]{4}")


@lru_cache(maxsize=8192)
def remainder(text: str, span: DateSpan) -> str:
    """What a line says besides its date: durations, brackets and separators go too."""
    before = "" if text[: span.at].strip(" (").casefold() in FROM else text[: span.at]
    return DURATION.sub("", before + " " + text[span.to :]).strip(" \t()[]|,;:·•–—-/（）　⋄∙▪︎⟩")


@lru_cache(maxsize=2048)
def says_only(text: str, span: DateSpan) -> bool:
    """A date is all that a line says, but for a mark or two."""
    return len(remainder(text, span)) < LEAST_SAID


def is_inner_label(text: str) -> bool:
    """A small heading inside an entry: "Highlights", "Major courses:"."""
    plain = text.strip().rstrip(":：").strip()
    return bool(INNER.match(text)) or (bool(INNER_END.search(plain)) and len(plain.split()) <= 4)  # noqa: PLR2004 — a label


@lru_cache(maxsize=2048)
def is_address(text: str) -> bool:
    return bool(
        re.match(
            r"(?i)^\W*(?:https?://|www\.)\S+$|^\W*[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|co|de|fr|es|it|pt|jp|"
            r"cn|edu|ai|uk)(?:/\S*)?$",
            text.strip(),
        )
    )


@lru_cache(maxsize=2048)
def is_prose(text: str) -> bool:
    """A piece of running text, which is neither a name nor a post: it ends like a sentence or begins within one."""
    words = text.split()
    if len(words) < 3 and not CJK.search(text):  # noqa: PLR2004
        return False
    return bool(STOP.search(text) and not ABBREVIATED.search(text)) or (
        text[0].islower() and not SMALL_NAME.fullmatch(text)
    )
