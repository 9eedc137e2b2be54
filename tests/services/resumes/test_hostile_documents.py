"""Too much of what a format allows: bounded in memory, of all processes, and time, from first byte to profile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from types import SimpleNamespace

import psutil
import pytest

from services.resumes.chunks import MOST, split
from services.resumes.errors import ReadingError, Reason
from services.resumes.jail.protocol import UNDERSTAND
from services.resumes.reader import ResumeReader
from services.resumes.understanding import read_profile
from tests.services.resumes.hostile_documents import DOCUMENTS
from tests.services.resumes.memory import most_of
from tests.services.resumes.test_jail import GOOD, MOST_BYTES, MOST_SECONDS

DAY = date(2026, 1, 1)
NEVER_READ = {
    "odt_entity": {Reason.CORRUPT},
    "odt_bomb": {Reason.TOO_LARGE},
    "doc_noise": {Reason.CORRUPT},
    "pdf_forms_in_forms": {Reason.TOO_LARGE, Reason.TIMEOUT},
}


@contextmanager
def growth() -> Iterator[SimpleNamespace]:
    """How much more than before this process and all below it held for themselves, at the most."""
    me = psutil.Process()

    def held() -> int:
        total = 0
        for one in (me, *me.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_full_info().uss
        return total

    before = held()
    with most_of(lambda: held() - before, every=0.02) as found:
        yield found


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_it_is_read_or_refused_within_bounds_and_the_next_file_reads(reader: ResumeReader, name: str) -> None:
    data, ended = DOCUMENTS[name](), None
    reader.extract(GOOD, "good.txt")
    began = time.monotonic()
    with growth() as most:
        try:
            text = reader.extract(data, f"{name}.bin")
            split(text)
            reader.understand(text, as_of=DAY)
        except ReadingError as error:
            ended = error.reason
    assert time.monotonic() - began < MOST_SECONDS
    assert most.bytes < MOST_BYTES
    assert name not in NEVER_READ or ended in NEVER_READ[name]
    assert reader.understand(reader.extract(GOOD, "good.txt"), as_of=DAY).name == "Jane Roe"


def test_a_text_that_the_rules_take_too_long_for_is_a_timeout(reader: ResumeReader) -> None:
    text = reader.extract(DOCUMENTS["txt_years"](), "cv.txt")
    with ResumeReader(rules_seconds=0.01) as hasty, pytest.raises(ReadingError) as caught:
        hasty.understand(text, as_of=DAY)
    assert caught.value.reason is Reason.TIMEOUT


def test_the_jail_understands_what_the_rules_understand(reader: ResumeReader) -> None:
    text = reader.extract(GOOD, "good.txt")
    assert reader.understand(text, as_of=DAY) == read_profile(text, as_of=DAY)


def test_rules_that_stop_are_a_crash_that_names_a_place_and_no_word_of_the_text(reader: ResumeReader) -> None:
    with pytest.raises(RuntimeError, match=r"KeyError in server\.py:\d+$"):
        reader._jail.ask(b'{"secret": "word"}', seconds=5, work=UNDERSTAND)
    assert reader.extract(GOOD, "good.txt").lines


def test_a_book_has_as_many_chunks_as_the_model_takes(reader: ResumeReader) -> None:
    text = reader.extract(b"A sentence of a very long novel about nothing.\n" * 5_000, "cv.txt")
    chunks = split(text)
    assert [one.number for one in chunks] == list(range(MOST))
