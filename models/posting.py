"""The catalogue of postings and their embeddings."""

from datetime import datetime
from typing import Any

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Timestamped
from models.resume import EMBEDDING_DIMENSIONS

REMOTE_TYPES = ("full", "hybrid", "onsite")
JOB_TYPES = ("permanent", "contract", "freelance", "part-time")
OWNED = "owner_user_id is not null"
_NAMED = (text("lower(coalesce(company, ''))"), text("lower(title)"))
OPEN = "owner_user_id is null and closed_at is null"
SHOWN = f"{OPEN} and duplicate_of is null"


class Posting(Timestamped, Base):
    """A job advert. `owner_user_id` is null for the public catalogue. Salaries are whole units of currency per year.

    Adverts of one opening form a group: `duplicate_of` names the one that is shown, and is null in it. `missed` counts
    the believed harvests in a row that did not bring it; `compared_hash` is the `content_hash` last compared with the
    other boards. Long columns are stored out of line (see the migration): counting adverts does not read their texts.
    """

    __tablename__ = "postings"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint(f"remote_type in {REMOTE_TYPES}", name="remote_type"),
        CheckConstraint(f"job_type in {JOB_TYPES}", name="job_type"),
        CheckConstraint("salary_min >= 0 and salary_max >= salary_min", name="salary"),
        CheckConstraint("duplicate_of <> id", name="duplicate_of"),
        Index("ix_postings_search", "search", postgresql_using="gin"),
        Index("ix_postings_skills", "skills", postgresql_using="gin"),
        Index("ix_postings_tags", "tags", postgresql_using="gin"),
        Index("ix_postings_recent", "scraped_at", "id", postgresql_where=text(SHOWN)),
        Index("ix_postings_of_source", "source", "scraped_at", "id", postgresql_where=text(OPEN)),
        Index("ix_postings_fingerprint", "fingerprint"),
        Index("ix_postings_canonical_url", "canonical_url"),
        Index("ix_postings_duplicate_of", "duplicate_of", postgresql_where=text("duplicate_of is not null")),
        Index("uq_postings_owner", "owner_user_id", *_NAMED, unique=True, postgresql_where=text(OWNED)),
    )

    id: Mapped[Key]
    source: Mapped[str]
    source_id: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    company: Mapped[str | None]
    description: Mapped[str]
    description_html: Mapped[str] = mapped_column(server_default=text("''"))
    location: Mapped[str] = mapped_column(server_default=text("''"))
    remote_type: Mapped[str | None]
    job_type: Mapped[str | None]
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_currency: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    skills: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    requirements: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    eligible_regions: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    visa_sponsorship: Mapped[bool | None]
    seniority: Mapped[str | None]
    language: Mapped[str | None]
    posted_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    scraped_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    missed: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    closed_at: Mapped[datetime | None]
    content_hash: Mapped[str]
    fingerprint: Mapped[str | None]
    canonical_url: Mapped[str | None]
    compared_hash: Mapped[str | None]
    duplicate_of: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("postings.id", ondelete="SET NULL"))
    raw: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    owner_user_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('english'::regconfig, title), 'A') || "
            "setweight(to_tsvector('english'::regconfig, coalesce(company, '')), 'B') || "
            "setweight(to_tsvector('english'::regconfig, left(description, 20000)), 'C')",
            persisted=True,
        ),
        deferred=True,
    )


class PostingEmbedding(Base):
    """Apart from `postings`, so that reading a page of adverts does not read vectors, nor an upsert rewrite them."""

    __tablename__ = "posting_embeddings"
    __table_args__ = (
        Index(
            *("ix_posting_embeddings_hnsw", "embedding"),
            postgresql_using="hnsw",
            postgresql_with={"m": 16, "ef_construction": 64},
            postgresql_ops={"embedding": "halfvec_cosine_ops"},
        ),
    )

    posting_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("postings.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str]
    content_hash: Mapped[str]
    embedding: Mapped[list[float]] = mapped_column(HALFVEC(EMBEDDING_DIMENSIONS))
