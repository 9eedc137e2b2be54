"""What `selfcheck` leaves behind: one row a stage. Nothing forbids a second one, so a doubled effect would show."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class SelfcheckMark(Base):
    __tablename__ = "selfcheck_marks"

    id: Mapped[Key]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
