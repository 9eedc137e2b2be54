"""What beat asks for, and when."""

from typing import Any

from celery.schedules import crontab

from core.queue import DEFAULT
from core.settings import Settings


def schedule(settings: Settings) -> dict[str, dict[str, Any]]:
    """The harvest is asked for every minute and accepted once a slot: a beat that was away catches up within one."""
    nightly = {"forget_old_events": "17", "forget_orphaned_files": "27", "forget_expired_logouts": "37"}
    return {
        "start-scheduled-harvest": _entry("start_scheduled_harvest", crontab()),
        **{name.replace("_", "-"): _entry(name, crontab(hour="3", minute=minute)) for name, minute in nightly.items()},
    }


def _entry(chore: str, when: crontab) -> dict[str, Any]:
    # A chore that nobody fetched within an hour is asked for again anyway.
    return {"task": f"chores.{chore}", "schedule": when, "options": {"queue": DEFAULT, "expires": 3600}}
