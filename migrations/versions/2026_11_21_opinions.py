"""Readings: a language model's answer about the text, found again by text, model and prompt.

Revision: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "resume_readings",
        sa.Column("opinion", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    )
    op.add_column("resume_readings", sa.Column("opinion_key", sa.Text(), nullable=True))
    op.create_index(
        "ix_resume_readings_by_opinion",
        "resume_readings",
        ["opinion_key"],
        unique=False,
        postgresql_where=sa.text("opinion_key is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_resume_readings_by_opinion", table_name="resume_readings")
    op.drop_column("resume_readings", "opinion_key")
    op.drop_column("resume_readings", "opinion")
