"""Pasted adverts, in the shapes that people copy from sites and mails."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRequest
from services.posting_text import SHORTEST, read

FILLER = "\nYou will work with us on things that matter to many people every day."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Senior Backend Engineer\nAcme Robotics GmbH\nBerlin, Germany (Hybrid)\nFull-time\n\n"
                "About Acme Robotics\n"
                "We build robots with Python and PostgreSQL. Salary: 75.000 - 95.000 EUR per year. "
                "Apply at https://acme.example/jobs/1."
            ),
            {
                "title": "Senior Backend Engineer",
                "company": "Acme Robotics",
                "location": "Berlin, Germany",
                "remote_type": "hybrid",
                "job_type": "permanent",
                "salary_min": 75_000,
                "salary_max": 95_000,
                "salary_currency": "EUR",
                "url": "https://acme.example/jobs/1",
            },
        ),
        (
            "Woosmap | https://www.woosmap.example/ | Backend Engineer | REMOTE | Full-time" + FILLER,
            {"title": "Backend Engineer", "company": "Woosmap", "remote_type": "full", "job_type": "permanent"},
        ),
        (
            "Acme is looking for a Product Manager to join us. Work from anywhere. $120k-$150k. Freelance.",
            {
                "title": "Product Manager",
                "company": "Acme",
                "remote_type": "full",
                "job_type": "freelance",
                "salary_min": 120_000,
                "salary_max": 150_000,
                "salary_currency": "USD",
            },
        ),
        (
            "Job Title: Nurse\nCompany: St. Mary Hospital\nLocation: London, UK\nSalary: £20 - £25 per hour\n"
            "Part-time role." + FILLER,
            {
                "title": "Nurse",
                "company": "St. Mary Hospital",
                "location": "London, UK",
                "job_type": "part-time",
                "salary_min": 41_600,
                "salary_max": 52_000,
                "salary_currency": "GBP",
            },
        ),
        (
            "Data Engineer at Globex\nParis, France\nWe raised $40M in 2020, 401k included. On-site only." + FILLER,
            {
                "title": "Data Engineer",
                "company": "Globex",
                "location": "Paris, France",
                "remote_type": "onsite",
                "salary_min": None,
            },
        ),
        ("We are nice people. " * 10, {"company": None, "location": None, "remote_type": None, "salary_min": None}),
    ],
    ids=["page", "pipes", "sentence", "labels", "at", "nothing said"],
)
def test_what_an_advert_says_is_read(text: str, expected: dict[str, Any]) -> None:
    found = asdict(read(text))
    assert {name: found[name] for name in expected} == expected
    assert found["description"] == text.strip()


def test_tags_are_the_skills_named_each_once() -> None:
    found = read("Engineer\nPython and python, k8s and Kubernetes, and of course PostgreSQL." + FILLER)
    assert {"Python", "Kubernetes", "PostgreSQL"} <= set(found.tags)
    assert len(found.tags) == len(set(found.tags))


def test_a_short_text_is_refused_with_advice() -> None:
    with pytest.raises(BadRequest, match=str(SHORTEST)):
        read("x" * (SHORTEST - 1))


@given(st.text(min_size=SHORTEST, max_size=400).filter(lambda text: len(text.replace("\x00", "").strip()) >= SHORTEST))
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    assert len(found.title) <= 255
    assert found.salary_min is None or found.salary_max is None or found.salary_min <= found.salary_max


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["a ", "1 000", "at At ", "| ", "A B is ", "$1,000,000 - ", "Based in A, "])
def test_long_and_strange_texts_cost_little(piece: str) -> None:
    read((piece * 40_000)[:200_000])
