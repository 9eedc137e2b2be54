"""`python -m tests.services.limits.hitting URL SUBJECT TIMES`: hit a rule of 137 a day, and print how many passed."""

import sys
from concurrent.futures import ThreadPoolExecutor

from core.errors import RateLimited
from core.queue import redis_client
from services.limits.limiter import Limiter
from services.limits.rules import Rule

RULE = Rule("auth_login", 137, 86_400)


def main() -> None:
    url, subject, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
    limiter = Limiter(redis_client(url, timeout=10))

    def hit(_: int) -> int:
        try:
            limiter.hit(subject, RULE)
        except RateLimited:
            return 0
        return 1

    sys.stdin.readline()  # all processes start at the same word
    with ThreadPoolExecutor(8) as pool:
        sys.stdout.write(f"{sum(pool.map(hit, range(times)))}\n")


if __name__ == "__main__":
    main()
