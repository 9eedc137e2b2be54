"""Installations that may be broken, and a look at what is left of them. All of these tests share one process."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machines import Installation


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One process for all of these; the whole storm only when it is asked for, as `make storm` does."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("faults"))
    if "storm" not in config.getoption("markexpr"):
        whole = [item for item in items if item.get_closest_marker("storm")]
        config.hook.pytest_deselected(items=whole)
        items[:] = [item for item in items if item not in whole]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose name leaves room for a socket's."""
    made = Path(tempfile.mkdtemp(prefix="fault-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def installation(clean_db: str, folder: Path) -> Iterator[Installation]:
    with Installation(folder, clean_db) as one:
        yield one
