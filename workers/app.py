"""What `celery -A workers.app` loads: the Celery app with one task per stage, the schedule and the signals."""

from core.queue import celery_app
from core.settings import get_settings
from pipelines.registry import PIPELINES
from workers import signals
from workers.schedule import schedule
from workers.tasks import register_chores, register_stages

app = celery_app(get_settings().redis_url)
register_stages(app, PIPELINES.values())
register_chores(app)
app.conf.beat_schedule = schedule(get_settings())
# A killed process's message is not waited for: the run's lease has it. Celery's ten seconds would block its slot.
app.conf.worker_lost_wait = 1.0
signals.connect()
