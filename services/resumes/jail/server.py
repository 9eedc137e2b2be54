"""The jail's own process: loads the parsers once, then forks a child a file. Started by `jail`, never imported.

It is given one socket and its asker's process (their numbers are the two arguments). Each message on the socket
carries two descriptors: the conversation with the asker, and a pipe on which this process writes how the child ended.
The child limits itself before it reads a byte; this process kills it when its wall clock runs out and does nothing
else, so that no file can hurt the next one.
Text is foreign as well: what takes a rule minutes, or its memory, is a line that somebody wrote for it.
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import phonenumbers

from services.resumes.errors import ReadingError, Reason
from services.resumes.formats.any import read
from services.resumes.jail.protocol import READY, REQUEST, UNDERSTAND
from services.resumes.text import ExtractedText
from services.resumes.understanding import read_profile

POLL_SECONDS = 0.2
FILE_BYTES = 32 * 1024 * 1024
DESCRIPTORS = 48
PRCTL, PR_SET_PDEATHSIG = ctypes.CDLL(None).prctl, 1
ANSWER_LIMIT = 64 * 1024 * 1024
REHEARSAL = """Jane Roe
Data Engineer
Berlin, Germany | +49 30 901820 | jane@example.org | linkedin.com/in/jane | https://jane.example.org
+1 415 555 2671 | +44 20 7946 0958 | +33 1 42 68 53 00 | +34 912 34 56 78 | +39 06 6982 1234 | +91 98765 43210
Phone: (415) 555-2671, 030 901820, +1 (555) 010-0199

SUMMARY
Engineer with 8 years of experience in Python, built things that last and saved 20 % of what they cost.

EXPERIENCE
Senior Data Engineer, Quillmark GmbH, Berlin
March 2020 - Present
- Moved 40 services to Kubernetes
Software Engineer at Initech
01/2016 - 02/2020

EDUCATION
MSc in Computer Science, University of Porto, 2010 - 2012

SKILLS
Languages: Python (expert), SQL, C++

LANGUAGES
English (native), German (B2)

CERTIFICATIONS
AWS Certified Developer, Amazon, 2021

PROJECTS
Ledger: an open-source bookkeeper in Rust
"""


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = int(sys.argv[2])
    _rehearse()
    control.sendall(READY)
    running: dict[int, tuple[int, float]] = {}
    while os.getppid() == parent:
        readable, _, _ = select.select([control], [], [], _patience(running))
        if readable and not _accept(control, running):
            break
        _reap(running)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _rehearse() -> None:
    """What a first file makes the rules load, each child would load again."""
    phonenumbers.PhoneMetadata.load_all()  # an invalid American number asks for two dozen countries
    for text in (REHEARSAL, REHEARSAL.partition("SUMMARY")[2]):  # with details at the top, and without any
        read_profile(read(text.encode()), as_of=date(2026, 1, 1))
    gc.collect()
    gc.freeze()  # a collection in a child would copy the pages that it shares


def _patience(running: dict[int, tuple[int, float]]) -> float:
    return 0.005 if running else POLL_SECONDS


def _accept(control: socket.socket, running: dict[int, tuple[int, float]]) -> bool:
    """Start a child for one message; False when the asker is gone."""
    message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 2)
    if not message or len(descriptors) != 2:  # noqa: PLR2004 — conversation and status
        return False
    conversation, status = descriptors
    work, memory, wall = REQUEST.unpack(message)
    pid = os.fork()
    if pid == 0:
        control.close()
        os.close(status)
        _serve(socket.socket(fileno=conversation), work, memory, wall)
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


def _serve(conversation: socket.socket, work: int, memory: int, wall: float) -> NoReturn:
    """The child: limits first, then what was sent, then one JSON answer. Always leaves by `_exit`."""
    code = 1
    try:
        os.setpgid(0, 0)
        _limit(memory, wall)
        conversation.settimeout(wall)
        with conversation.makefile("rb") as stream:
            data = stream.read()
        conversation.sendall(_answer(_understood if work == UNDERSTAND else _extracted, data))
        conversation.shutdown(socket.SHUT_WR)  # the asker need not wait until the memory is given back
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
    PRCTL(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.setitimer(signal.ITIMER_REAL, wall)  # its default ends the process, also inside C code


def _extracted(data: bytes) -> dict[str, Any]:
    try:
        return {"text": read(data).to_dict()}
    except (ReadingError, MemoryError, RecursionError):
        raise
    except Exception as error:  # a parser's surprise is the file's fault, and is answered as such
        raise ReadingError(Reason.CORRUPT, f"{type(error).__name__}: {error}"[:200]) from error


def _understood(data: bytes) -> dict[str, Any]:
    asked = json.loads(data)
    profile = read_profile(ExtractedText.from_dict(asked["text"]), as_of=date.fromisoformat(asked["as_of"]))
    return {"profile": profile.to_dict()}


def _answer(do: Callable[[bytes], dict[str, Any]], data: bytes) -> bytes:
    try:
        answer = json.dumps(do(data), ensure_ascii=False, separators=(",", ":"))
    except ReadingError as error:
        return _failure(error.reason, error.context.get("detail", ""))
    except (MemoryError, RecursionError) as error:
        return _failure(Reason.TOO_LARGE, type(error).__name__)
    except Exception as error:  # noqa: BLE001 — a rule's surprise is ours: named by its place, for its words are a person's
        last = traceback.extract_tb(error.__traceback__)[-1]
        return json.dumps({"crash": f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"}).encode()
    payload = answer.encode("utf-8", "replace")
    return payload if len(payload) <= ANSWER_LIMIT else _failure(Reason.TOO_LARGE, "the answer")


def _failure(reason: Reason, detail: str) -> bytes:
    return json.dumps({"error": reason.value, "detail": detail}).encode()


if __name__ == "__main__":
    main()
