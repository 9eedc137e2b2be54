"""Pages are drawn beside the API's process: nothing of it gets there, and it goes on when drawing does not."""

import asyncio
import time
from datetime import UTC, datetime

import pypdfium2
import pytest

from core.errors import Unavailable
from services.exports.drawing import draw
from tests.services.exports.people import FRENCH, long_career

NOW = datetime(2026, 5, 1, tzinfo=UTC)
PROFILE = FRENCH.to_dict()


def test_what_is_drawn_there_is_what_was_asked_for_here() -> None:
    with pypdfium2.PdfDocument(draw("pdf", PROFILE, "Berufserfahrung\nAusbildung", now=NOW)) as file:
        text = file[0].get_textpage().get_text_range()
        assert FRENCH.name in text
        assert "Berufserfahrung" in text
        assert file.get_metadata_value("CreationDate").startswith("D:20260501")
    assert draw("docx", PROFILE, "", now=NOW).startswith(b"PK")


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Unavailable):
        draw("pdf", PROFILE, "", now=NOW, seconds=0.05)


def test_one_that_breaks_says_what_to_do_and_nothing_of_the_resume() -> None:
    with pytest.raises(Unavailable, match="JSON or CSV") as broken:
        draw("pdf", {"name": "Zebulon", "experience": 7}, "", now=NOW)
    assert "Zebulon" not in broken.value.message


def test_the_event_loop_goes_on_while_a_long_one_is_drawn() -> None:
    profile = long_career(40).to_dict()

    async def longest_wait() -> tuple[float, int]:
        drawing = asyncio.create_task(asyncio.to_thread(draw, "pdf", profile, "", now=NOW))
        longest, turns = 0.0, 0
        while not drawing.done():
            before = time.monotonic()
            await asyncio.sleep(0.005)
            longest, turns = max(longest, time.monotonic() - before), turns + 1
        return longest, len(await drawing) and turns

    longest, turns = asyncio.run(longest_wait())
    assert turns > 20
    assert longest < 1.0
