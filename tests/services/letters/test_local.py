from dataclasses import replace

import pytest
from hypothesis import given, settings

from services.letters import local
from services.letters.checker import check
from services.letters.facts import LetterFacts, Position
from services.letters.highlights import highlights
from services.letters.phrases import TONES
from services.letters.phrasing import told
from services.letters.relevance import foreign_tongue

from .people import FACTS, POSTING, PROFILE, postings, profiles


@pytest.mark.parametrize(("tone", "least", "most"), [("formal", 180, 300), ("warm", 180, 300), ("brief", 80, 160)])
def test_a_letter_one_would_send(tone: str, least: int, most: int) -> None:
    letter = local.write(FACTS, tone)
    assert least <= len(letter.split()) <= most
    first = letter.split("\n\n")[1]
    assert "Backend Developer at Acme GmbH" in first
    assert "m/w/d" not in letter
    assert "40%" in letter
    assert "Globex" in letter
    assert "Kubernetes" in letter, "the gap is named"
    assert "Kafka" not in letter, "what is only welcome is no gap"
    assert letter.endswith("Anna Weber")
    assert "anna@weber.example" in letter


def test_the_same_facts_make_the_same_letter_and_others_another() -> None:
    assert local.write(FACTS) == local.write(LetterFacts.of(PROFILE, POSTING))
    openings = {
        local.write(replace(FACTS, posting=replace(FACTS.posting, company=f"Company {number}"))).split("\n\n")[1][:30]
        for number in range(20)
    }
    assert len(openings) == 3


@settings(max_examples=150, deadline=None)
@given(profiles, postings)
def test_local_letters_hold(profile: dict[str, object], posting: dict[str, object]) -> None:
    """Nothing the local writer says is dropped, whatever the facts and the tone."""
    facts = LetterFacts.of(profile, posting)
    for tone in sorted(set(TONES)):
        letter = local.write(facts, tone)
        checked = check(letter, facts)
        assert checked.dropped == ()
        assert checked.text == letter
        assert "  " not in letter
        assert ".." not in letter
        assert " ," not in letter
        assert len(letter.split()) <= 320


@given(profiles, postings)
def test_highlights_are_word_for_word(profile: dict[str, object], posting: dict[str, object]) -> None:
    facts = LetterFacts.of(profile, posting)
    chosen = highlights(facts)
    lines = {line for job in facts.positions for line in job.highlights}
    assert len(chosen) <= 5
    assert len(set(chosen)) == len(chosen)
    if len(lines) >= 3:
        assert set(chosen) <= lines
        assert len(chosen) >= 3


def test_the_best_highlight_speaks_to_the_posting() -> None:
    assert highlights(FACTS)[0].startswith("Reduced checkout latency")
    assert highlights(LetterFacts.of({}, POSTING)) == ()
    thin = LetterFacts.of({**PROFILE, "experience": [{"title": "Cook", "company": "Roma"}]}, POSTING)
    assert highlights(thin)[:2] == (
        "Skills the posting names: back-end development, Python, Django, PostgreSQL",
        "Cook, Roma",
    )


NOW = Position("Globex", "Engineer", "2020", "", current=True, highlights=())
THEN = replace(NOW, current=False)


@pytest.mark.parametrize(
    ("line", "now", "then"),
    [
        ("Led a team.", "I led a team", "I led a team"),
        ("Lead a team", "I lead a team", "my work was to lead a team"),
        ("Manages a budget", "I manage a budget", "my work was to manage a budget"),
        ("Developing tests", "my work includes developing tests", "my work included developing tests"),
        ("Responsible for tests", "I am responsible for tests", "I was responsible for tests"),
        ("AWS migration", "my work includes AWS migration", "my work included AWS migration"),
        ("Python scripts", "my work includes Python scripts", "my work included Python scripts"),
        ("I wrote tests", "I wrote tests", "I wrote tests"),
        ("Speed of builds", "my work includes speed of builds", "my work included speed of builds"),
        ("• Built it. And more.", "I built it", "I built it"),
    ],
)
def test_lines_become_sentences(line: str, now: str, then: str) -> None:
    assert told(line, NOW) == now
    assert told(line, THEN) == then


def test_languages_are_told() -> None:
    german = (
        "Wir suchen eine Person, die mit uns die Zukunft der Logistik baut und für die Kunden da ist. Sie sind bei uns."
    )
    french = (
        "Nous recherchons une personne pour notre équipe dans les bureaux de Lyon avec des clients et une passion. "
    )
    assert foreign_tongue(german * 2) == "German"
    assert foreign_tongue(french * 2) == "French"
    assert foreign_tongue(POSTING["description"]) == ""
    assert foreign_tongue("kurz und gut") == ""
