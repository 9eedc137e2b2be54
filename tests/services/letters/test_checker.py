import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.letters.checker import check
from services.letters.facts import LetterFacts
from services.letters.sentences import sentences
from services.letters.support import numbers_in
from tests.clocks import cpu_seconds

from .people import FACTS, POSTING, PROFILE, postings, profiles

TRUE = [
    "At Globex I reduced checkout latency by 40%.",
    "At Globex, I reduced checkout latency by 40 percent by rewriting the pricing service.",
    "As a Senior Backend Engineer at Globex I led a team of four engineers.",
    "I worked as a software engineer at Initech until 2020.",
    "I joined Globex in March 2020.",
    "I built a Django shop for 30 000 customers.",
    "I bring 10 years of experience.",
    "I bring over 9 years of experience.",
    "I have the 5 years of experience you ask for.",
    "I hold a BSc in Computer Science from TU Berlin.",
    "I am applying for the position of Backend Developer (m/w/d) at Acme GmbH.",
    "I would like to help Acme GmbH with its checkout.",
    "Your posting asks for Python and Kafka.",
    "Your 500 shops need steady software.",
    "Kubernetes is not on my résumé yet.",
    "I have not worked with Kubernetes, but I know Docker well.",
    "I know SQL through PostgreSQL.",
    "You can reach me at anna@weber.example or +49 30 5550199.",
    "Dear Hiring Team,",
    "Kind regards,",
    "Anna Weber",
]
FALSE = [
    ("At Google I reduced checkout latency by 40%.", "Google"),
    ("Zorgle taught me patience.", "Zorgle"),
    ("I spent two years at Hooli.", "Hooli"),
    ("At Globex I reduced checkout latency by 45%.", "45%"),
    ("At Globex I reduced checkout latency by 40 milliseconds.", "40"),
    ("I saved the company $40.", "$40"),
    ("I led a team of forty engineers.", "forty"),
    ("I doubled revenue.", "doubled"),
    ("I have served 500 shops.", "500"),
    ("I bring 12 years of experience.", "12"),
    ("I bring over 11 years of experience.", "11"),
    ("I joined Globex in 2018.", "2018"),
    ("At Globex I launched the shop in 2016.", "2016"),
    ("I have worked with Kubernetes for years.", "Kubernetes"),
    ("I know Python, Django and Rust.", "Rust"),
    ("I used Kafka at Globex, and I look forward to hearing from you.", "Kafka"),
    ("Experienced in Kafka and Python.", "Kafka"),
    ("I do wound care every day.", "wound care"),
    ("I am good at machine learning and forklift driving.", "machine learning"),
    ("I am no stranger to Kafka.", "Kafka"),
    ("I know kafka, without doubt.", "kafka"),
    ("Not only do I know Kafka well, I teach it.", "Kafka"),
    ("I led a team as CTO at Globex.", "CTO"),
    ("As a lead architect at Globex I drew plans.", "lead architect"),
    ("As a Senior Backend Engineer at Initech I built a shop.", "Senior Backend Engineer"),
    ("As a senior software developer at Initech I built a shop.", "senior software developer"),
    ("In my time at Acme GmbH I learned much.", "Acme GmbH"),
    ("I worked for Acme GmbH before.", "Acme GmbH"),
    ("I know Google Cloud well.", "Google Cloud"),
    ("I hold a master's degree.", "master's degree"),
    ("I hold a BSc in Mathematics from TU Berlin.", "Mathematics"),
    ("I studied at TU Munich.", "TU Munich"),
    ("I won an award for my work.", "award"),
    ("I am a certified engineer.", "certified"),
    ("I was promoted after a year.", "promoted"),
    ("Write to me at anna@evil.example.", "anna@evil.example"),
    ("See https://evil.example/cv for more.", "https://evil.example/cv"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_the_sources_say_stays(sentence: str) -> None:
    checked = check(sentence, FACTS)
    assert checked.dropped == ()
    assert checked.text == sentence


@pytest.mark.parametrize(("sentence", "words"), FALSE)
def test_what_they_do_not_say_goes(sentence: str, words: str) -> None:
    checked = check(f"I know Python. {sentence}", FACTS)
    assert checked.text == "I know Python."
    assert words.lower() in " ".join(claim.text for claim in checked.dropped).lower()
    assert all(claim.sentence == sentence for claim in checked.dropped)


def test_paragraphs_stay_apart_and_empty_ones_go() -> None:
    text = "Dear Hiring Team,\n\nI know Python. I know Rust.\n\nI worked at Hooli.\n\nKind regards,\nAnna Weber"
    assert check(text, FACTS).text == "Dear Hiring Team,\n\nI know Python.\n\nKind regards,\nAnna Weber"


def test_what_the_posting_says_of_itself_is_not_the_persons() -> None:
    """The same words are true of the employer and false of the person."""
    assert check("Your posting names Kubernetes.", FACTS).dropped == ()
    assert check("I run Kubernetes.", FACTS).dropped
    other = LetterFacts.of({**PROFILE, "skills": [*PROFILE["skills"], "k8s"]}, POSTING)
    assert check("I run Kubernetes.", other).dropped == ()


def test_a_job_once_held_at_the_company_may_be_named() -> None:
    back = LetterFacts.of(PROFILE, {**POSTING, "company": "Initech"})
    assert check("In my time at Initech I built a Django shop.", back).dropped == ()


@given(profiles, postings, st.text(max_size=300))
def test_any_text_is_checked(profile: dict[str, object], posting: dict[str, object], text: str) -> None:
    checked = check(text, LetterFacts.of(profile, posting))
    assert len(checked.text) <= len(text) + 1
    assert checked.dropped or checked.text.split() == text.split()


def test_empty_and_null_facts() -> None:
    facts = LetterFacts.of({"experience": None, "skills": None, "name": None}, {"skills": None, "description": None})
    assert check("I hope to hear from you.", facts).dropped == ()
    assert check("I worked at Hooli for 3 years.", facts).dropped


@pytest.mark.parametrize("text", ["a " * 20_000, "A" * 40_000, "I know Kafka. " * 1_000, "9" * 20_000, "." * 40_000])
def test_hostile_text_is_checked_in_time(text: str) -> None:
    assert cpu_seconds(lambda: check(text, FACTS)) < 5.0


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200 and 1.200 and 1 200", [("plain", 1200.0)] * 3),
        ("1.5 or 1,5", [("plain", 1.5)] * 2),
        ("$1.2M, 250k EUR, €3 million", [("money", 1.2e6), ("money", 250e3), ("money", 3e6)]),
        ("40% and 40 percent", [("percent", 40.0)] * 2),
        ("July 2014\nM.B.A.", [("plain", 2014.0)]),
        ("2019 2021, 5, 10", [("plain", 2019.0), ("plain", 2021.0), ("plain", 5.0), ("plain", 10.0)]),
        ("K8s and C3PO and x86", []),
        ("two dozen", [("plain", 2.0), ("plain", 12.0)]),
    ],
)
def test_numbers_are_read(text: str, values: list[tuple[str, float]]) -> None:
    assert [(number.kind, number.value) for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I know R. In Berlin I cook.", 2),
        ("Anna B. Weber cooks. She sings.", 2),
        ("I work as a Sr. Engineer at Acme Inc. in Berlin.", 1),
        ("It grew 2.5 times. 3 shops.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts
