"""The few words that an exported résumé needs of its own, in the language that the résumé is written in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HAN, _KANA = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u3040-\u30ff]")
_MANY = 0.2  # the share of a script's characters beyond which a text is written in it


@dataclass(frozen=True)
class Words:
    """`present` ends the dates of what goes on. `code` is an ISO 639-1 language."""

    code: str
    summary: str
    experience: str
    projects: str
    education: str
    skills: str
    certifications: str
    languages: str
    volunteering: str
    present: str
    clues: str = ""

    @property
    def publications(self) -> str:
        return _PUBLICATIONS[self.code]

    def date(self, partial: str) -> str:
        """A partial ISO date ("2021-03", "2021") as this language writes it."""
        year, _, rest = partial.partition("-")
        month = rest[:2]
        if not month.isdigit() or not 1 <= int(month) <= len(MONTHS):
            return year
        if self.code in ("ja", "zh"):
            return f"{year}年{int(month)}月"
        if self.code == "ko":
            return f"{year}년 {int(month)}월"
        return f"{MONTHS[int(month) - 1]} {year}" if self.code == "en" else f"{month}/{year}"

    def span(self, start: str, end: str, *, current: bool = False) -> str:
        last = self.present if current else self.date(end) if end else ""
        return " – ".join(part for part in (self.date(start) if start else "", last) if part)


ENGLISH = Words(
    *("en", "Summary", "Experience", "Projects", "Education", "Skills", "Certifications", "Languages"),
    *("Volunteering", "Present", "work experience|professional experience|employment|employment history|profile"),
)
_OTHERS = (
    Words(
        *("de", "Profil", "Berufserfahrung", "Projekte", "Ausbildung", "Kenntnisse", "Zertifikate", "Sprachen"),
        *("Ehrenamt", "heute", "berufliche erfahrung|werdegang|beruflicher werdegang|bildung|fähigkeiten|studium"),
    ),
    Words(
        *("fr", "Profil", "Expérience", "Projets", "Formation", "Compétences", "Certifications", "Langues"),
        *("Bénévolat", "aujourd’hui", "expérience professionnelle|expériences professionnelles|formations"),
    ),
    Words(
        *("es", "Perfil", "Experiencia", "Proyectos", "Educación", "Habilidades", "Certificaciones", "Idiomas"),
        *("Voluntariado", "actualidad", "experiencia laboral|experiencia profesional|formación|formación académica"),
    ),
    Words(
        *("pt", "Resumo", "Experiência", "Projetos", "Formação", "Competências", "Certificações", "Idiomas"),
        *("Voluntariado", "atual", "experiência profissional|educação|formação acadêmica|habilidades"),
    ),
    Words(
        *("it", "Profilo", "Esperienza", "Progetti", "Istruzione", "Competenze", "Certificazioni", "Lingue"),
        *("Volontariato", "oggi", "esperienza professionale|esperienze professionali|esperienza lavorativa|formazione"),
    ),
)
_JAPANESE = Words("ja", "職務要約", "職歴", "プロジェクト", "学歴", "スキル", "資格", "語学", "ボランティア", "現在")
_CHINESE = Words(
    "zh", "个人简介", "工作经历", "项目经历", "教育背景", "专业技能", "证书", "语言能力", "志愿经历", "至今"
)
# A script, what only a neighbour's language writes in it, and the words. Who writes the neighbour's gets English ones:
# headings in a tongue that is almost one's own are worse than foreign ones.
_BY_SCRIPT = (
    (
        *(re.compile(r"[\u0600-\u06ff]"), re.compile("[پچژگکی]")),
        Words(
            *("ar", "نبذة", "الخبرات", "المشاريع", "التعليم", "المهارات", "الشهادات", "اللغات"),
            *("العمل التطوعي", "حتى الآن"),
        ),
    ),
    (
        *(re.compile(r"[\u0590-\u05ff]"), re.compile("[װױײ]")),
        Words(*("he", "תמצית", "ניסיון", "פרויקטים", "השכלה", "מיומנויות", "הסמכות", "שפות", "התנדבות", "היום")),
    ),
    (
        *(re.compile(r"[\u0400-\u04ff]"), re.compile("[іїєґўјљњћђџ]")),
        Words(
            *("ru", "О себе", "Опыт работы", "Проекты", "Образование", "Навыки", "Сертификаты", "Языки"),
            *("Волонтёрство", "настоящее время"),
        ),
    ),
    (
        *(re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"), re.compile(r"[\u03e2-\u03ef]")),
        Words(
            *("el", "Προφίλ", "Εμπειρία", "Έργα", "Εκπαίδευση", "Δεξιότητες", "Πιστοποιήσεις", "Γλώσσες"),
            *("Εθελοντισμός", "σήμερα"),
        ),
    ),
    (
        *(re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"), re.compile(r"[\ua960-\ua97f]")),
        Words(*("ko", "소개", "경력", "프로젝트", "학력", "기술", "자격증", "언어", "봉사 활동", "현재")),
    ),
)


_PUBLICATIONS: Mapping[str, str] = {
    "en": "Publications",
    "de": "Veröffentlichungen",
    "fr": "Publications",
    "es": "Publicaciones",
    "pt": "Publicações",
    "it": "Pubblicazioni",
    "ja": "論文",
    "zh": "论文",
    "ko": "논문",
    "ar": "المنشورات",
    "he": "פרסומים",
    "ru": "Публикации",
    "el": "Δημοσιεύσεις",
}


def words_of(text: str) -> Words:
    """The language of a résumé by its headings, or by its script; English when nothing tells."""
    letters = sum(char.isalpha() for char in text) or 1
    kana = len(_KANA.findall(text))
    if (kana + len(_HAN.findall(text))) / letters > _MANY:
        return _JAPANESE if kana / letters > _MANY / 4 else _CHINESE
    for script, neighbours, words in _BY_SCRIPT:
        if len(script.findall(text)) / letters > _MANY:
            return ENGLISH if neighbours.search(text) else words
    headings = {line.strip(" :•–-").casefold() for line in text.splitlines()}
    # A tie goes to English: "Projects" and "Certifications" stand over résumés of every language.
    return max((ENGLISH, *_OTHERS), key=lambda words: len(_HEADINGS[words.code] & headings))


def _headings(words: Words) -> frozenset[str]:
    own = (words.summary, words.experience, words.projects, words.education, words.skills)
    return frozenset(
        one.casefold()
        for one in (*own, words.certifications, words.languages, words.volunteering, *words.clues.split("|"))
        if one
    )


_HEADINGS: Mapping[str, frozenset[str]] = {words.code: _headings(words) for words in (ENGLISH, *_OTHERS)}
