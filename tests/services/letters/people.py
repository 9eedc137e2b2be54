"""A person, a posting, and strategies for random ones."""

from typing import Any

from hypothesis import strategies as st

from services.letters.facts import LetterFacts

PROFILE: dict[str, Any] = {
    "name": "Anna Weber",
    "email": "anna@weber.example",
    "phone": "+49 30 5550199",
    "location": "Berlin, Germany",
    "headline": "Senior Backend Engineer",
    "summary": "Backend engineer who likes small services and clear logs.",
    "skills": ["Python", "Django", "PostgreSQL", "Docker", "German"],
    "experience": [
        {
            "company": "Globex",
            "title": "Senior Backend Engineer",
            "start": "2020-03",
            "end": "",
            "current": True,
            "highlights": [
                "Reduced checkout latency by 40% by rewriting the pricing service in Python",
                "Led a team of 4 engineers through a move from one server to Docker containers",
                "Introduced on-call handbooks and cut incidents from 12 to 3 a month",
            ],
        },
        {
            "company": "Initech",
            "title": "Software Developer",
            "start": "2016-01",
            "end": "2020-02",
            "current": False,
            "highlights": [
                "Built a Django shop for 30,000 customers",
                "Responsible for PostgreSQL backups and upgrades",
            ],
        },
    ],
    "education": [{"institution": "TU Berlin", "degree": "BSc", "field": "Computer Science", "end": "2015"}],
    "years_of_experience": 10.2,
}
POSTING: dict[str, Any] = {
    "title": "Backend Developer (m/w/d)",
    "company": "Acme GmbH",
    "location": "Berlin",
    "description": (
        "Acme GmbH builds checkout software for 500 shops, with Google Cloud as a partner.\n"
        "Requirements: 5+ years of experience with Python and Django. PostgreSQL, Kubernetes.\n"
        "You will reduce latency and mentor engineers. Kafka is a plus. A Master's degree is welcome."
    ),
    "skills": ["Python", "Django", "PostgreSQL", "Kubernetes", "Apache Kafka"],
}
FACTS = LetterFacts.of(PROFILE, POSTING)

NAMES = [
    "Globex",
    "Initech",
    "St. Mary Hospital",
    "Müller & Söhne GmbH",
    "Acme GmbH",
    "R&D Labs",
    "Python Partners",
    "IBM",
]
TITLES = [
    "Senior Backend Engineer",
    "Registered Nurse",
    "Head Chef",
    "CTO",
    "Account Manager, EMEA",
    "teacher",
    "Forklift Driver II",
    "Go Developer",
]
LINES = [
    "Led a team of 12 nurses on two wards",
    "Reduced costs by 15% ($1.2M) in 2021",
    "Responsible for 30,000 customers in Germany, Austria and Switzerland",
    "Manage AWS accounts and Terraform modules for 4 products",
    "Manages a budget of €250k",
    "Developing Node.js services; writing tests with Jest",
    "Migration of 200 servers to Kubernetes",
    "I taught English to 3 classes a day",
    "Cooked for up to 150 guests a night. Won the 2019 Golden Spoon.",
    "SAP FI rollout at Siemens in 9 months",
    "iOS app with 4.8 stars, 2x faster start-up",
    "Cut waste in half",
    "Speed up of builds: from 30 min to 4 min",
    "•  Wrote 14 articles for the NY Times and The Guardian",
    "Python",
    "Go-to-market for Series B start-up",
]
SKILLS = ["Python", "AWS", "Kubernetes", "wound care", "Excel", "German", "Go", "R", "herding of cats", "TIG welding"]
dates = st.sampled_from(["", "2015", "2018-03", "2021-11", "spring 2020"])
jobs = st.fixed_dictionaries(
    {
        "company": st.sampled_from([*NAMES, ""]),
        "title": st.sampled_from([*TITLES, ""]),
        "start": dates,
        "end": dates,
        "current": st.booleans(),
        "highlights": st.lists(st.sampled_from(LINES), max_size=5),
        "description": st.sampled_from(["", *LINES]),
    }
)
schools = st.fixed_dictionaries(
    {
        "institution": st.sampled_from(["TU Berlin", "University of Leeds", ""]),
        "degree": st.sampled_from(["BSc", "Master of Arts", "PhD", ""]),
        "field": st.sampled_from(["Physics", "Nursing", "Computer Science", ""]),
        "end": dates,
    }
)
profiles = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Anna Weber", "José María O'Neil", ""]),
        "email": st.sampled_from(["anna@weber.example", ""]),
        "phone": st.sampled_from(["+49 30 5550199", ""]),
        "location": st.sampled_from(["Berlin, Germany", ""]),
        "headline": st.sampled_from(["", *TITLES]),
        "summary": st.sampled_from(["", "A calm person with 7 years at sea.", "Nurse. Mother of two. I sing."]),
        "skills": st.lists(st.sampled_from(SKILLS), max_size=8, unique=True),
        "experience": st.lists(jobs, max_size=4),
        "education": st.lists(schools, max_size=2),
        "years_of_experience": st.sampled_from([0.0, 0.4, 1.0, 3.5, 12.9, 30.0]),
    }
)
postings = st.fixed_dictionaries(
    {
        "title": st.sampled_from([*TITLES, "Backend Developer (m/w/d)", "Engineer & Co-Founder, 100% remote", ""]),
        "company": st.sampled_from([*NAMES, ""]),
        "location": st.sampled_from(["Berlin", "Remote (US)", ""]),
        "description": st.lists(
            st.sampled_from([POSTING["description"], *LINES, "Requirements: Rust, Kafka, 5+ years of experience."]),
            max_size=5,
        ).map("\n".join),
        "skills": st.lists(st.sampled_from(["Rust", "Apache Kafka", *SKILLS]), max_size=6, unique=True),
    }
)
