"""PostgreSQL refuses to run as root: the account that it runs under instead, and the way to its files."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cli.errors import StackError

_NAME = "pgserver"
_FALLBACK = "nobody"


@dataclass(frozen=True)
class Account:
    """`uid` and `gid` are None when the server runs as whoever we are."""

    uid: int | None = None
    gid: int | None = None

    @property
    def effective_uid(self) -> int:
        return os.geteuid() if self.uid is None else self.uid


def server_account() -> Account:
    if os.geteuid() != 0:
        return Account()
    entry = _find(_NAME) or _create() or _find(_FALLBACK)
    if entry is None:
        raise StackError(
            "PostgreSQL does not run as root, and no other account exists on this machine",
            "run as an ordinary user, or set DATABASE_URL to a server of yours",
        )
    return Account(entry.pw_uid, entry.pw_gid)


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd | None:
    tool = shutil.which("useradd")
    if tool is None:
        return None
    subprocess.run([tool, "--system", "--no-create-home", "--shell", "/bin/false", _NAME], check=False)
    return _find(_NAME)


def open_the_way(path: Path, account: Account) -> list[Path]:
    """Let another account pass through the folders above `path`, without letting it list them.

    Returns the folders whose mode was changed, for the caller to name. Nothing is changed unless we are root.
    """
    changed = []
    for folder in path.resolve().parents if account.uid is not None else ():
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            changed.append(folder)
    return changed


def share(tree: Path, account: Account) -> bool:
    """Let another account read and run an installation that was made with a closed umask. True when it was closed."""
    if account.uid is None or tree.stat().st_mode & stat.S_IROTH:
        return False
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
    return True
