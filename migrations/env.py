"""Alembic's entry: one connection, one transaction, a short wait for locks."""

from alembic import context
from sqlalchemy import create_engine, text

from core.db import sqlalchemy_url
from core.settings import get_settings
from models.registry import metadata

engine = create_engine(sqlalchemy_url(get_settings().database_url))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True, compare_server_default=True)
    with context.begin_transaction():
        # Two migrators at once would race through CREATE; a migration that waits for a lock stops every reader.
        connection.execute(text("select pg_advisory_xact_lock(7316001)"))
        connection.execute(text("set local lock_timeout = '5s'"))
        context.run_migrations()
engine.dispose()
