"""`offerline migrate`, and its `--check`, which needs no database of yours."""

import tempfile
from pathlib import Path

from cli import console
from cli import migrate as migrations
from cli.connected import connected
from cli.embedded import throwaway_postgres
from core.settings import get_settings


def migrate(data_dir: Path | None) -> None:
    """The embedded stack migrates by itself when it starts; this is for servers of yours."""
    with connected(data_dir):
        console.good("migrations", f"at {migrations.upgrade(get_settings().database_url)}")


def check(data_dir: Path | None) -> None:
    """Migrate an empty database and compare it with the models."""
    with tempfile.TemporaryDirectory(prefix="offerline-check-") as root, throwaway_postgres(Path(root)) as postgres:
        newest = migrations.upgrade(postgres.url())
        migrations.check(postgres.url())
    console.good("migrations", f"{newest} makes what the models say")
