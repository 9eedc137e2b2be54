"""Facts the tests share, and Hypothesis strategies for random ones."""

from datetime import date

from hypothesis import strategies as st

from services.matching.facts import HeldTitle, Person, PostingFacts
from services.matching.titles import LEVELS

TODAY = date(2026, 5, 1)

ANNA = Person(
    skills=frozenset({"Python", "Django", "PostgreSQL", "Kubernetes", "communication"}),
    titles=(HeldTitle("Senior Backend Engineer"), HeldTitle("Data Analyst", date(2018, 6, 1))),
    years=8.0,
    seniority="senior",
    location="Berlin, Germany",
    work_types=frozenset({"full", "hybrid"}),
    salary_min=70_000,
    salary_max=90_000,
    currency="EUR",
)
POSTING = PostingFacts(
    id=1,
    title="Backend Developer",
    company="Acme GmbH",
    text="We build with Python and Django on k8s. Requirements: 5+ years of experience. Berlin, hybrid, 80k EUR.",
    skills_required=frozenset({"Python", "Django", "Kubernetes", "Apache Kafka"}),
    years_min=5.0,
    remote_type="hybrid",
    location="Berlin, Germany",
    salary_min=70_000,
    salary_max=80_000,
    currency="EUR",
)

SKILLS = ["Python", "Django", "SQL", "PostgreSQL", "Kubernetes", "nursing", "welding", "teamwork", "communication", "C"]
TITLES = ["Software Engineer", "Senior Nurse", "Head of Sales", "Welder", "Data Scientist", "xyz", "Koch (m/w/d)", ""]
PLACES = ["Berlin, Germany", "Austin, TX", "Paris", "Remote", "", "Atlantis"]
CURRENCIES = ["EUR", "USD", "JPY", "XXX", None]

skill_sets = st.frozensets(st.sampled_from(SKILLS))
salaries = st.none() | st.integers(0, 300_000)

people = st.builds(
    Person,
    skills=st.none() | skill_sets,
    titles=st.lists(
        st.builds(
            HeldTitle, st.sampled_from(TITLES), st.none() | st.dates(min_value=date(1990, 1, 1), max_value=TODAY)
        ),
        max_size=3,
    ).map(tuple),
    roles_wanted=st.lists(st.sampled_from(TITLES), max_size=2).map(tuple),
    years=st.none() | st.floats(0, 50),
    seniority=st.none() | st.sampled_from(LEVELS),
    location=st.sampled_from(PLACES),
    countries_wanted=st.frozensets(st.sampled_from(["DE", "US", "FR"])),
    work_types=st.frozensets(st.sampled_from(["full", "hybrid", "onsite"])),
    only_remote=st.booleans(),
    job_types=st.frozensets(st.sampled_from(["permanent", "contract"])),
    salary_min=salaries,
    salary_max=salaries,
    currency=st.sampled_from(CURRENCIES),
    needs_visa=st.booleans(),
    companies_avoided=st.frozensets(st.sampled_from(["Acme", "Umbrella Corp"])),
)
postings = st.builds(
    PostingFacts,
    id=st.integers(1, 10**9),
    title=st.sampled_from(TITLES),
    company=st.none() | st.sampled_from(["ACME, Inc.", "Globex"]),
    text=st.text(max_size=60),
    skills_required=skill_sets,
    skills_preferred=skill_sets,
    years_min=st.none() | st.floats(0, 25),
    years_max=st.none() | st.floats(0, 25),
    seniority=st.none() | st.sampled_from([*LEVELS, "unheard of"]),
    remote_type=st.none() | st.sampled_from(["full", "hybrid", "onsite"]),
    job_type=st.none() | st.sampled_from(["permanent", "contract", "freelance"]),
    location=st.sampled_from(PLACES),
    regions=st.lists(st.sampled_from(["Worldwide", "EU", "USA only", "Mars"]), max_size=2).map(tuple),
    salary_min=salaries,
    salary_max=salaries,
    currency=st.sampled_from(CURRENCIES),
    visa_sponsorship=st.none() | st.booleans(),
    similarity=st.none() | st.floats(-1, 1),
)
