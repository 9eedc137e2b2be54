"""Services as a worker has them, with storage in a folder of the test's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.settings import get_settings
from services.doorbell import SilentDoorbell
from services.storage import FolderStorage
from services.wiring import Services
from tests.pipelines.fakes import WordEmbedder


@pytest.fixture(scope="session")
def worker_services() -> Iterator[Services]:
    """One jail and one model for all tests of the session: both take a second to start."""
    services = replace(Services.from_settings(get_settings()), doorbell=SilentDoorbell())
    yield services
    services.resume_reader.close()


@pytest.fixture
def services(worker_services: Services, tmp_path: Path) -> Services:
    return replace(worker_services, storage=FolderStorage(tmp_path / "blobs"))


@pytest.fixture
def quick_services(services: Services) -> Services:
    """With vectors that cost nothing, for tests whose promise is not about the model."""
    return replace(services, embedder=WordEmbedder())
