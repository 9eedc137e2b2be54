"""Words that tell a job title from an employer, a degree from a school, a place from both; eight languages.

Common nouns of the trade only: no company, person or product is listed, so that an unknown one reads as well as a
famous one.
"""

import re
from functools import lru_cache

from services.resumes.words import words

TITLES = words("titles")
_TITLE_ENDINGS = tuple(words("title_endings"))
ORG_WORDS = words("organisations")
SENIORITY = words("seniority")
DEGREES = words("degrees")
_CJK_TITLE = re.compile(
    "エンジニア|マネージャー|マネージャ|リーダー|デザイナー|プログラマ|開発者|コンサルタント|アナリスト|"
    "ディレクター|アーキテクト|インターン|スタッフ|"
    "担当|主任|係長|課長|部長|社長|代表|役員|取締役|研究員|助手|助教|教授|講師|教師|営業|事務|アシスタント|"
    "プロデューサー|アルバイト|"
    "工程师|程序员|开发|经理|总监|主管|实习|专员|助理|顾问|设计师|分析师|架构师|研究员|负责人|创始人|首席|总裁|"
    "董事|教师|讲师|会计|"
    "看護師|管理者|医師|薬剤師|介護|保育士|調理師|料理人|店長|支店長|次長|係員|技師|職人|運転手|弁護士|税理士|会計士|美容師|通訳|翻訳|"
    "护士|医生|律师|厨师|司机|店员|翻译|记者|客服|文员|出纳|秘书|主任|院长|校长|学徒|技术员|"
    "개발자|엔지니어|매니저|디자이너|기획자|연구원|컨설턴트|분석가|팀장|과장|대리|사원|부장|차장|주임|실장|본부장|대표|이사|인턴|"
    "강사|교사|간호사|의사|약사|변호사|회계사|요리사|점장|직원|담당자|마케터|편집자|기자|작가|조리사|상담사|"
    "编辑|运营|工程師|經理|總監|設計師|專員|組長|组长|产品|销售|行政|专家|科学家|ライター|エディター"
)
_CJK_COMPANY = re.compile(
    "株式会社|有限会社|合同会社|公司|集团|集團|銀行|银行|大学|大學|研究所|研究院|学院|病院|医院|事務所|科技|协会|"
    "주식회사|유한회사|㈜|\\(주\\)|그룹|은행|병원|대학교|연구소|연구원$|재단|협회|학원$|전자$|"
    "中心|財団|法人|工作室|局$|厅$|庁$|部門$|中学|高校"
)

COMPANY_SUFFIX = re.compile(
    r"(?i)(?<![\w&])(?:inc|incorporated|llc|llp|lp|ltd|limited|plc|corp|corporation|co|gmbh|ag|kg|kgaa|ohg|ug|"
    r"e\.?\s?v|se|s\.?a\.?s?|"
    r"s\.?r\.?l|s\.?p\.?a|s\.?l\.?u?|ltda|s\.?a\.?r\.?l|b\.?v|n\.?v|oy|ab|a/s|aps|as|pty|pte|sdn|bhd|k\.?k|"
    r"(?-i:Holdings?|Group|Gruppe|Groupe|Company|Companies|Grupo|Gruppo)|"
    r"& co|sons|brothers|bros)\b\.?(?=\s*(?:$|[,(|·–—-]))"
)
OF = words("of")
# "The Architects", "Baker & Sons", "Culver's": how a house is named, never a post.
_NAMING = re.compile(
    r"^The\s+(?!\w+\s+of\b)|(?<=\w)[’']s(?:\s+[A-Z]|$)|^[A-ZÀ-Þ][\w’'.-]+ (?:&|et|und|y|e|i|och) [A-ZÀ-Þ][\w’'.-]+$"
)
STATE_LAST = re.compile(r",\s*(?:NV|CO|AB|PE|SE|AS|SA|PA|DE)$")  # "Reno, NV" is no N.V.


_CJK_DEGREE = re.compile(
    "학사|석사|박사|전문학사|고졸|수료|学士|碩士|硕士|博士|修士|本科|学位|专科|大专|學士|高中|MBA|博士後期|博士前期|卒業|研究生"
)
_SCHOOL = re.compile(
    r"(?i)universi(?:d|t(?!aire|ari|ári|är))|uniwersytet|univerzit|üniversite|yliopisto|egyetem|університет|университет|πανεπιστήμι|πολυτεχνεί|"
    r"جامعة|معهد|كلية|אוניברסיט|מכללה|대학|đại học|hogeschool|hogskol|högskol|høgskol|højskole|høyskol|fachschule|"
    r"berufsschule|berufskolleg|realschule|oberschule|szkoła|politechnika|akademia|technikum|liceum|gimnázium|"
    r"lise(?:si)?\b|střední škola|vysoká škola|gymnázium|lukio|koulu\b|skola\b|skole\b|institutet\b|институт|академи|"
    r"колледж|техникум|школа|ліцей|\bTAFE\b|\bIES\b|\bSENAI\b|conservatoi|kunstakademi|seminarium|\bcollege\b|\binstitu+t|"
    r"\bsixth form\b|accademia|\bacadémi|אקדמיה|\bschool\b|academ(?:y|ia)\b|\bpolytech|"
    r"politec|hochschule|\bécole|\becole\b|lycée|gymnasium|\bfaculty of|"
    r"opisto\b|\bysgol\b|skool\b|ülikool|universitāt|mokykl|sveučilišt|univerza|универзитет|факултет|факультет|училище|"
    r"\byüksekokul|enstitü|\bsekolah|politeknik|học viện|\btrường|มหาวิทยาลัย|โรงเรียน|विश्वविद्यालय|विद्यालय|دانشگاه|"
    r"مدرسة|בית ספר|σχολ[ήε]|λύκει|lyceum|\bhts\b|중학교|고등학교|학교$|학원$|"
    r"escuela|escola|scuola|istituto|instituto|liceo|facult|facultad|faculdade|colegio|colégio|technikum|\bTU\b|"
    r"\bFH\b|\bETH\b|\bMIT\b|\bUC\b|\bIIT\b|\bNIT\b|"
    r"\bIUT\b|\bINSA\b|conservator|seminary|bootcamp|schule\b|kolleg\b|akademie|大学|大學|学院|學院|学校|高校|"
    r"高等|中学|专科|研究科"
)

# "(FH)" behind a degree names the kind of school that gave it, and none.
_KIND = re.compile(r"[(（](?:FH|TH|TU|BA|DH|ETH|Univ\.?|Uni)[)）]")
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
    if not words:
        return 0.0
    score = 0.0
    hits = [index for index, word in enumerate(words) if word in TITLES or word.endswith(_TITLE_ENDINGS)]
    if hits:
        # "Head of Sales", "Jefe de cocina", but "Designer Outlet" is a shop.
        opens = hits[0] == 0 and (len(words) < 3 or words[1] in OF or len(words[1]) < 3)  # noqa: PLR2004
        score = 2.0 if hits[-1] == len(words) - 1 or opens else 1.4
        score += 0.4 * (len(hits) > 1)
    if words[0] in SENIORITY:
        score += 0.8
    if _CJK_TITLE.search(text):
        score += 2.0
    if len(words) > 9:  # noqa: PLR2004 — titles are short
        score -= 1.0
    return score


@lru_cache(maxsize=8192)
def company_score(text: str) -> float:
    """How much `text` reads like an employer."""
    words = words_of(text)
    score = 0.0
    if len(words) > 1 and COMPANY_SUFFIX.search(text) and not STATE_LAST.search(text):
        score += 2.2
    if any(word in ORG_WORDS for word in words):
        score += 1.4
    if _CJK_COMPANY.search(text):
        score += 2.2
    if _NAMING.search(text):
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
    return 2.0 if _SCHOOL.search(_KIND.sub("", text)) else 0.0


def words_of(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;:()/|&·•–—]+", text.casefold().strip()) if word]
