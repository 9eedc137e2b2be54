"""Every table on one metadata, for Alembic and for tests."""

from models import audit, credit, harvest, identity, match, posting, resume, run, selfcheck, skill, tracked_job, user
from models.base import Base

metadata = Base.metadata

__all__ = [
    "audit",
    "credit",
    "harvest",
    "identity",
    "match",
    "metadata",
    "posting",
    "resume",
    "run",
    "selfcheck",
    "skill",
    "tracked_job",
    "user",
]
