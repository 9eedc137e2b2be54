import pytest

from services.skills.vocabulary import Vocabulary, canonical, kind, related, vocabulary
from services.skills.words import Care, parse, read_skills


def test_every_name_leads_to_its_skill() -> None:
    for skill in read_skills():
        for name in skill.names:
            assert canonical(name.text) == skill.canonical


def test_what_is_implied_is_a_skill_and_goes_round_no_circle() -> None:
    for skill in vocabulary().skills.values():
        seen, queue = set(), list(skill.implied)
        while queue:
            implied = queue.pop()
            assert implied in vocabulary().skills, f"{skill.canonical} > {implied}"
            assert implied != skill.canonical
            if implied not in seen:
                seen.add(implied)
                queue.extend(related(implied))


def test_all_professions_are_there() -> None:
    assert len(vocabulary().skills) >= 1200
    for name in ("wound care", "welding", "payroll", "litigation", "TEFL", "barista", "forklift", "SEO", "recruitment"):
        assert canonical(name), name
    assert kind("Kubernetes") == "tool"
    assert kind("nobody knows") is None


def test_marks_are_read() -> None:
    skill, other = parse("# note\n[language]\n~Go | Golang | =GO lang > SQL\nSQL\n")
    assert [(name.text, name.care) for name in skill.names] == [
        ("Go", Care.COMPANY),
        ("Golang", Care.PLAIN),
        ("GO lang", Care.CAPITALS),
    ]
    assert skill.implied == ("SQL",)
    assert other.kind == "language"


def test_two_skills_may_not_share_a_name() -> None:
    with pytest.raises(ValueError, match="claimed by"):
        Vocabulary(tuple(parse("[tool]\nOne | same\nTwo | Same\n")))


def test_a_skill_needs_a_kind() -> None:
    with pytest.raises(ValueError, match="no \\[kind\\]"):
        list(parse("Python\n"))
