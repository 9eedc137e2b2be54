"""Password hashes: argon2id, a few at a time, and the same time for an account that is not there."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


class Passwords:
    """argon2id, a few at a time: each hash takes 19 MiB, and a hundred parallel logins must not take two gigabytes.

    Threads of its own rather than a semaphore: the allocator keeps those 19 MiB for every thread that ever hashed.
    """

    def __init__(self, concurrency: int) -> None:
        self._hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19456, parallelism=1),))
        self._seats = ThreadPoolExecutor(concurrency, thread_name_prefix="argon2")
        self._decoy = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        return self._seats.submit(self._hasher.hash, password).result()

    def verify(self, password: str, stored: str | None) -> bool:
        """Takes as long for an unknown account (`stored` None) as for a known one."""
        fits = self._seats.submit(self._hasher.verify, password, stored or self._decoy).result()
        return fits and stored is not None


@lru_cache(maxsize=4)
def passwords(concurrency: int) -> Passwords:
    return Passwords(concurrency)
