"""Names of skills, as postings and people write them."""

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped


class SkillCount(Base):
    """A skill or tag exactly as public postings carry it, and how many did when they were last counted.

    A name is here from the moment a posting brings it, so that "any skill with sql in it" is asked of some thousand
    names instead of a million postings.
    """

    __tablename__ = "skill_counts"

    name: Mapped[str] = mapped_column(primary_key=True)
    postings: Mapped[int] = mapped_column(server_default=text("0"))


class CustomSkill(Timestamped, Base):
    """A skill that somebody typed. `usage_count` rises each time somebody does."""

    __tablename__ = "custom_skills"
    __table_args__ = (
        CheckConstraint("usage_count > 0", name="usage_count"),
        Index("uq_custom_skills_name", func.lower(text("name")), unique=True),
    )

    id: Mapped[Key]
    name: Mapped[str]
    usage_count: Mapped[int] = mapped_column(server_default=text("1"))
