import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.skills.vocabulary import canonical, find, vocabulary
from tests.clocks import cpu_seconds


def skills(text: str) -> list[str]:
    return [mention.skill for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C#, .NET and Node.js; CI/CD", ["C++", "C#", ".NET", "Node.js", "CI/CD"]),
        ("ASP.NET Core (C#) on K8s", ["ASP.NET", "C#", "Kubernetes"]),
        ("Python, R, Go, C and SQL", ["Python", "R", "Go", "C", "SQL"]),
        ("python, go, rust, swift", ["Python", "Go", "Rust", "Swift"]),
        ("TypeScript\nReact\nGo\nSpring", ["TypeScript", "React", "Go", "Spring"]),
        ("Looking for a Go developer", ["Go"]),
        ("machine\nlearning on AWS", ["machine learning", "Amazon Web Services"]),
        (
            "front-end, back end and Full-Stack",
            ["front-end development", "back-end development", "full-stack development"],
        ),
        ("spoke German and French", ["German", "French"]),
        ("wound care, phlebotomy and forklift driving", ["wound care", "phlebotomy", "forklift driving"]),
        ("React Native is not React", ["React Native", "React"]),
        ("PYTHON EXCEL", ["Python", "Microsoft Excel"]),
        ("Postgres/MySQL", ["PostgreSQL", "MySQL"]),
        ("Managed P&L, M&A", ["mergers and acquisitions"]),
        ("Python. NET profit", ["Python"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert skills(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I go to work and take a rest",
        "a swift response in the spring; we excel and express",
        "R&D, C-level, Vitamin C, Series C, plan C",
        "an internship in Spring 2024",
        "polish the floor, react to problems, access to teams",
        "keep patients safe in next week's hive of activity",
        "write to python@example.com or see https://react.dev/python/java",
        "a javascriptish pythonic cplusplus thing",
        "machine. Learning",
        "machine, learning",
    ],
)
def test_everyday_words_are_not_skills(text: str) -> None:
    assert skills(text) == []


def test_a_blank_line_and_a_bullet_separate_names() -> None:
    assert "machine learning" not in skills("the machine\n\nlearning")
    assert "machine learning" not in skills("- machine\n- learning")


@given(st.text(max_size=400))
@example("İstanbul Go, C++ ²³ .NET")
@example("\x00.net.\n\n-  c+++ c## ''’")
def test_mentions_are_cut_from_the_text_in_order(text: str) -> None:
    end = 0
    for mention in find(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.surface
        assert mention.skill in vocabulary().skills
        end = mention.end


@given(st.lists(st.sampled_from(sorted(vocabulary().skills)), min_size=1, max_size=8, unique=True), st.data())
def test_a_written_list_is_found_whole(names: list[str], data: st.DataObject) -> None:
    """Beside a sure technical skill, every canonical name in a list is found; a comma never joins two."""
    found = skills("Python, " + ", ".join(names) + ", SQL")
    assert set(names) <= set(found) | {"Python", "SQL"}


@pytest.mark.parametrize(
    "text", ["C" * 100_000, "machine " * 12_500, ". " * 50_000, "\n \t" * 33_000, "a.b-c/" * 16_000]
)
def test_hostile_text_stays_linear(text: str) -> None:
    find("warm")
    assert cpu_seconds(lambda: find(text)) < 1.0


def test_names_resolve_to_one_skill() -> None:
    for name, skill in {
        "k8s": "Kubernetes",
        "Postgre SQL": "PostgreSQL",
        "POSTGRES": "PostgreSQL",
        "JS": "JavaScript",
        "JavaScript (ES6)": "JavaScript",
        "Java 17": "Java",
        "Python 3.11": "Python",
        "go": "Go",
        "r": "R",
        "c++": "C++",
        "front end": "front-end development",
        "ms-excel": "Microsoft Excel",
    }.items():
        assert canonical(name) == skill
    assert canonical("") is None
    assert canonical("herding of cats") is None
    assert canonical("(((") is None
