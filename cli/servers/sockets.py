"""Where a server's unix socket may live: in the data folder, or in a short private one when that path is too long."""

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from cli.errors import StackError

# sun_path holds 104 bytes on macOS and 108 on Linux, the ending NUL included; `.s.PGSQL.5432` is our longest name.
_LONGEST_FOLDER = 103 - len("/.s.PGSQL.5432")
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")  # kombu, redis-py and libpq each unquote a URL's path in their own way


def socket_folder(wanted: Path, uid: int | None) -> Path:
    """`wanted` itself, which the caller makes, or a folder under /tmp that belongs to `uid` and is closed to others."""
    text = str(wanted)
    if len(os.fsencode(text)) <= _LONGEST_FOLDER and _PLAIN.fullmatch(text):
        return wanted
    name = hashlib.sha256(os.fsencode(text)).hexdigest()[:12]
    return _private_folder(Path(tempfile.gettempdir()) / f"offerline-{name}", os.geteuid() if uid is None else uid)


def release(used: Path, wanted: Path) -> None:
    """Remove the short folder again, once nothing listens in it."""
    if used != wanted:
        with suppress(OSError):
            used.rmdir()


def _private_folder(folder: Path, uid: int) -> Path:
    """Anyone may write in /tmp: a folder somebody else made there, or could open, is not used."""
    try:
        folder.mkdir(mode=0o700)
        if uid != os.geteuid():
            os.chown(folder, uid, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or found.st_mode & 0o077:
        raise StackError(
            f"the socket folder {folder} belongs to somebody else",
            "remove it, or use a data folder with a shorter path (under 85 bytes)",
        )
    return folder
