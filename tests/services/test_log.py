"""What the log does not say."""

import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from core.log import configure_logging, get_logger

_CRASH = """
from core.db import transaction
from core.log import configure_logging, get_logger
from models.user import User

configure_logging()
try:
    with transaction() as session:
        for _ in range(2):
            session.add(User(email="ada@example.org", username="ada", password_hash="the-hash"))
            session.flush()
except Exception:
    get_logger("test").exception("crashed")
"""


@pytest.fixture
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("clean_db")
def test_a_row_that_postgres_shows_is_left_out() -> None:
    said = subprocess.run([sys.executable, "-c", _CRASH], capture_output=True, text=True, timeout=60, check=True).stderr
    assert "UniqueViolation" in said
    assert "DETAIL: left out" in said
    assert "example.org" not in said.replace('email="ada@example.org", username', "")
    assert "the-hash" not in said.replace('password_hash="the-hash"', "")


@pytest.mark.usefixtures("_logging_as_it_was")
def test_lines_after_it_stay(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    try:
        raise ValueError("first\nDETAIL:  Key (email)=(ada@" + "example.org) already exists.\nlast")  # noqa: TRY301
    except ValueError:
        get_logger("test").exception("crashed")
    said = capsys.readouterr().err
    assert "ada@example.org" not in said
    assert all(word in said for word in ("first", "last"))
