import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matching.explaining import analysis_text, reasoning
from services.matching.facts import PARTS, Person, PostingFacts, Weights
from services.matching.score import Score, score
from services.skills.vocabulary import related
from tests.clocks import cpu_seconds

from .people import ANNA, POSTING, SKILLS, TODAY, people, postings


def one(person: Person, posting: PostingFacts, weights: Weights | None = None) -> Score:
    return score(person, [posting], weights, as_of=TODAY)[0]


def part(person: Person, posting: PostingFacts, name: str) -> float:
    return one(person, posting).values[PARTS.index(name)]


@given(people, postings)
def test_bounds_and_sum(person: Person, posting: PostingFacts) -> None:
    made = one(person, posting)
    assert 0.0 <= made.total <= 100.0
    assert all(0.0 <= value <= 1.0 for value in made.values)
    assert round(sum(piece.points for piece in made.parts), 2) == made.total
    for piece in made.parts:
        assert piece.reason.endswith((".", "!"))
        assert "  " not in piece.reason
        assert ("neutral" in piece.reason) == (piece.neutral and not made.stops)
        if not made.stops:
            assert abs(piece.points - 100 * piece.weight * piece.value) < 0.01
        for span in piece.evidence:
            assert posting.text[span.start : span.end] == span.text
    json.dumps(reasoning(made))
    assert analysis_text(made)


@given(people, postings, st.sampled_from(SKILLS))
def test_another_skill_never_lowers_the_skills_part(person: Person, posting: PostingFacts, skill: str) -> None:
    before = replace(person, skills=person.skills or frozenset())
    after = replace(before, skills=(before.skills or frozenset()) | {skill})
    assert part(after, posting, "skills") >= part(before, posting, "skills")


@given(people, postings, st.sampled_from(SKILLS))
def test_a_missing_skill_that_is_required_raises_the_score(person: Person, posting: PostingFacts, skill: str) -> None:
    asked = replace(posting, skills_required=posting.skills_required | {skill})
    others = frozenset(name for name in person.skills or () if name != skill and skill not in related(name))
    without, with_it = replace(person, skills=others), replace(person, skills=others | {skill})
    assert part(with_it, asked, "skills") > part(without, asked, "skills")


@given(people, st.lists(postings, max_size=6), st.randoms())
def test_order_and_company_do_not_matter(person: Person, many: list[PostingFacts], random: object) -> None:
    together = score(person, many, as_of=TODAY)
    shuffled = list(enumerate(many))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = score(person, [posting for _, posting in shuffled], as_of=TODAY)
    assert [together[index] for index, _ in shuffled] == again
    assert together == [one(person, posting) for posting in many]


def test_the_same_in_every_process() -> None:
    """Sets iterate in another order under another hash seed; the score must not notice."""
    code = (
        "import json; from tests.services.matching.people import *; from services.matching.score import score;"
        "from services.matching.explaining import reasoning;"
        "print(json.dumps(reasoning(score(ANNA, [POSTING], as_of=TODAY)[0])))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1


def test_a_good_fit_is_explained() -> None:
    made = one(ANNA, POSTING)
    told = reasoning(made)
    assert made.total > 80
    assert told["overall_score"] == made.total == pytest.approx(sum(piece["points"] for piece in told["parts"]))
    assert told["matching_skills"] == ["Django", "Kubernetes", "Python"]
    assert told["missing_skills"] == ["Apache Kafka"]
    assert told["skill_score"] == 75.0
    assert set(told) >= {
        "overall_score", "skill_score", "title_score", "experience_score", "work_type_score", "location_score",
        "salary_score", "matching_skills", "missing_skills", "weights",
    }  # fmt: skip
    by_name = {piece["name"]: piece for piece in told["parts"]}
    assert [span["text"] for span in by_name["skills"]["evidence"]] == ["Python", "Django", "k8s"]
    assert [span["text"] for span in by_name["experience"]["evidence"]] == ["5+ years"]
    assert [span["text"] for span in by_name["salary"]["evidence"]] == ["80k"]
    assert by_name["experience"]["resume_value"] == "8 years"
    assert "3 of the 4 skills" in analysis_text(made)


def test_nothing_known_is_neutral_and_says_so() -> None:
    made = one(Person(), PostingFacts(id=1, title=""))
    assert made.total == 50.0
    assert all(piece.neutral and "neutral" in piece.reason for piece in made.parts)


def test_implied_skills_count() -> None:
    posting = replace(POSTING, skills_required=frozenset({"SQL", "Python", "JavaScript"}))
    person = Person(skills=frozenset({"Django", "PostgreSQL"}))
    assert one(person, posting).skills.matching == ("Python", "SQL")
    assert "Python through Django" in one(person, posting).parts[0].reason


def test_soft_skills_weigh_less() -> None:
    posting = replace(POSTING, skills_required=frozenset({"Python", "SQL", "Go", "teamwork"}))
    hard = part(Person(skills=frozenset({"Python"})), posting, "skills")
    soft = part(Person(skills=frozenset({"teamwork"})), posting, "skills")
    assert hard == pytest.approx(4 * soft, abs=1e-3)


@pytest.mark.parametrize(("have", "value"), [(0, 0.0), (2.5, 0.5), (5, 1.0), (10, 1.0), (30, 0.7)])
def test_years(have: float, value: float) -> None:
    assert part(replace(ANNA, years=have), POSTING, "experience") == pytest.approx(value)


@pytest.mark.parametrize(
    ("location", "remote_type", "regions", "value"),
    [
        ("Berlin, Germany", "onsite", (), 1.0),
        ("Germany", "onsite", (), 0.9),
        ("Munich", "hybrid", (), 0.6),
        ("Austin, TX", "onsite", (), 0.1),
        ("Atlantis", "onsite", (), 0.5),
        ("", "full", ("Worldwide",), 1.0),
        ("", "full", ("EU",), 1.0),
        ("", "full", (), 0.8),
    ],
)
def test_places(location: str, remote_type: str, regions: tuple[str, ...], value: float) -> None:
    posting = replace(POSTING, location=location, remote_type=remote_type, regions=regions)
    assert part(ANNA, posting, "location") == pytest.approx(value)


def test_salary_rises_with_the_offer_and_unknown_money_is_neutral() -> None:
    offers = [
        part(ANNA, replace(POSTING, salary_min=None, salary_max=top), "salary") for top in range(70_000, 99_000, 1_000)
    ]
    assert offers == sorted(offers)
    assert offers[0] == pytest.approx(0.7)
    assert offers[-1] == 1.0
    assert one(ANNA, replace(POSTING, currency="XXX")).neutral[PARTS.index("salary")]
    assert part(ANNA, replace(POSTING, currency="USD", salary_max=105_300), "salary") == pytest.approx(1.0)


def test_other_weights_still_add_up() -> None:
    sixth = Weights(*[1 / 6] * 6)
    made = one(ANNA, POSTING, sixth)
    assert made.total <= 100
    assert round(sum(made.points), 2) == made.total
    with pytest.raises(ValueError, match="add up to 1"):
        Weights(skills=0.9)
    assert Weights.from_mapping(Weights().as_dict()) == Weights()


def test_two_thousand_candidates_are_quick() -> None:
    many = [
        replace(POSTING, id=number, title=f"Backend Developer {number % 300}", similarity=number / 4000)
        for number in range(2000)
    ]
    score(ANNA, many, as_of=TODAY)
    assert cpu_seconds(lambda: score(ANNA, many, as_of=TODAY)) < 0.5  # about 20 ms
