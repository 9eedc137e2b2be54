"""Pages are drawn in a process of their own. It takes a core for a second: a thread of the API would hold the
interpreter that every other request waits for, and what a strange text makes a writer do ends with the process.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from core import plugins
from core.errors import Unavailable
from core.log import get_logger
from services.exports.document import document_of
from services.resumes.profile import ResumeProfile

log = get_logger(__name__)

WRITERS = {"pdf": "services.exports.pdf:write_pdf", "docx": "services.exports.word:write_docx"}
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_MOST_SECONDS = 30.0


def draw(
    form: str, profile: Mapping[str, Any], plain_text: str, *, now: datetime, seconds: float = _MOST_SECONDS
) -> bytes:
    """The file of a résumé profile in one of `WRITERS`. Raises Unavailable when that takes too long or fails."""
    asked = {"form": form, "profile": profile, "plain_text": plain_text, "now": now.isoformat()}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "services.exports.drawing"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            cwd=_ROOT,
            env=_ENVIRONMENT,
        )
    except (subprocess.SubprocessError, OSError) as error:
        log.warning("drawing_failed", form=form, error=type(error).__name__)
        raise Unavailable("The document could not be made right now. Try again, or export JSON or CSV.") from error
    return done.stdout


def main() -> None:
    """One question on standard input, one file on standard output."""
    asked = json.load(sys.stdin)
    document = document_of(ResumeProfile.from_dict(asked["profile"]), asked["plain_text"])
    content: bytes = plugins.load(WRITERS[asked["form"]])(document, now=datetime.fromisoformat(asked["now"]))
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
