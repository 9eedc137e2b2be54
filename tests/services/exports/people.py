"""Profiles of people who do not exist, in several scripts."""

from services.resumes.profile import (
    Certification,
    Education,
    Experience,
    Language,
    Link,
    Project,
    ResumeProfile,
    SkillGroup,
)

FRENCH = ResumeProfile(
    name="Élodie Lefèvre-Nuñez",
    email="elodie@example.org",
    phone="+33123456789",
    location="Lyon, France",
    links=(Link("https://www.linkedin.com/in/elodie", "LinkedIn", "elodie"), Link("javascript:alert(1)")),
    headline="Ingénieure logiciel",
    summary="Ingénieure d’exploitation, dix ans de systèmes distribués.\nElle aime les petits programmes.",
    skills=("Python", "PostgreSQL", "Œnologie", "C++"),
    skill_groups=(SkillGroup("Langages", ("Python", "C++"), "expert"), SkillGroup("", ("PostgreSQL",))),
    experience=(
        Experience(
            "Société Générale",
            "Ingénieure principale",
            "Paris",
            "2019-03",
            current=True,
            highlights=("Réduit l’import de 9 h à 40 min", "Encadre 4 personnes <script> & co"),
            description="Équipe plateforme",
            url="https://example.org/sg",
        ),
        Experience("Łódź Systèmes", "Développeuse Python", "Lille", "2015", "2019-02", highlights=("Žluťoučký kůň",)),
        Experience("Ohne Titel GmbH", "", "Köln", "2014"),
    ),
    education=(Education("École Centrale", "MSc", "Informatique", "Lyon", "2012-09", "2015", ("Mention très bien",)),),
    projects=(Project("Petit-Outil", "Un outil", url="https://example.org/outil", highlights=("500 étoiles",)),),
    certifications=(Certification("CKA", "CNCF", "2021-06"),),
    languages=(Language("Français", "natif"), Language("English", "C1")),
    volunteering=(Experience("Emmaüs", "Bénévole", "", "2018"),),
    years_of_experience=10.0,
    as_of="2026-05-01",
)
RUSSIAN = ResumeProfile(
    name="Анна Ковалёва",
    email="anna@example.org",
    skills=("Python", "Go"),
    skill_groups=(SkillGroup("", ("Python", "Go")),),
    experience=(Experience("Яндекс", "Старший разработчик", "Москва", "2020-01", current=True),),
)
GREEK = ResumeProfile(
    name="Ελένη Παπαδοπούλου",
    email="eleni@example.org",
    experience=(Experience("Αθηναϊκή Πληροφορική", "Μηχανικός λογισμικού", "Αθήνα", "2020-01", "2022-03"),),
)
JAPANESE = ResumeProfile(
    name="山田太郎",
    email="taro@example.org",
    summary="ソフトウェアエンジニアとして十年間、検索と推薦の仕組みを設計し、運用してきた。" * 4,
    experience=(Experience("株式会社サンプル", "シニアエンジニア", "東京", "2020-04", current=True),),
)
KOREAN = ResumeProfile(
    name="홍길동",
    email="hong@example.org",
    experience=(Experience("예시 주식회사", "소프트웨어 엔지니어", "서울", "2020-04", "2022-01"),),
)
HEBREW = ResumeProfile(
    name="דנה כהן",
    email="dana@example.org",
    summary="מהנדסת תוכנה עם עשר שנות ניסיון בפיתוח שירותים",
    experience=(Experience("דוגמה", "מהנדסת תוכנה", "חיפה", "2020-03", "2023-05", highlights=("ניהול צוות",)),),
)
ARABIC = ResumeProfile(
    name="ليلى عبد الرحمن",
    email="layla@example.org",
    phone="+962791234567",
    summary="مهندسة برمجيات بخبرة عشر سنوات في تصميم الأنظمة الموزعة وتطوير خدمات الويب باستخدام Python وPostgreSQL",
    skill_groups=(SkillGroup("لغات البرمجة", ("Python", "Go")),),
    experience=(
        Experience("شركة الأفق", "مهندسة برمجيات", "عمّان", "2020-03", "2023-05", highlights=("قادت (Redis) فريقًا",)),
    ),
)
EVERYBODY = {
    "arabic": ARABIC,
    "french": FRENCH,
    "russian": RUSSIAN,
    "greek": GREEK,
    "japanese": JAPANESE,
    "korean": KOREAN,
    "hebrew": HEBREW,
}


def long_career(positions: int) -> ResumeProfile:
    """Several pages, with points of different lengths."""
    jobs = tuple(
        Experience(
            f"Company{number} Ltd",
            f"Role{number}",
            "Leeds",
            f"{1990 + number}-01",
            f"{1990 + number}-11",
            highlights=tuple(f"Point {number}.{one} " + "did a thing " * (3 + 7 * one) for one in range(number % 5)),
        )
        for number in range(positions)
    )
    return ResumeProfile(name="Ada Byron", email="ada@example.org", experience=jobs)
