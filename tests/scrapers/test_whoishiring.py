"""First lines of "Who is hiring?", written for this test in the ways that people write them, and what each says."""

import pytest

from scrapers.formats.whoishiring import header
from scrapers.normalise.remote import remote_type

LINES = [
    # in the order that custom asks for
    ("Acme | Backend Engineer | Berlin, Germany | ONSITE | Full-time", "Acme", "Backend Engineer", "Berlin, Germany"),
    ("Acme | Backend Engineer | REMOTE (EU) | Full-time", "Acme", "Backend Engineer", "REMOTE (EU)"),
    ("Acme|Backend Engineer|Remote", "Acme", "Backend Engineer", "Remote"),
    ("Acme  |  Staff Engineer, Payments  |  NYC  |", "Acme", "Staff Engineer, Payments", "NYC"),
    ("Acme | Senior/Staff Engineers (Rust, Go) | Remote US/Canada", "Acme", "Senior/Staff Engineers (Rust, Go)",
     "Remote US/Canada"),
    ("Acme | ML Engineer | Paris, France | HYBRID | €70k-90k", "Acme", "ML Engineer", "Paris, France"),
    ("Acme | Site Reliability Engineer | $150K-$190K | Austin, TX", "Acme", "Site Reliability Engineer", "Austin, TX"),
    ("Acme | CTO | London", "Acme", "CTO", "London"),
    ("Acme | Head of Data (ML / Ops) | Lisbon, Portugal", "Acme", "Head of Data (ML / Ops)", "Lisbon, Portugal"),
    ("Acme | Member of Technical Staff | SF | ONSITE", "Acme", "Member of Technical Staff", "SF"),
    ("Acme | Product Manager | Toronto, ON, Canada | VISA", "Acme", "Product Manager", "Toronto, ON, Canada"),
    ("Acme | Cryptographer | Zurich, Switzerland", "Acme", "Cryptographer", "Zurich, Switzerland"),
    # in any other order
    ("Acme | Remote (US only) | Staff Engineer | Full-time", "Acme", "Staff Engineer", "Remote (US only)"),
    ("Acme | Full-time | Munich, Germany | Data Scientist", "Acme", "Data Scientist", "Munich, Germany"),
    ("Acme | $120k-$140k + equity | Remote (Canada) | DevOps Engineer", "Acme", "DevOps Engineer", "Remote (Canada)"),
    ("Data Engineer | Acme | Madrid, Spain", "Acme", "Data Engineer", "Madrid, Spain"),
    ("Senior Go Developer | Acme Labs | REMOTE (LATAM)", "Acme Labs", "Senior Go Developer", "REMOTE (LATAM)"),
    ("REMOTE | Acme | Frontend Developer", "Acme", "Frontend Developer", "REMOTE"),
    ("Full-time | Acme | QA Engineer | Dublin, Ireland", "Acme", "QA Engineer", "Dublin, Ireland"),
    ("Oslo, Norway | Acme | Firmware Engineer | Onsite", "Acme", "Firmware Engineer", "Oslo, Norway"),
    ("Acme | Onsite | Security Engineer | Tel Aviv, Israel", "Acme", "Security Engineer", "Tel Aviv, Israel"),
    # accelerators, addresses and mottos beside the name
    ("Acme (YC S21) | Founding Engineer | SF", "Acme", "Founding Engineer", "SF"),
    ("Acme (YC W24, https://acme.example.com ) | Founding Engineer | NYC", "Acme", "Founding Engineer", "NYC"),
    ("Acme (S14) | Engineering roles | Remote", "Acme", "Engineering roles", "Remote"),
    ("Acme YC F25 | Designer | Boston, MA", "Acme", "Designer", "Boston, MA"),
    ("Acme ( https://acme.com ) | Designer | Remote (UK)", "Acme", "Designer", "Remote (UK)"),
    ("Acme (acme.health) | Nurse | Leeds, UK", "Acme", "Nurse", "Leeds, UK"),
    ("Acme https://acme.io - the future of bees | iOS Developer | Remote", "Acme", "iOS Developer", "Remote"),
    ("Acme, the bee company | iOS Developer | Remote", "Acme", "iOS Developer", "Remote"),
    ("Acme – software for bees | iOS Developer | Remote", "Acme", "iOS Developer", "Remote"),
    ("Acme: robots for bees | Robotics Engineer | Cork, Ireland", "Acme", "Robotics Engineer", "Cork, Ireland"),
    ("Acme, Inc. | Android Developer | Chicago, IL", "Acme, Inc.", "Android Developer", "Chicago, IL"),
    ("acme.ai | Applied Scientist | London, UK", "acme.ai", "Applied Scientist", "London, UK"),
    ("**Acme** | Data Analyst | Vienna, Austria", "Acme", "Data Analyst", "Vienna, Austria"),
    ("# Acme | Data Analyst | Vienna, Austria", "Acme", "Data Analyst", "Vienna, Austria"),
    ("[Acme] | Data Analyst | Vienna, Austria", "Acme", "Data Analyst", "Vienna, Austria"),
    ("Acme is hiring | Data Analyst | Vienna, Austria", "Acme", "Data Analyst", "Vienna, Austria"),
    ("Acme (London or NYC) | Research Scientist | Hybrid", "Acme", "Research Scientist", "London or NYC"),
    ("Acme Group (AG) | Analyst | Remote (Germany)", "Acme Group (AG)", "Analyst", "Remote (Germany)"),
    ("🐝 Acme | Beekeeping Engineer | Porto, Portugal", "🐝 Acme", "Beekeeping Engineer", "Porto, Portugal"),
    # names that hold the words of a role, and none
    ("Design Square | Product Designer | Milan, Italy", "Design Square", "Product Designer", "Milan, Italy"),
    ("Engineering Partner Ltd | Civil Engineer | Leeds, UK", "Engineering Partner Ltd", "Civil Engineer", "Leeds, UK"),
    ("Blackbird | Remote (US) | Contract", "Blackbird", "Several roles", "Remote (US)"),
    ("Acme | Prague, Czech Republic | Full-time | ONSITE", "Acme", "Several roles", "Prague, Czech Republic"),
    ("Acme | Berlin | Full-time, all levels", "Acme", "Several roles", "Berlin"),
    ("Senior Python Developer | REMOTE (EMEA)", "", "Senior Python Developer", "REMOTE (EMEA)"),
    ("Video Editor at The Daily Bee | Full-time | NYC", "The Daily Bee", "Video Editor", "NYC"),
    ("Staff Engineer @ Acme | Remote (US)", "Acme", "Staff Engineer", "Remote (US)"),
    # several roles
    ("Acme | Multiple roles | Multiple locations", "Acme", "Multiple roles", "Multiple locations"),
    ("Acme | Various Engineering Positions | Remote", "Acme", "Various Engineering Positions", "Remote"),
    ("Acme Several roles | On-site Tokyo | Full-time", "Acme", "Several roles", "On-site Tokyo"),
    ("Acme | Software Engineers, Product Managers & Data Scientists | Hybrid in NYC", "Acme",
     "Software Engineers, Product Managers & Data Scientists", "Hybrid in NYC"),
    ("Acme | Backend Engineer + Frontend Engineer | Remote", "Acme", "Backend Engineer + Frontend Engineer", "Remote"),
    ("Acme | Backend Engineer | Product Designer | Remote (EU)", "Acme", "Backend Engineer", "Remote (EU)"),
    ("Acme | Engineer (Lead | Staff) | Remote", "Acme", "Engineer (Lead | Staff)", "Remote"),
    ("Acme | Hiring Java Developer | Sofia, Bulgaria", "Acme", "Java Developer", "Sofia, Bulgaria"),
    ("Acme | 3 open Software Engineer roles | Remote", "Acme", "3 open Software Engineer roles", "Remote"),
    # pieces beside the point
    ("Acme | SaaS for bees | Series B | Backend Developer | Remote", "Acme", "Backend Developer", "Remote"),
    ("Acme | Backend Developer | Remote | Go, Zig, Rust | Unlimited PTO", "Acme", "Backend Developer", "Remote"),
    ("Acme | Backend Developer | Remote | No visa sponsorship offered", "Acme", "Backend Developer", "Remote"),
    ("Acme | Backend Developer | Remote | 60 to 100 %", "Acme", "Backend Developer", "Remote"),
    ("(CLOSED) Acme | Backend Developer | Remote", "Acme", "Backend Developer", "Remote"),
    ("Acme | ONSITE & Remote for some roles | Berlin, Germany", "Acme", "Several roles", "Berlin, Germany"),
    ("Acme | Remote | Web Engineer, Data Engineer Acme is building the roads that bees fly on, and hires many of them.",
     "Acme", "Web Engineer, Data Engineer", "Remote"),
    # without pipes
    ("Acme - Backend Engineer - Berlin, Germany", "Acme", "Backend Engineer", "Berlin, Germany"),
    ("Acme – Founding Engineer – Remote (USA) – 180-250k", "Acme", "Founding Engineer", "Remote (USA)"),
    ("Acme — Senior Director, Data Engineering", "Acme", "Senior Director, Data Engineering", ""),
    ("Acme, Backend Engineer, Remote", "Acme", "Backend Engineer", "Remote"),
    ("Acme is hiring a Senior Data Engineer in Berlin.", "Acme", "Senior Data Engineer", "Berlin"),
    ("Acme (YC F24) is hiring across engineering and design", "Acme", "Several roles", ""),
    ("At Acme we're hiring!", "Acme", "Several roles", ""),
    ("Company: Acme<p>Role: Sound Engineer<p>Location: Bristol, UK", "Acme", "Sound Engineer", "Bristol, UK"),
    ("Acme &#x2F; Bees | Sound Engineer | Bristol, UK", "Acme / Bees", "Sound Engineer", "Bristol, UK"),
    ("<i>Acme</i> | Sound Engineer | Bristol, UK<p>We make bees.", "Acme", "Sound Engineer", "Bristol, UK"),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "company", "title", "location"), LINES)
def test_a_line_is_read_piece_by_piece(comment: str, company: str, title: str, location: str) -> None:
    found = header(comment)
    assert found
    assert (found.company, found.title, found.location) == (company, title, location)


@pytest.mark.parametrize(
    ("comment", "salary"),
    [
        ("Acme | Cook | Cork, Ireland | $18-22/hr", "$18-22/hr"),
        ("Acme | Cook | 175-235k + equity | Cork, Ireland", "175-235k + equity"),
        ("Acme | Cook | Salary: £45,000 | Cork, Ireland", "Salary: £45,000"),
        ("Acme | Cook | raised $16M | Cork, Ireland", ""),
        ("Acme | Cook | Cork, Ireland", ""),
    ],
)
def test_pay(comment: str, salary: str) -> None:
    found = header(comment)
    assert found
    assert found.salary == salary


@pytest.mark.parametrize(
    ("comment", "remote"),
    [
        ("Acme | Cook | REMOTE (US) | Full-time", "full"),
        ("Acme | Cook | Cork, Ireland | ONSITE (hybrid)", "hybrid"),
        ("Acme | Cook | NYC (in-person 5x/week)", "onsite"),
        ("Acme | Cook | Cork, Ireland | No remote", "onsite"),
        ("Acme | Cook | Cork, Ireland", None),
    ],
)
def test_where_from(comment: str, remote: str | None) -> None:
    found = header(comment)
    assert found
    assert remote_type(found.remote, found.location, found.title) == remote


@pytest.mark.parametrize(
    "comment",
    [
        "How do I apply?", "", "Sent you a mail - thanks", "SEEKING WORK | Remote | Python", "<p>", "Location: Poland",
        "Great thread, really appreciate seeing clear hiring info like this, with remote and onsite up front.",
        "I'm a full-stack developer with 3 years of experience building web apps, looking for a role.",
        "Not hiring, but happy to talk", "We are hiring", "Do you want to work on bees?", "[flagged]", "--------------",
        "Is this role still open? I am a senior engineer, remote", "India, remote", "Thanks - applied",
    ],
)  # fmt: skip
def test_no_advert(comment: str) -> None:
    assert header(comment) is None
