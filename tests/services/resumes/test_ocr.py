"""Scans are read where tesseract is installed, within the jail's limits, and stay `no_text` where it is not."""

import io
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psutil
import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.resumes.errors import ReadingError, Reason
from services.resumes.reader import ResumeReader
from services.resumes.understanding import read_profile

REAL = shutil.which("tesseract")
GOOD = b"Jane Roe\njane.roe@example.org\n"
WRITTEN = (
    (24, "Jane Roe"),
    (12, "jane.roe@example.org"),
    (16, "EXPERIENCE"),
    (12, "Senior Baker, Quillmark Ltd"),
    (12, "March 2019 - June 2021"),
    (16, "SKILLS"),
    (12, "Python, Docker"),
)
Fake = Callable[[str], ResumeReader]


def scan(pages: int = 1) -> bytes:
    """A PDF of pictures: what a person sees is text, what a program finds is none."""
    file = io.BytesIO()
    paper = Canvas(file, pagesize=(600, 800))
    top = 740
    for size, text in WRITTEN:
        paper.setFont("Helvetica", size)
        paper.drawString(60, top, text)
        top -= 40
    paper.save()
    picture = pdfium.PdfDocument(file.getvalue())[0].render(scale=200 / 72).to_pil()
    scanned = io.BytesIO()
    canvas = Canvas(scanned, pagesize=(600, 800))
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 0, 600, 800)
        canvas.showPage()
    canvas.save()
    return scanned.getvalue()


def table(rows: tuple[tuple[int, str], ...] = WRITTEN) -> str:
    """What tesseract prints for the page above: a row a line, a row a word, in pixels at 200 dpi."""
    out = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    out.append("1\t1\t0\t0\t0\t0\t0\t0\t1667\t2222\t-1\t")
    for number, (size, text) in enumerate(rows):
        top, height, wide = round((60 + 40 * number) * 200 / 72), round(size * 200 / 72), round(size * 200 / 144)
        out.append(f"4\t1\t1\t1\t{number}\t0\t167\t{top}\t{wide * len(text)}\t{height}\t-1\t")
        left = 167
        for word, one in enumerate(text.split(), 1):
            out.append(f"5\t1\t1\t1\t{number}\t{word}\t{left}\t{top}\t{wide * len(one)}\t{height}\t96.1\t{one}")
            left += wide * (len(one) + 1)
    out.append(f"5\t1\t2\t1\t0\t1\t900\t2100\t9\t9\t{12.5}\tspeck")
    return "\n".join(out)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A reader whose tesseract is the given shell script, found on PATH."""
    readers: list[ResumeReader] = []

    def make(script: str) -> ResumeReader:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        (tmp_path / "table.tsv").write_text(table(), encoding="utf-8")
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        readers.append(ResumeReader())
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


def test_a_scan_without_tesseract_has_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with ResumeReader() as reader, pytest.raises(ReadingError) as caught:
        reader.extract(scan(), "scan.pdf")
    assert caught.value.reason is Reason.NO_TEXT


def test_recognised_words_become_lines_with_places(fake: Fake, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    reader = fake(f'cat > {tmp_path}/page.pgm; echo "$@" > {asked}; env >> {asked}; cat {tmp_path}/table.tsv')
    text = reader.extract(scan(), "scan.pdf")
    assert text.flags == ("ocr",)
    assert [line.text for line in text.lines] == [text for _, text in WRITTEN]
    assert text.lines[0].box.x0 == pytest.approx(60, abs=1)
    assert text.lines[0].box.top == pytest.approx(60, abs=1)
    assert text.lines[0].style.size == pytest.approx(24, abs=0.5)
    assert len({line.style.size for line in text.lines}) == 3
    assert (tmp_path / "page.pgm").read_bytes().startswith(b"P5 1667 2223 255\n")
    said = asked.read_text(encoding="utf-8")
    assert "stdin stdout --dpi 200" in said
    assert "DATABASE_URL" not in said
    profile = read_profile(text, as_of=date(2026, 1, 1))
    assert (profile.name, profile.email) == ("Jane Roe", "jane.roe@example.org")
    assert [(job.company, job.start, job.end) for job in profile.experience] == [
        ("Quillmark Ltd", "2019-03", "2021-06")
    ]


def test_pages_are_bounded(fake: Fake, tmp_path: Path) -> None:
    reader = fake(f"cat > /dev/null; echo x >> {tmp_path}/calls; cat {tmp_path}/table.tsv")
    text = reader.extract(scan(pages=9), "scan.pdf")
    assert text.flags == ("ocr", "truncated")
    assert text.pages == 9
    assert (tmp_path / "calls").read_text().count("x") == 6


@pytest.mark.parametrize(
    "script", ["cat > /dev/null; exit 1", "exit 0", "cat > /dev/null; echo nonsense", "kill -9 $$"]
)
def test_a_tesseract_that_finds_nothing_leaves_no_text(fake: Fake, script: str) -> None:
    reader = fake(script)
    with pytest.raises(ReadingError) as caught:
        reader.extract(scan(), "scan.pdf")
    assert caught.value.reason is Reason.NO_TEXT
    assert reader.extract(GOOD, "good.txt").lines


def test_a_tesseract_that_hangs_is_a_timeout_and_leaves_no_process(fake: Fake, tmp_path: Path) -> None:
    reader = fake(f"echo $$ > {tmp_path}/pid; exec sleep 600")
    reader._wall_seconds = 2.0
    started = time.monotonic()
    with pytest.raises(ReadingError) as caught:
        reader.extract(scan(), "scan.pdf")
    assert caught.value.reason is Reason.TIMEOUT
    assert time.monotonic() - started < 6
    pid = int((tmp_path / "pid").read_text())
    assert _ends(pid)
    assert reader.extract(GOOD, "good.txt").lines


def _ends(pid: int) -> bool:
    """Within two seconds, or as a zombie that its new parent has not waited for."""
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(REAL is None, reason="TESSERACT ABSENT: text recognition was only tried with a fake one")
def test_the_real_tesseract_reads_a_scan() -> None:
    assert REAL is not None
    subprocess.run([REAL, "--version"], check=True, capture_output=True)
    with ResumeReader() as reader:
        text = reader.extract(scan(), "scan.pdf")
    assert "ocr" in text.flags
    profile = read_profile(text, as_of=date(2026, 1, 1))
    assert (profile.name, profile.email) == ("Jane Roe", "jane.roe@example.org")
