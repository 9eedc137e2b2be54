"""One reader for all tests here: starting the jail takes longer than reading a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.resumes.reader import ResumeReader

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def reader() -> Iterator[ResumeReader]:
    with ResumeReader() as found:
        yield found


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"REAL DATA ABSENT: nothing at {SHARED}, so nothing was checked against real résumés")
    return SHARED
