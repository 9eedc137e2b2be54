"""Invented people, from pools that no reader was made with; the same seed gives the same person."""

import random
from dataclasses import dataclass, field

FIRST = [
    "Ingrid",
    "Tobias",
    "Amara",
    "Keanu",
    "Solveig",
    "Mateus",
    "Priyanka",
    "Oskar",
    "Leilani",
    "Dmitri",
    "Chiara",
    "Benoît",
    "Yusuf",
    "Marisol",
    "Agnes",
    "Fergus",
    "Noor",
    "Ulrike",
    "Thandiwe",
    "Pablo",
]
LAST = [
    "Vanterpool",
    "Okonkwo-Hill",
    "Strandberg",
    "Quispe",
    "Delacroix",
    "Farrugia",
    "Oyelaran",
    "Hjelm",
    "Bartoszek",
    "Montefiore",
    "Abernathy",
    "Kowalczyk",
    "Zubiri",
    "Thackeray",
    "Lindqvist",
]
COMPANIES = (
    "Quillmark",
    "Bramble & Pike",
    "Tessellate Works",
    "Norrland Freight",
    "Ostrich Lane",
    "Veldt Robotics",
    "Papermoth",
    "Harrow County Council",
    "Sable Point Hospital",
    "Kestrel Dairy Cooperative",
    "Lumen Fjord AS",
    "Pomegranate Street Bakery",
    "Ninefold",
    "Cobalt Heron Ltd.",
    "Wexley Shipping GmbH",
    "Drumlin Textiles",
    "Anchor & Ash LLP",
    "Mirador Foods",
    "Greywater Analytics",
    "Toft Brothers",
)
TITLES = (
    "Warehouse Supervisor",
    "Registered Nurse",
    "Backend Engineer",
    "Senior Data Analyst",
    "Head of Procurement",
    "Marketing Coordinator",
    "Pastry Chef",
    "Legal Assistant",
    "Product Manager",
    "Mechanical Engineer",
    "Primary School Teacher",
    "Customer Success Manager",
    "Graphic Designer",
    "Site Reliability Engineer",
    "Payroll Specialist",
    "Research Assistant",
    "Operations Director",
    "Sales Associate",
)
CITIES = (
    "Tromsø, Norway",
    "Duluth, MN",
    "Porto, Portugal",
    "Leeds, UK",
    "Antwerp, Belgium",
    "Boise, ID",
    "Graz, Austria",
    "Tampere, Finland",
    "Reno, NV",
)
SCHOOLS = (
    "University of Trondheim",
    "Eastmarch College",
    "Politecnico di Bari",
    "Halden Institute of Technology",
    "Universidad de Arica",
    "Saltholm University",
)
DEGREES = (
    ("BSc", "Marine Biology"),
    ("Bachelor of Arts", "Economic History"),
    ("MSc", "Industrial Engineering"),
    ("PhD", "Linguistics"),
    ("Master of Science", "Statistics"),
)
SKILLS = (
    "Python",
    "SQL",
    "Excel",
    "Kubernetes",
    "Terraform",
    "SAP",
    "Figma",
    "Photoshop",
    "Tableau",
    "Rust",
    "GraphQL",
    "AutoCAD",
    "Salesforce",
    "Git",
    "Docker",
    "React",
    "PostgreSQL",
    "Kafka",
    "HACCP",
    "Phlebotomy",
)
DUTIES = (
    "Cut the time from order to dispatch by a third by laying out the picking routes again.",
    "Wrote the handbook that every new colleague starts with, and keeps it current.",
    "Planned rotas for fourteen people across three sites and two time zones.",
    "Moved four hundred suppliers to one contract without interrupting deliveries.",
    "Introduced weekly reviews that halved the number of returned items within one season.",
    "Answered for a budget of 1.2 million and closed each year within two percent of it.",
    "Trained nine apprentices, seven of whom were offered permanent posts.",
)


@dataclass
class Job:
    title: str
    company: str
    city: str
    start: tuple[int, int]
    end: tuple[int, int] | None
    duties: list[str]


@dataclass
class Study:
    school: str
    degree: str
    area: str
    start: int
    end: int


@dataclass
class Person:
    name: str
    email: str
    phone: str
    city: str
    github: str
    headline: str
    summary: str
    jobs: list[Job] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    skills: dict[str, list[str]] = field(default_factory=dict)


def person(seed: int) -> Person:
    dice = random.Random(seed)
    first, last = dice.choice(FIRST), dice.choice(LAST)
    user = f"{first}{last}".lower().replace("-", "").encode("ascii", "ignore").decode()
    found = Person(
        name=f"{first} {last}",
        email=f"{user}@example.org",
        phone=f"+47 22 85 {dice.randint(10, 99)} {dice.randint(10, 99)}",
        city=dice.choice(CITIES),
        github=user,
        headline=dice.choice(TITLES),
        summary="Fifteen years between people and machines, most of them spent making the two get along. Looks for "
        "work where careful counting matters and where the person who counts is asked before the plan is made.",
    )
    year, month = 2025, dice.randint(1, 6)
    titles, companies = dice.sample(TITLES, 4), dice.sample(COMPANIES, 4)
    for number in range(3):
        start = (year - dice.randint(2, 4), dice.randint(1, 12))
        end = None if number == 0 else (year, month)
        found.jobs.append(
            Job(titles[number], companies[number], dice.choice(CITIES), start, end, dice.sample(DUTIES, 2))
        )
        year, month = start[0], max(1, start[1] - 1)
    schools, degrees = dice.sample(SCHOOLS, 2), dice.sample(DEGREES, 2)
    for number in range(2):
        end_year = year - 1 - 3 * number
        found.studies.append(Study(schools[number], *degrees[number], end_year - 3, end_year))
    names = dice.sample(SKILLS, 9)
    found.skills = {"Daily": names[:5], "Occasional": names[5:]}
    return found


POSTS = (
    "Head of Vibes",
    "Community",
    "Growth",
    "Keyholder",
    "Floor Walker",
    "Second Pair of Hands",
    "Number Cruncher",
    "Front of House",
    "Fettler",
    "Dispatch",
)
HOUSES = (
    "The Architects",
    "Chief",
    "Director's Cut Films",
    "Baker & Partners",
    "Growth Lab",
    "Captain Hook",
    "Designer Outlet",
    "Planner One",
    "Taylor Associates",
    "Pilot Flying",
)


def puzzling(seed: int) -> Person:
    """Someone whose employers are named like posts, and whose posts are in no list of words."""
    found, dice = person(seed), random.Random(seed)
    for job, title, company in zip(found.jobs, dice.sample(POSTS, 3), dice.sample(HOUSES, 3), strict=True):
        job.title, job.company = title, company
    found.headline = found.jobs[0].title
    return found
