"""Words that tell a job title from an employer, a degree from a school, a place from both; some forty languages.

Common nouns of the trade only: no company, person or product is listed, so that an unknown one reads as well as a
famous one.
"""

import re
from functools import lru_cache

from services.resumes.words import lines, words

TITLES = frozenset(word.casefold() for word in words("titles"))
_TITLE_ENDINGS = tuple(words("title_endings"))
ORG_WORDS = words("organisations")
SENIORITY = words("seniority")
DEGREES = words("degrees")
OWN_ACCOUNT = lines("own_account")  # who works for nobody else names no house: "Freelance", "Self-employed"
# Scripts without spaces between words, and languages whose posts are phrases.
_TITLE_PHRASES = re.compile("|".join(words("title_phrases")))
_COMPANY_PHRASES = re.compile("|".join(words("organisation_phrases")))

COMPANY_SUFFIX = re.compile(
    r"(?i)(?<![\w&])(?:inc|incorporated|llc|llp|lp|ltd|limited|plc|corp|corporation|co|gmbh|ag|kg|kgaa|ohg|ug|"
    r"e\.?\s?v|se|s\.?a\.?s?|"
    r"s\.?r\.?l|s\.?p\.?a|s\.?l\.?u?|ltda|s\.?a\.?r\.?l|b\.?v|n\.?v|oy|ab|a/s|aps|as|pty|pte|sdn|bhd|k\.?k|"
    r"(?-i:Holdings?|Group|Gruppe|Groupe|Company|Companies|Grupo|Gruppo)|"
    r"& co|sons|brothers|bros)\b\.?(?=\s*(?:$|[,(|·–—-]))"
)
OF = words("of")
PARTNERS = re.compile(r"(\S+) (?:&|et|und|y|e|i|och|en) (\S+)")
# "The Architects", "Baker & Sons", "Culver's": how a house is named, never a post.
_NAMING = re.compile(
    r"^The\s+(?!\w+\s+of\b)|(?<=\w)[’']s(?:\s+[A-Z]|$)|^[A-ZÀ-Þ][\w’'.-]+ (?:&|et|und|y|e|i|och) [A-ZÀ-Þ][\w’'.-]+$"
)
STATE_LAST = re.compile(r",\s*(?:NV|CO|AB|PE|SE|AS|SA|PA|DE)$")  # "Reno, NV" is no N.V.


_CJK_DEGREE = re.compile(
    "학사|석사|박사|전문학사|고졸|수료|学士|碩士|硕士|博士|修士|本科|学位|专科|大专|學士|高中|MBA|博士後期|博士前期|卒業|研究生|専門士|"
    "(?:普通|商業|工業|農業|理数|総合学)科$"
)
_SCHOOL = re.compile(
    r"(?i)universi(?:d|t(?!aire|ari|ári|är))|uniwersytet|univerzit|üniversite|yliopisto|egyetem|університет|университет|πανεπιστήμι|πολυτεχνεί|"
    r"جامعة|معهد|كلية|אוניברסיט|מכללה|대학|đại học|hogeschool|hogskol|högskol|høgskol|højskole|høyskol|fachschule|"
    r"berufsschule|berufskolleg|realschule|oberschule|szkoła|politechnika|akademia|technikum|liceum|gimnázium|"
    r"lisesi\b|střední škola|vysoká škola|gymnázium|lukio|koulu\b|skola\b|skole\b|institutet\b|институт|"
    r"академ[иі]|"
    r"колледж|техникум|школа|ліцей|\bTAFE\b|\bIES\b|\bSENAI\b|conservatoi|kunstakademi|seminarium|\bcollege\b|\binstitu+t|"
    r"\bsixth form\b|accademia|\bacadémi|אקדמיה|\bschool\b|academ(?:y|ia)\b|\bpolytech|"
    r"politec|hochschule|\bécole|\becole\b|lycée|gymnasium|\bfaculty of|"
    r"opisto\b|\bysgol\b|skool\b|ülikool|universitāt|mokykl|sveučilišt|univerza|универзитет|факултет|факультет|училище|"
    r"\byüksekokul|enstitü|\bsekolah|politeknik|học viện|\btrường|มหาวิทยาลัย|โรงเรียน|विश्वविद्यालय|विद्यालय|دانشگاه|"
    r"مدرسة|בית ספר|σχολ[ήε]|λύκει|lyceum|\bhts\b|중학교|고등학교|학교$|학원$|"
    r"escuela|escola|scuola|istituto|instituto|liceo|facult|facultad|faculdade|colegio|colégio|technikum|\bTU\b|"
    r"\bcentre de formation\b|\bCFA\b|\bROC\b|\bJATC\b|\btraining (?:cent(?:re|er)|committee|trust|institute)\b|"
    r"\bhandwerkskammer|\bchambre de métiers\b|\bcolái?ste\b|"
    r"\bFH\b|\bETH\b|\bMIT\b|\bUC\b|\bIIT\b|\bNIT\b|"
    r"\bIUT\b|\bINSA\b|conservator|seminary|bootcamp|schule\b|kolleg\b|akademie|大学|大學|学院|學院|学校|高校|"
    r"高等|中学|专科|研究科|\bcollège\s(?!diploma)|\b(?:IUFM|GRETA|IFSI|AFPA|ITIS|IPSIA|ITC|ETEC|HTL|HBLA|SPŠ|SOU|ΤΕΙ|ΙΕΚ)\b|"
    r"oberstufenzentrum|bildungszentrum|berufsbildende schule|scholengemeenschap|gymnasiet\b|erhvervsakademi|"
    r"гимназия|лицей|гімназі|інститут|коледж|\bliceul\b|\bcolegiul\b|תיכון|cao đẳng|\bkolej\b|vidyalaya|vidya mandir|"
    r"wānanga|beaux-arts|centro universitário|\bécoles?\b|\bpolitécnic|musikskol|folkehøjskole|volkshochschul"
)

# "(FH)" behind a degree names the kind of school that gave it, and none.
_KIND = re.compile(r"[(（](?:FH|TH|TU|BA|DH|ETH|Univ\.?|Uni)[)）]")
# Nor do these name a school, which only tell what kind of school gives such a degree.
_AWARD = re.compile(
    r"(?i)\bprogramme grande école\b|\b(?:high|secondary|graduate) school (?=diploma|degree|certificate|equivalen)|"
    r"\bschool[- ]leaving\b|\bcollege (?=diploma|degree|certificate)"
)
# Degrees by how they are built: "B.Des", "Diplom-Finanzwirtin", "HBO-bachelor", "A levels", "Bachelorstudium".
_BUILT_DEGREE = re.compile(
    r"\b[BM]\.[A-Z][a-z]{1,5}\b|\b[BM](?:Des|Arch|Res|Plan|Theol|Nurs|Voc|Stat)\b|(?i:\b(?:diplom|dipl\.)-\w|\w-(?:bachelor|master)\b|"
    r"\ba[- ]?levels?\b|\b(?:bachelor|master|magister|diplom)(?:studi|s?gra[dt]|s?examen)|\bstudiengang\b|"
    r"\bclasses? préparatoires?\b|\bpost-?grad(?:uate)?\b|\bpg(?:c|d|cert|dip)\b|\baat level\b)"
)

FIELD = re.compile(
    r"(?i)\b(?:sciences?|engineering|mathematics|physics|chemistry|biology|economics|history|literature|law|"
    r"medicine|psychology|sociology|philosophy|"
    r"computing|informatics|informatik|statistics|finance|accounting|marketing|management|administration|"
    r"communications?|journalism|design|arts?|music|"
    r"linguistics|nursing|architecture|political|international relations|business|education|geography|geology|"
    r"anthropology|informatique|droit|gestion|"
    r"informática|derecho|ingeniería|economía|maschinenbau|elektrotechnik|wirtschaft\w*|technology)\b|サイエンス|"
    r"工学|科学|専攻|学科|学部|経済|计算机|经济|工程$|文学|理学|专业|管理"
)


@lru_cache(maxsize=8192)
def title_score(text: str) -> float:
    """How much `text` reads like a job title: 0 knows nothing, 2 and more is sure."""
    words = words_of(text)
    if not words or text.casefold().strip(" .") in OWN_ACCOUNT or _names_partners(text):
        return 0.0
    score = 0.0
    hits = [index for index, word in enumerate(words) if _is_title(word)]
    if hits:
        # "Head of Sales", "Jefe de cocina", but "Designer Outlet" is a shop.
        opens = hits[0] == 0 and (len(words) < 3 or words[1] in OF or len(words[1]) < 3)  # noqa: PLR2004
        score = 2.0 if hits[-1] == len(words) - 1 or opens else 1.4
        score += 0.4 * (len(hits) > 1)
    if words[0] in SENIORITY:
        score += 0.8
    if _TITLE_PHRASES.search(text.casefold()):
        score += 2.0
    if len(words) > 9:  # noqa: PLR2004 — titles are short
        score -= 1.0
    return score


def _names_partners(text: str) -> bool:
    """Thus "Baker & Hall", where one surname was a trade once; two posts are "Baker & Cook"."""
    pair = PARTNERS.fullmatch(text)
    return pair is not None and text.istitle() and sum(_is_title(word.casefold()) for word in pair.groups()) == 1


def _is_title(word: str) -> bool:
    return word in TITLES or word.endswith(_TITLE_ENDINGS)


@lru_cache(maxsize=8192)
def company_score(text: str) -> float:
    """How much `text` reads like an employer."""
    words = words_of(text)
    score = 0.0
    if len(words) > 1 and COMPANY_SUFFIX.search(text) and not STATE_LAST.search(text):
        score += 2.2
    if any(word in ORG_WORDS for word in words):
        score += 1.4
    if _COMPANY_PHRASES.search(text.casefold()):
        score += 2.2
    if _NAMING.search(text) or text.casefold().strip(" .") in OWN_ACCOUNT:
        score += 1.0
    if len(words) > 9:  # noqa: PLR2004 — names are short
        score -= 1.0
    return score


@lru_cache(maxsize=4096)
def degree_score(text: str) -> float:
    words = [word.casefold() for word in re.split(r"[\s,;:()/]+", text) if word]
    hits = 0.0
    for index, word in enumerate(words):
        if word in DEGREES or word.rstrip(".") in DEGREES:
            abbreviation = len(word) <= 3 and "." not in word and word.isascii()  # noqa: PLR2004 — "as", "ma", "bs"
            original = re.split(r"[\s,;:()/]+", text.strip())[min(index, len(words) - 1)]
            hits += (
                0.0
                if abbreviation and not original.isupper() and word not in {"bsc", "msc", "phd", "mbo", "hbo", "vwo"}
                else 1.0
            )
    score = 2.0 if hits or _BUILT_DEGREE.search(text) else 0.0
    if _CJK_DEGREE.search(text):
        score += 2.0
    if re.search(r"(?i)\bhigh school (?:diploma|degree)|\b(?:degree|studies) in\b|\bdegree\b|studium", text):
        score += 1.0
    return score


@lru_cache(maxsize=4096)
def school_score(text: str) -> float:
    return 2.0 if _SCHOOL.search(_AWARD.sub("", _KIND.sub("", text))) else 0.0


def words_of(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;:()/|&·•–—]+", text.casefold().strip()) if word]
