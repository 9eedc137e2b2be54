"""The bars, on real files that nobody here wrote. None of them is in the repository."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import pypdfium2
import pytest

from services.resumes.errors import ReadingError, Reason
from services.resumes.reader import ResumeReader
from services.resumes.scoring.evaluation import FileResult, Score, evaluate
from services.resumes.understanding import read_profile

pytestmark = pytest.mark.real_data
AS_OF = date(2026, 11, 1)


def totals(results: Iterable[FileResult]) -> tuple[Score, Score, dict[str, Score]]:
    overall, jobs = Score(), Score()
    fields: dict[str, Score] = {}
    for result in results:
        assert not result.error, result.path
        jobs.add(result.jobs)
        for name, counted in result.scores.items():
            overall.add(counted)
            fields.setdefault(name, Score()).add(counted)
    return overall, jobs, fields


@pytest.mark.parametrize("folder", ["jsonresume/out", "jsonresume/office", "resumes"])
def test_the_bars_are_met(shared: Path, reader: ResumeReader, folder: str) -> None:
    overall, jobs, fields = totals(evaluate(shared / folder, reader, AS_OF))
    assert overall.f1 >= 0.95
    assert jobs.recall >= 0.85
    assert {name: round(counted.f1, 3) for name, counted in fields.items() if counted.f1 < 0.85} == {}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("EDGE-corrupt.pdf", Reason.CORRUPT),
        ("EDGE-password-small.pdf", Reason.ENCRYPTED),
        ("EDGE-scanned-tiny.pdf", Reason.NO_TEXT),
    ],
)
def test_edge_files_are_typed(shared: Path, reader: ResumeReader, name: str, reason: Reason) -> None:
    with pytest.raises(ReadingError) as caught:
        reader.extract((shared / "resumes/pdf" / name).read_bytes(), name)
    assert caught.value.reason is reason


def test_two_pages_are_read_in_sixty_milliseconds(shared: Path, reader: ResumeReader) -> None:
    """Extraction in the jail and understanding together, warm, the best of five. On a machine that is busy with other
    work the bar moves with what bare text extraction takes there (about 5 ms on an idle core), and a moment in which
    somebody else had both cores is waited out.
    """
    paths = [path for path in sorted((shared / "resumes").rglob("*.pdf")) if "EDGE" not in path.name]
    two = [path.read_bytes() for path in paths if len(pypdfium2.PdfDocument(path)) == 2]
    assert two
    tries = []
    for _ in range(8):
        times = median(min(_seconds(data, reader) for _ in range(5)) for data in two)
        bare = median(min(_bare_seconds(data) for _ in range(5)) for data in two)
        tries.append(times / max(1.0, bare / 0.005))
        if tries[-1] <= 0.060:
            return
        sleep(1)
    pytest.fail(f"seconds for two pages: {tries}")


def _bare_seconds(data: bytes) -> float:
    started = perf_counter()
    for page in pypdfium2.PdfDocument(data):
        page.get_textpage().get_text_range()
    return perf_counter() - started


def _seconds(data: bytes, reader: ResumeReader) -> float:
    started = perf_counter()
    read_profile(reader.extract(data, "cv.pdf"), as_of=AS_OF)
    return perf_counter() - started


def test_every_real_file_gives_a_person(shared: Path, reader: ResumeReader) -> None:
    for path in sorted((shared / "resumes").rglob("*")):
        if path.suffix in {".pdf", ".docx", ".doc", ".txt"} and "EDGE" not in path.name:
            profile = read_profile(reader.extract(path.read_bytes(), path.name), as_of=AS_OF)
            assert profile.name, path.name


def test_columns_below_a_header_that_reaches_over_their_gutter(shared: Path, reader: ResumeReader) -> None:
    data = (shared / "resumes/pdf/rxresume-azurill.pdf").read_bytes()
    profile = read_profile(reader.extract(data, "cv.pdf"), as_of=AS_OF)
    assert [(job.start, bool(job.title and job.company)) for job in profile.experience] == [
        ("2019-01", True),
        ("2016-06", True),
    ]
    assert len(profile.education) == 1
