"""The catalogue: adverts of one opening in groups, narrow rows, skill names, custom skills, harvest requests.

Revision: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SHOWN = "owner_user_id is null and closed_at is null and duplicate_of is null"
OPEN = "owner_user_id is null and closed_at is null"


def upgrade() -> None:
    _postings()
    op.add_column("harvests", sa.Column("duplicates", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("harvests", sa.Column("closed", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "harvest_requests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("sources", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_harvest_requests_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_harvest_requests_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvest_requests")),
    )
    op.create_index(op.f("ix_harvest_requests_run_id"), "harvest_requests", ["run_id"])
    op.create_index(op.f("ix_harvest_requests_user_id"), "harvest_requests", ["user_id"])
    op.create_table(
        "skill_counts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("postings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_skill_counts")),
    )
    op.execute(
        """
        insert into skill_counts (name, postings)
        select name, count(*) from postings, unnest(skills || tags) as name
        where owner_user_id is null and closed_at is null group by name
        """
    )
    op.create_table(
        "custom_skills",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("usage_count", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("usage_count > 0", name=op.f("ck_custom_skills_usage_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_skills")),
    )
    op.create_index("uq_custom_skills_name", "custom_skills", [sa.text("lower(name)")], unique=True)


def _postings() -> None:
    op.add_column("postings", sa.Column("canonical_url", sa.Text(), nullable=True))
    op.add_column("postings", sa.Column("compared_hash", sa.Text(), nullable=True))
    op.add_column("postings", sa.Column("missed", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("postings", sa.Column("duplicate_of", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_postings_duplicate_of"), "postings", "postings", ["duplicate_of"], ["id"], ondelete="SET NULL"
    )
    op.create_check_constraint(op.f("ck_postings_duplicate_of"), "postings", "duplicate_of <> id")
    # Texts, the board's item and the search vector leave the row: what a count or a filter reads is a few hundred bytes.
    op.execute("alter table postings set (toast_tuple_target = 512)")
    op.drop_index("ix_postings_recent", table_name="postings")
    op.create_index("ix_postings_recent", "postings", ["scraped_at", "id"], postgresql_where=sa.text(SHOWN))
    op.create_index("ix_postings_of_source", "postings", ["source", "scraped_at", "id"], postgresql_where=sa.text(OPEN))
    op.create_index("ix_postings_tags", "postings", ["tags"], postgresql_using="gin")
    op.create_index("ix_postings_canonical_url", "postings", ["canonical_url"])
    op.create_index(
        "ix_postings_duplicate_of",
        "postings",
        ["duplicate_of"],
        postgresql_where=sa.text("duplicate_of is not null"),
    )
    op.drop_index("ix_postings_owner", table_name="postings")
    op.create_index(
        "uq_postings_owner",
        "postings",
        ["owner_user_id", sa.text("lower(coalesce(company, ''))"), sa.text("lower(title)")],
        unique=True,
        postgresql_where=sa.text("owner_user_id is not null"),
    )


def downgrade() -> None:
    op.drop_table("custom_skills")
    op.drop_table("skill_counts")
    op.drop_table("harvest_requests")
    op.drop_column("harvests", "closed")
    op.drop_column("harvests", "duplicates")
    op.drop_index("uq_postings_owner", table_name="postings")
    op.create_index(
        "ix_postings_owner", "postings", ["owner_user_id"], postgresql_where=sa.text("owner_user_id is not null")
    )
    op.drop_index("ix_postings_of_source", table_name="postings")
    op.drop_index("ix_postings_tags", table_name="postings")
    op.drop_index("ix_postings_recent", table_name="postings")
    op.execute("alter table postings reset (toast_tuple_target)")
    op.drop_column("postings", "duplicate_of")
    op.drop_column("postings", "missed")
    op.drop_column("postings", "compared_hash")
    op.drop_column("postings", "canonical_url")
    op.create_index("ix_postings_recent", "postings", ["scraped_at", "id"], postgresql_where=sa.text(OPEN))
