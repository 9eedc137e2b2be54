"""Whatever was read, what is printed with `--jsonresume` is JSON Resume."""

from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.resumes.jsonresume import to_json_resume
from services.resumes.profile import Experience, Link, Project, ResumeProfile
from tests.services.exports.people import EVERYBODY
from tests.services.exports.test_round_trip import someone
from tests.services.resumes.json_resume_schema import SCHEMA

VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
WORDS = st.sampled_from(["", " ", "Baker", "a\nb"])
DAYS = st.sampled_from(["", "2019", "2019-03", "2019-03-31", "soon", "19"])
URLS = st.sampled_from(
    ["", "example.org/cv", "https://example.org", "http://a b", "javascript://x", "mailto:a@b.de", "ftp://b.de"]
)
LINKS = st.builds(Link, url=URLS, network=st.sampled_from(["", "GitHub"]), username=WORDS)
JOBS = st.builds(Experience, company=WORDS, title=WORDS, start=DAYS, end=DAYS, url=URLS, highlights=st.tuples(WORDS))
PROJECTS = st.builds(Project, name=WORDS, start=DAYS, end=DAYS, url=URLS)


@given(links=st.tuples(LINKS, LINKS), job=JOBS, project=PROJECTS, email=st.sampled_from(["", "a@b.de", "a at b"]))
def test_strange_values_do_not_break_the_schema(
    links: tuple[Link, Link], job: Experience, project: Project, email: str
) -> None:
    profile = ResumeProfile(
        name="Ada", email=email, links=links, experience=(job,), volunteering=(job,), projects=(project,)
    )
    VALID.validate(to_json_resume(profile))


@pytest.mark.parametrize("seed", range(6))
def test_a_whole_profile_is_valid_and_whole(seed: int) -> None:
    profile, answer = someone(seed), to_json_resume(someone(seed))
    VALID.validate(answer)
    assert [job["name"] for job in answer["work"]] == [job.company for job in profile.experience]
    said = {word for skill in answer["skills"] for word in (*skill.get("keywords", ()), skill.get("name"))}
    assert set(profile.skills) <= said or not profile.skill_groups
    assert all("endDate" not in job for job, was in zip(answer["work"], profile.experience, strict=True) if was.current)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_people_of_all_scripts(who: str) -> None:
    VALID.validate(to_json_resume(EVERYBODY[who]))


def test_skills_without_groups_are_told() -> None:
    answer = to_json_resume(replace(someone(1), skills=("Go", "Rust"), skill_groups=()))
    assert [one["name"] for one in answer["skills"]] == ["Go", "Rust"]
