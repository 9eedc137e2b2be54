"""A person's own records of jobs they pursue."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Timestamped

STAGES = (
    "new", "saved", "interested", "applied", "recruiter_screen", "interviewing", "onsite", "offer", "accepted",
    "rejected", "withdrawn", "declined", "archived",
)  # fmt: skip


class TrackedJob(Timestamped, Base):
    """A job somebody pursues: typed in, or kept from the catalogue, whose posting `posting_id` then names.

    Ids come from the same sequence as those of postings, so that at doors which show both in one list an id names one
    thing. Texts are the person's own copy: they stay when the posting closes. Salaries are whole units a year.
    `stage` is one of STAGES; each door has its own words for them.
    """

    __tablename__ = "tracked_jobs"
    __table_args__ = (
        UniqueConstraint("user_id", "posting_id"),
        CheckConstraint(f"stage in {STAGES}", name="stage"),
        CheckConstraint("salary_min >= 0 and salary_max >= salary_min", name="salary"),
        Index("ix_tracked_jobs_of_user", "user_id", "created_at", "id"),
        Index("ix_tracked_jobs_posting_id", "posting_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Sequence("postings_id_seq"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    posting_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("postings.id", ondelete="SET NULL"))
    company: Mapped[str | None]
    title: Mapped[str]
    location: Mapped[str | None]
    url: Mapped[str | None]
    description: Mapped[str | None]
    requirements: Mapped[str | None]
    responsibilities: Mapped[str | None]
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_currency: Mapped[str | None]
    salary_range: Mapped[str | None]
    job_type: Mapped[str | None]
    remote_option: Mapped[str | None]
    tech_stack: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    documents_required: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    source: Mapped[str] = mapped_column(server_default=text("'manual'"))
    stage: Mapped[str] = mapped_column(server_default=text("'new'"))
    date_applied: Mapped[datetime | None]
    notes: Mapped[str | None]
