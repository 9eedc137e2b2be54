"""How Postgres answers what a piece of code asks: each select explained as it is sent, with the settings of then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


@contextmanager
def explained(session: Session, *, analyze: bool = False) -> Iterator[list[str]]:
    """Collect the plan of each select on the session's connection; `analyze` runs it once more to time it."""
    plans: list[str] = []
    connection = session.connection()

    def before(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.lstrip().lower().startswith(("select", "with")):
            how = "analyze, buffers" if analyze else "costs off"
            cursor.execute(f"explain ({how}) {statement}", parameters)
            plans.append("\n".join(line for (line,) in cursor.fetchall()))

    event.listen(connection, "before_cursor_execute", before)
    try:
        yield plans
    finally:
        event.remove(connection, "before_cursor_execute", before)
