"""The jail's own process: loads the parsers once, then forks a child a file. Started by `jail`, never imported.

It is given one socket (its number is the first argument). Each message on it carries two descriptors: the conversation
with the asker, and a pipe on which this process writes how the child ended. The child limits itself before it reads a
byte; this process kills it when its wall clock runs out and does nothing else, so that no file can hurt the next one.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from typing import NoReturn

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.any import read
from services.resumes.jail_words import READY, REQUEST

POLL_SECONDS = 0.2
FILE_BYTES = 32 * 1024 * 1024
DESCRIPTORS = 48
PR_SET_PDEATHSIG = 1
ANSWER_LIMIT = 64 * 1024 * 1024


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    control.sendall(READY)
    running: dict[int, tuple[int, float]] = {}
    while os.getppid() == parent:
        readable, _, _ = select.select([control], [], [], _patience(running))
        if readable and not _accept(control, running):
            break
        _reap(running)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _patience(running: dict[int, tuple[int, float]]) -> float:
    return 0.005 if running else POLL_SECONDS


def _accept(control: socket.socket, running: dict[int, tuple[int, float]]) -> bool:
    """Start a child for one message; False when the asker is gone."""
    message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 2)
    if not message or len(descriptors) != 2:  # noqa: PLR2004 — conversation and status
        return False
    conversation, status = descriptors
    memory, wall, _ = REQUEST.unpack(message)
    pid = os.fork()
    if pid == 0:
        control.close()
        os.close(status)
        _serve(socket.socket(fileno=conversation), memory, wall)
    os.close(conversation)
    running[pid] = status, time.monotonic() + wall
    return True


def _reap(running: dict[int, tuple[int, float]]) -> None:
    for pid, (status, deadline) in list(running.items()):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            # Programs it started go with it. Until it is waited for, its number cannot mean another group.
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            _, code = os.waitpid(pid, 0)
            late = time.monotonic() > deadline
            with contextlib.suppress(OSError):  # the asker may have stopped waiting
                os.write(status, json.dumps({"status": code, "late": late}).encode())
            os.close(status)
            del running[pid]


def _serve(conversation: socket.socket, memory: int, wall: float) -> NoReturn:
    """The child: limits first, then the file, then one JSON answer. Always leaves by `_exit`."""
    code = 1
    try:
        os.setpgid(0, 0)
        _limit(memory, wall)
        conversation.settimeout(wall)
        with conversation.makefile("rb") as stream:
            data = stream.read()
        conversation.sendall(_answer(data))
        code = 0
    except BaseException:  # noqa: BLE001, S110 — the exit code says it; nothing may climb back into the server
        pass
    finally:
        os._exit(code)


def _limit(memory: int, wall: float) -> None:
    seconds = max(1, int(wall))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.setitimer(signal.ITIMER_REAL, wall)  # its default ends the process, also inside C code


def _answer(data: bytes) -> bytes:
    try:
        answer = json.dumps({"text": read(data).to_dict()}, ensure_ascii=False, separators=(",", ":"))
    except ReadingError as error:
        return _failure(error.reason, error.context.get("detail", ""))
    except (MemoryError, RecursionError) as error:
        return _failure(Reason.TOO_LARGE, type(error).__name__)
    except Exception as error:  # noqa: BLE001 — a parser's surprise is the file's fault, and is answered as such
        return _failure(Reason.CORRUPT, f"{type(error).__name__}: {error}"[:200])
    payload = answer.encode("utf-8", "replace")
    return payload if len(payload) <= ANSWER_LIMIT else _failure(Reason.TOO_LARGE, "the answer")


def _failure(reason: Reason, detail: str) -> bytes:
    return json.dumps({"error": reason.value, "detail": detail}).encode()


if __name__ == "__main__":
    main()
