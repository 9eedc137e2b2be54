"""What the label of a form says it names: "Name and address of employer", "Tipo di impiego", "在职时间"."""

import re
from functools import lru_cache

# In the order they are asked: "main activities of the company" speaks of activities, "dates employed" of dates.
ROLES = {
    "date": re.compile(
        r"(?i)^\W*(?:(?:employment|employed|worked|tenure|total)\s+)?(?:(?:dat[aeo]s?|dates?|dat[au]m|fechas?|periods?|périodes?|"
        r"per[ií]odo|zeitraum|zeit|jahre?|from|since|duration|duración|duração|durata|durée|years?|années?|anni|años?|anos?|"
        r"päivämäär\w*|období|okres|lata|tarih\w*|dönem|период|годы|даты|perioada|időszak|időtartam)\b|"
        r"thời gian|ημερομην|תקופה|תאריכים|الفترة|التاريخ|期間|期间|年月|年度|起止|时间|기간|시기)|"
        r"(?:期間|期间|时间|時間|年月|기간|일자)$"
    ),
    "text": re.compile(
        r"(?i)activit|responsab|responsib|duties|atividad|actividad|funcion(?:es)|tarea|tarefa|tätigkeit|aufgabe|mission|mansioni|"
        r"attivit|achievement|accomplish|descri|tasks|werkzaamheden|arbetsuppgifter|obowiązk|zadani|verantwoordelijk|"
        r"subjects|skills covered|materias|matières|materie|fächer|competências adquiridas|tehtävät|náplň|mô tả|"
        r"opis|описание|обязанност|περιγραφή|görevler|תיאור|المهام|業務内容|職務内容|仕事内容|工作内容|工作描述|职责|업무|담당"
    ),
    "field": re.compile(
        r"(?i)field of study|^\W*majors?\b|fachrichtung|studiengang|speciali[sz]ation|especialidad|专业|専攻|전공"
    ),
    "company": re.compile(
        r"(?i)employ|empreg|emplead|empresa|entreprise|azienda|datore|arbeitgeber|unternehmen|firma|werkgever|pracodawc|"
        r"arbetsgivar|organi[sz]|company|institu|établissement|centro|scuola|escola|école|schule|instelling|szkoł|college|"
        r"university|school|työnantaj|oppilaito|zaměstnav|škola|zamestnáv|công ty|trường|šola|poslodav|angajator|"
        r"munkáltató|işveren|kurum|şirket|perusahaan|arbejdsgiver|роботодав|підприємств|บริษัท|okul|работодател|организац|компани|учебное|εργοδότ|ίδρυμα|מעסיק|מוסד|חברה|الشركة|جهة|الجامعة|"
        r"会社|勤務先|企業名|公司|单位|学校|院校|회사|근무처|직장|학교"
    ),
    "title": re.compile(
        r"(?i)position|occupation|cargo|puesto|profesión|função|fonction|poste|stelle|funktion|beruf|qualific|cualific|"
        r"título|titre|titolo|title|diplom|abschluss|degree|award|functie|stanowisk|befattning|lavoro|impiego|\brole\b|"
        r"designation|ammatti|tehtävänim|tutkin|pozice|pozícia|titul|chức vụ|vị trí|bằng cấp|położenie|beosztás|funcți|"
        r"görev|unvan|ünvan|derece|mansione\b|stilling|jabatan|posisi|посада|ตำแหน่ง|должност|специальност|степень|θέση|τίτλος|תפקיד|תואר|المسمى|المنصب|الدرجة|役職|役割|職種|"
        r"ポジション|职位|职务|岗位|学位|学历|직위|직책|직급|학위"
    ),
    "place": re.compile(
        r"(?i)^\W*(?:location|place|city|town|ort|standort|lieu|ville|lugar|localidad|cidade|local|luogo|località|sede|plaats|"
        r"miejsce|miasto|город|место)\b|地点|所在地|勤務地|근무지"
    ),
}
# "Type of business", "Employment status", "Company size": they say something of the employer, and do not name it.
ASIDE = re.compile(
    r"(?i)^\W*(?:type|kind|tipo|art|soort|rodzaj|typ)\b(?!.*(?:impiego|lavoro|qualif|diplom|título|titolo))|"
    r"\b(?:type|size|status|industry|sector|website|url|code|hours|salary)$"
)


@lru_cache(maxsize=1024)
def role_of(label: str) -> str:
    """One of ROLES; nothing where the words are unknown. What the label only tells of an employer is text."""
    if ASIDE.search(label):
        return "text"
    return next((role for role, pattern in ROLES.items() if pattern.search(label)), "")
