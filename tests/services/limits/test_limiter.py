"""Limits: exact under several processes, overridden and forgotten by an administrator, careful without Redis."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from redis import Redis

from core.errors import RateLimited, Unavailable
from core.queue import redis_client
from core.settings import get_settings
from services.limits.limiter import OVERRIDE, Limiter
from services.limits.rules import Rule, check, rule
from tests.processes import ROOT
from tests.services.limits.hitting import RULE

HITS = 400
PROCESSES = 4


@pytest.fixture
def client(redis_url: str) -> Iterator[Redis]:
    one = redis_client(redis_url)
    one.flushdb()
    yield one
    one.flushdb()
    one.close()


@pytest.fixture
def limiter(client: Redis) -> Limiter:
    return Limiter(client)


def _rule_of(name: str) -> Rule:
    return rule(get_settings(), name)


def passed(limiter: Limiter, subject: str, one: Rule, times: int) -> int:
    count = 0
    for _ in range(times):
        try:
            limiter.hit(subject, one)
        except RateLimited:
            continue
        count += 1
    return count


def test_four_processes_let_exactly_the_limit_through(client: Redis, redis_url: str) -> None:
    arguments = (
        sys.executable,
        "-m",
        "tests.services.limits.hitting",
        redis_url,
        "ip:192.0.2.1",
        str(HITS // PROCESSES),
    )
    started = [
        subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    answers = [process.communicate("go\n", timeout=60)[0] for process in started]
    assert sum(int(answer) for answer in answers) == RULE.limit
    assert client.hget("offerline:limits:{ip:192.0.2.1}", "route:auth_login:window:86400") is not None


def test_subjects_and_rules_are_counted_apart(limiter: Limiter) -> None:
    three, two = Rule("a", 3, 3600), Rule("b", 2, 3600)
    assert passed(limiter, "user:1", three, 5) == 3
    assert passed(limiter, "user:1", two, 5) == 2
    assert passed(limiter, "user:2", three, 5) == 3


def test_a_refusal_says_when_to_come_back(limiter: Limiter) -> None:
    limiter.hit("user:1", Rule("a", 1, 3600))
    with pytest.raises(RateLimited) as refused:
        limiter.hit("user:1", Rule("a", 1, 3600))
    wait = int(refused.value.headers["Retry-After"])
    assert 1 <= wait <= 3600
    assert refused.value.context == {"retry_after_seconds": wait, "limit": 1, "remaining": 0}


def test_a_new_window_starts_at_nought(limiter: Limiter) -> None:
    one = Rule("a", 1, 1)
    limiter.hit("user:1", one)
    time.sleep(1.05)
    limiter.hit("user:1", one)


def test_an_override_replaces_every_rule_until_it_ends(limiter: Limiter) -> None:
    limiter.override("user:1", limit=5, window=3600, ttl=1)
    assert passed(limiter, "user:1", Rule("a", 1, 60), 9) == 5
    assert passed(limiter, "user:1", Rule("b", 100, 60), 9) == 5
    time.sleep(2.05)
    assert passed(limiter, "user:1", Rule("a", 1, 86_400), 9) == 1
    assert [one.record_type for one in limiter.records("user:1", _rule_of)].count("override") == 0


def test_what_counts_is_told_and_forgotten(limiter: Limiter) -> None:
    limiter.hit("user:1", Rule("ai_chat", 10, 3600))
    ends = limiter.override("user:1", limit=7, window=30, ttl=600)
    override, counter = limiter.records("user:1", _rule_of)
    assert (override.limiter_key, override.limit, override.count, override.remaining) == (OVERRIDE, 7, 0, 7)
    assert override.expires_at == ends
    assert (counter.limiter_key, counter.count, counter.record_type) == ("route:ai_chat:window:3600", 1, "counter")
    assert limiter.reset("user:1") == 2
    assert limiter.reset("user:1") == 0
    assert limiter.records("user:1", _rule_of) == []


def test_nothing_is_kept_for_ever(client: Redis, limiter: Limiter) -> None:
    limiter.hit("user:1", Rule("a", 1, 60))
    assert 0 < client.ttl("offerline:limits:{user:1}") <= 60


def test_without_redis_guessing_stops_and_reading_goes_on(tmp_path: object) -> None:
    away = Limiter(redis_client(f"unix://{tmp_path}/nobody.sock"))
    away.hit("ip:192.0.2.1", Rule("analyzer_default", 1, 60))
    with pytest.raises(Unavailable) as refused:
        away.hit("ip:192.0.2.1", Rule("auth_login", 1, 60))
    assert refused.value.headers["Retry-After"]
    with pytest.raises(Unavailable):
        away.records("user:1", _rule_of)


def test_every_number_is_a_setting() -> None:
    changed = get_settings().model_copy(
        update={
            "rate_limits": {"auth_login": "3/7s"},
            "ai_rate_limit_max_requests": 4,
            "rate_limit_default_max_requests": 9,
        }
    )
    assert rule(changed, "auth_login") == Rule("auth_login", 3, 7)
    assert rule(changed, "ai_chat") == Rule("ai_chat", 4, 60)
    assert rule(changed, "something_new").limit == 9
    assert rule(get_settings(), "auth_signup") == Rule("auth_signup", 5, 60)


@pytest.mark.parametrize("spelled", ["ten", "0/60", "10", "10/0", "-1/60"])
def test_a_limit_that_cannot_be_read_stops_the_start(spelled: str) -> None:
    with pytest.raises(ValueError, match="RATE_LIMITS"):
        check(get_settings().model_copy(update={"rate_limits": {"auth_login": spelled}}))
