"""Board words into our words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scrapers.normalise.job_type import job_type
from scrapers.normalise.language import language
from scrapers.normalise.regions import eligible_regions
from scrapers.normalise.remote import remote_type
from scrapers.normalise.seniority import seniority
from scrapers.normalise.tags import tags
from scrapers.normalise.visa import visa
from scrapers.normalise.when import moment


@pytest.mark.parametrize(
    ("said", "location", "title", "expected"),
    [
        ("remote", "Berlin", "", "full"),
        ("Remote", "", "", "full"),
        ("Hybrid", "Remote", "", "hybrid"),
        ("OnSite", "", "", "onsite"),
        ("on-site", "", "", "onsite"),
        ("On-Site", "Remote-Friendly, US", "", "onsite"),
        ("", "Remote - US", "", "full"),
        ("", "Barcelona, Spain (Remoto)", "", "full"),
        ("", "Paris", "", None),
        ("", "Paris", "Engineer (Remote)", "full"),
        ("", "", "Hybrid Cloud Engineer", "hybrid"),
        ("TELECOMMUTE", "", "", "full"),
        ("", "Köln", "Pflegekraft, 100 % Homeoffice", "full"),
        ("", "Anywhere in the World", "", "full"),
        ("Flexible", "", "", "hybrid"),
        ("", "Flexible Street 3, London", "", None),
        ("", "", "", None),
        ("télétravail", "", "", "full"),
        ("In office", "", "", "onsite"),
        ("", "Hybrid, London", "", "hybrid"),
    ],
)
def test_remote(said: str, location: str, title: str, expected: str | None) -> None:
    assert remote_type(said, location, title) == expected


@pytest.mark.parametrize(
    ("said", "title", "expected"),
    [
        ("full_time", "", "permanent"),
        ("FullTime", "", "permanent"),
        ("Full-Time", "", "permanent"),
        ("fulltime_fixed_term", "", "contract"),
        ("parttime_permanent", "", "part-time"),
        ("Contractor", "", "contract"),
        ("freelance", "", "freelance"),
        ("Permanent", "", "permanent"),
        ("FULL_TIME", "", "permanent"),
        ("Vollzeit", "", "permanent"),
        ("CDI", "", "permanent"),
        ("CDD", "", "contract"),
        ("Teilzeit", "", "part-time"),
        ("working student part time", "", "part-time"),
        ("Internship", "", None),
        ("", "Designer (Contract)", "contract"),
        ("", "Contract Manager", None),
        ("", "Paralegal, Contracts", None),
        ("", "Cook - Contract", "contract"),
        ("", "Freelance Writer", "freelance"),
        ("", "Nurse", None),
        ("Regular", "", "permanent"),
        ("", "", None),
    ],
)
def test_job_type(said: str, title: str, expected: str | None) -> None:
    assert job_type(said, title) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("Halifax, England, United Kingdom", ("GB",)),
        ("Germany, Austria", ("DE", "AT")),
        ("Austin, TX", ("US",)),
        ("Berlin, DE", ("DE",)),
        ("Wilmington, DE", ("US",)),
        ("Atlanta, Georgia", ("US",)),
        ("Tbilisi, Georgia", ("GE",)),
        ("Georgia, United States", ("US",)),
        ("Remote - US", ("US",)),
        ("San Francisco, CA | Toronto, ON", ("US", "CA")),
        ("Anywhere in the World", ("worldwide",)),
        ("World Wide", ("worldwide",)),
        ("Europe Only", ("europe",)),
        ("USA Only", ("US",)),
        ("Americas, Europe, Israel", ("americas", "europe", "IL")),
        ("Washington, D.C.", ("US",)),
        ("Anywhere in the United States", ("US",)),
        ("Remote", ()),
        ("", ()),
        ("Singapore", ("SG",)),
        ("Kraków", ("PL",)),
        ("UK & Ireland", ("GB", "IE")),
        ("Bengaluru, KA, India", ("IN",)),
        ("APAC, EMEA", ("apac", "emea")),
        ("London, Paris, Montpellier", ("GB", "FR")),
        ("NYC", ("US",)),
        ("Vancouver, BC", ("CA",)),
        ("LATAM", ("latam",)),
        ("🇳🇱 Netherlands", ("NL",)),
        ("Remote within Canada + USA", ("CA", "US")),
        ("Perth", ("AU",)),
        ("in or us", ("US",)),
        ("Stockholm, SE", ("SE",)),
        ("Krishnagiri", ()),
        ("Paris, TX", ("US",)),
        ("México", ("MX",)),
        ("España", ("ES",)),
    ],
)
def test_regions(location: str, expected: tuple[str, ...]) -> None:
    assert eligible_regions((), location) == expected


def test_the_boards_own_list_wins_over_its_location() -> None:
    assert eligible_regions(("Canada", "Mexico"), "Berlin") == ("CA", "MX")
    assert eligible_regions(("somewhere",), "Berlin") == ("DE",)


@pytest.mark.parametrize(
    ("said", "title", "expected"),
    [
        ("", "Senior Software Engineer", "senior"),
        ("", "Sr. Sales Executive", "senior"),
        ("", "Senior Director", "executive"),
        ("", "VP of Product", "executive"),
        ("", "Chief Revenue Officer", "executive"),
        ("", "CRO Manager", None),
        ("", "Staff Engineer", "lead"),
        ("", "Staff Nurse", None),
        ("", "Team Lead", "lead"),
        ("", "Lead Generation Clerk", None),
        ("", "Head of Legal", "lead"),
        ("", "Junior Designer", "junior"),
        ("", "Marketing Intern", "intern"),
        ("", "International Sales", None),
        ("", "Product Manager", None),
        ("Manager", "Brand Manager", "lead"),
        ("Mid-Senior Level", "Engineer", "senior"),
        ("Midweight", "Engineer", "mid"),
        ("", "Engineer II", "mid"),
        ("", "Engineer III", "senior"),
        ("Entry Level", "Clerk", "junior"),
        ("", "Werkstudent (m/w/d)", "intern"),
        ("", "Executive Assistant", None),
        ("", "Account Executive", None),
        ("", "Registered Nurse", None),
    ],
)
def test_seniority(said: str, title: str, expected: str | None) -> None:
    assert seniority(said, title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visa sponsorship available.", True),
        ("We sponsor visas for the right person.", True),
        ("We can offer visa support and relocation.", True),
        ("We are unable to sponsor visas at this time.", False),
        ("No visa sponsorship.", False),
        ("Applicants must be authorised to work without sponsorship.", False),
        ("Sponsorship is not available for this role.", False),
        ("We will not provide visa sponsorship.", False),
        ("Work with Visa and Mastercard.", None),
        ("You know how to travel. Our sponsors are kind.", None),
        ("", None),
        ("We do sponsor visas! However, we aren't able to successfully sponsor visas for every role.", False),
    ],
)
def test_visa(text: str, expected: bool | None) -> None:
    assert visa(None, text) is expected


def test_visa_as_said_wins() -> None:
    assert visa(True, "No visa sponsorship.") is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are looking for an engineer who will join our team in Berlin.", "en"),
        ("Wir suchen dich für unser Team in Berlin, und wir freuen uns auf deine Bewerbung.", "de"),
        ("Nous cherchons une personne pour notre équipe, qui aime les projets et le terrain.", "fr"),
        ("Buscamos una persona para nuestro equipo, con experiencia en el sector y ganas de aprender.", "es"),
        ("Procuramos uma pessoa para a nossa equipa, com experiência e vontade de aprender mais.", "pt"),
        ("Cerchiamo una persona per il nostro gruppo, con esperienza nel settore e voglia di imparare.", "it"),
        ("Wij zoeken een collega voor ons team, met ervaring en zin om te leren van de anderen.", "nl"),
        ("Szukamy osoby do naszego zespołu, która ma doświadczenie w pracy i jest gotowa na nowe zadania.", "pl"),
        ("Vi söker en kollega som vill arbeta med oss och som trivs i ett litet team för att lära sig.", "sv"),
        ("私たちは新しいエンジニアを探しています。", "ja"),
        ("Мы ищем инженера в нашу команду.", "ru"),
        ("Engineer Berlin", None),
        ("", None),
        ("12345 67890", None),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert language("", text) == expected


def test_language_as_said() -> None:
    assert language("pt_BR", "whatever it is") == "pt"
    assert language("English", "We are looking for you and your friends to join us.") == "en"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1789990000, datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        (1789990000000, datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("1789990000", datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("2026-09-21T11:26:40Z", datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("2026-09-21T11:26:40", datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("2026-09-21 11:26:40 UTC", datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("2026-09-21T07:26:40-04:00", datetime(2026, 9, 21, 7, 26, 40, tzinfo=timezone(timedelta(hours=-4)))),
        ("Mon, 21 Sep 2026 11:26:40 +0000", datetime(2026, 9, 21, 11, 26, 40, tzinfo=UTC)),
        ("2026-09-21", datetime(2026, 9, 21, tzinfo=UTC)),
        ("", None),
        (None, None),
        (0, None),
        (True, None),
        ("yesterday", None),
        (float("nan"), None),
        (1e30, None),
        ("0001-01-01T00:00:00", None),
        ({}, None),
        ("2026-13-45", None),
    ],
)
def test_moment(value: object, expected: datetime | None) -> None:
    assert moment(value) == expected


def test_tags_are_once_in_lower_case_and_bounded() -> None:
    assert tags(("Python", "python", " SQL ", "", "non tech", "customer_support")) == (
        "python",
        "sql",
        "customer support",
    )
    assert len(tags(tuple(f"tag {n}" for n in range(100)))) == 30
