"""Jobs that people pursue.

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STAGES = (
    "'new', 'saved', 'interested', 'applied', 'recruiter_screen', 'interviewing', 'onsite', 'offer', 'accepted', "
    "'rejected', 'withdrawn', 'declined', 'archived'"
)


def upgrade() -> None:
    op.create_table(
        "tracked_jobs",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("posting_id", sa.BigInteger(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=True),
        sa.Column("responsibilities", sa.Text(), nullable=True),
        sa.Column("salary_min", sa.Integer(), nullable=True),
        sa.Column("salary_max", sa.Integer(), nullable=True),
        sa.Column("salary_currency", sa.Text(), nullable=True),
        sa.Column("salary_range", sa.Text(), nullable=True),
        sa.Column("job_type", sa.Text(), nullable=True),
        sa.Column("remote_option", sa.Text(), nullable=True),
        sa.Column("tech_stack", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("documents_required", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("'manual'"), nullable=False),
        sa.Column("stage", sa.Text(), server_default=sa.text("'new'"), nullable=False),
        sa.Column("date_applied", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(f"stage in ({STAGES})", name=op.f("ck_tracked_jobs_stage")),
        sa.CheckConstraint("salary_min >= 0 and salary_max >= salary_min", name=op.f("ck_tracked_jobs_salary")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tracked_jobs_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_tracked_jobs_posting_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracked_jobs")),
        sa.UniqueConstraint("user_id", "posting_id", name=op.f("uq_tracked_jobs_user_id_posting_id")),
    )
    op.create_index("ix_tracked_jobs_of_user", "tracked_jobs", ["user_id", "created_at", "id"])
    op.create_index("ix_tracked_jobs_posting_id", "tracked_jobs", ["posting_id"])


def downgrade() -> None:
    op.drop_table("tracked_jobs")
