"""Is a port free, and if not, whose is it? Asked before anything is started."""

import errno
import http.client
import socket

import psutil

from cli.errors import StackError


def check_free(host: str, port: int, setting: str) -> None:
    reason = _why_not(host, port)
    if reason == errno.EADDRINUSE:
        raise StackError(
            f"port {port} is in use{_owner(port)}",
            f"stop that program, or choose another port with {setting}={port + 1}",
        )
    if reason == errno.EACCES:
        raise StackError(f"you may not listen on port {port}", f"choose a port above 1023 with {setting}")
    if reason is not None:
        raise StackError(
            f"cannot listen on {host}:{port}", f"{setting} and API_HOST must name an address of this machine"
        )


def _why_not(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return None


def any_free(host: str = "127.0.0.1") -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _owner(port: int) -> str:
    """` by pid 123 (python)` where the system lets us see it."""
    try:
        for one in psutil.net_connections("tcp"):
            if one.status == psutil.CONN_LISTEN and one.laddr.port == port and one.pid:
                return f" by pid {one.pid} ({psutil.Process(one.pid).name()})"
    except (psutil.Error, OSError):
        return ""
    return ""


def listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1.0):
            return True
    except OSError:
        return False


def answers_ok(host: str, port: int, path: str) -> bool:
    """Whether GET `path` answers 200."""
    connection = http.client.HTTPConnection(host, port, timeout=2.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def first_free(host: str, wanted: int) -> int:
    """`wanted` when nobody listens there, else any other."""
    return wanted if _why_not(host, wanted) is None else any_free()
