"""docker-compose.yml runs what the embedded stack runs, by the same commands."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.processes import MIGRATE, PROCESSES, WORKERS, Process
from core.queue import QUEUES
from core.settings import Settings

ROOT = Path(__file__).parents[2]
_SERVERS = {"postgres", "redis"}
_ELSEWHERE = {"FLOWER_ADDRESS", "FLOWER_PORT", "FLOWER_BASIC_AUTH", "REMAP_SIGTERM", "QUEUE"}  # Celery's and Flower's


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return found


def test_every_process_has_its_service_and_no_service_is_unknown(services: dict[str, Any]) -> None:
    assert set(services) - _SERVERS - {"migrate"} == {one.name for one in PROCESSES}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda one: one.name)
def test_the_commands_are_the_same(services: dict[str, Any], process: Process) -> None:
    assert services[process.name]["command"] == [part.format(data="/data") for part in process.command]
    assert process.env.items() <= services[process.name]["environment"].items()


def test_the_migration_is_the_command_that_people_run(services: dict[str, Any]) -> None:
    assert services["migrate"]["command"] == list(MIGRATE)


def test_each_queue_has_one_worker() -> None:
    assert sorted(one.command[one.command.index("-Q") + 1] for one in WORKERS) == sorted(QUEUES)


def test_workers_may_be_scaled(services: dict[str, Any]) -> None:
    """A fixed name or a published port would allow only one of them."""
    for one in WORKERS:
        assert not {"container_name", "ports", "hostname"} & set(services[one.name])
        assert services[one.name]["environment"]["QUEUE"] == one.command[one.command.index("-Q") + 1]


def test_a_stage_in_hand_has_time_to_end(services: dict[str, Any]) -> None:
    for one in WORKERS:
        assert int(services[one.name]["stop_grace_period"].removesuffix("s")) >= one.patience


def test_settings_in_the_file_exist(services: dict[str, Any]) -> None:
    known = {name.upper() for name in Settings.model_fields}
    for one in PROCESSES:
        assert set(services[one.name]["environment"]) <= known | _ELSEWHERE


def test_no_secret_is_written_down(services: dict[str, Any]) -> None:
    environment = services["flower"]["environment"] | services["postgres"]["environment"]
    for name in ("SECRET_KEY", "DATABASE_URL", "POSTGRES_PASSWORD", "FLOWER_BASIC_AUTH"):
        assert "${" in environment[name]
        assert ":-" not in environment[name]


def test_redis_keeps_what_it_is_given(services: dict[str, Any]) -> None:
    flags = " ".join(services["redis"]["command"])
    assert "--appendonly yes" in flags
    assert "--maxmemory-policy noeviction" in flags


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER offerline"]
