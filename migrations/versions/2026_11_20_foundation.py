"""The foundation: accounts, runs, credits, résumés, postings, matches.

Revision: 0001
Revises:
"""

import pgvector.sqlalchemy
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists vector")
    op.create_table(
        "blobs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("scan_status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("scan_status in ('clean', 'infected', 'pending')", name=op.f("ck_blobs_scan_status")),
        sa.CheckConstraint("size > 0", name=op.f("ck_blobs_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blobs_sha256")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("token_epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("doors", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("position('@' in email) > 1", name=op.f("ck_users_email_shape")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_table(
        "credit_accounts",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("available", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("reserved", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("available >= 0", name=op.f("ck_credit_accounts_available")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_credit_accounts_reserved")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_credit_accounts_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_credit_accounts")),
    )
    op.create_table(
        "credit_reservations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("charged", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at is null)", name=op.f("ck_credit_reservations_ended")),
        sa.CheckConstraint(
            "state in ('open', 'charged', 'released', 'refunded')", name=op.f("ck_credit_reservations_state")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_reservations_amount")),
        sa.CheckConstraint("charged between 0 and amount", name=op.f("ck_credit_reservations_charged")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_credit_reservations_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_reservations")),
        sa.UniqueConstraint("user_id", "request_id", name=op.f("uq_credit_reservations_user_id_request_id")),
    )
    op.create_index(
        "ix_credit_reservations_open",
        "credit_reservations",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_html", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("location", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("remote_type", sa.Text(), nullable=True),
        sa.Column("job_type", sa.Text(), nullable=True),
        sa.Column("salary_min", sa.Integer(), nullable=True),
        sa.Column("salary_max", sa.Integer(), nullable=True),
        sa.Column("salary_currency", sa.Text(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column(
            "requirements",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("eligible_regions", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("visa_sponsorship", sa.Boolean(), nullable=True),
        sa.Column("seniority", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scraped_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column(
            "raw",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("owner_user_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, coalesce(company, '')), 'B') || setweight(to_tsvector('english'::regconfig, left(description, 20000)), 'C')",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "job_type in ('permanent', 'contract', 'freelance', 'part-time')", name=op.f("ck_postings_job_type")
        ),
        sa.CheckConstraint("remote_type in ('full', 'hybrid', 'onsite')", name=op.f("ck_postings_remote_type")),
        sa.CheckConstraint("salary_min >= 0 and salary_max >= salary_min", name=op.f("ck_postings_salary")),
        sa.ForeignKeyConstraint(
            ["owner_user_id"], ["users.id"], name=op.f("fk_postings_owner_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_postings_source_source_id")),
    )
    op.create_index("ix_postings_fingerprint", "postings", ["fingerprint"], unique=False)
    op.create_index(
        "ix_postings_owner",
        "postings",
        ["owner_user_id"],
        unique=False,
        postgresql_where=sa.text("owner_user_id is not null"),
    )
    op.create_index(
        "ix_postings_recent",
        "postings",
        ["scraped_at", "id"],
        unique=False,
        postgresql_where=sa.text("owner_user_id is null and closed_at is null"),
    )
    op.create_index("ix_postings_search", "postings", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_postings_skills", "postings", ["skills"], unique=False, postgresql_using="gin")
    op.create_table(
        "resume_uploads",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("blob_id", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("linkedin_url", sa.Text(), nullable=True),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("door in ('tracker', 'copilot', 'agent', 'analyzer')", name=op.f("ck_resume_uploads_door")),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_resume_uploads_blob_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_resume_uploads_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_uploads")),
    )
    op.create_index(op.f("ix_resume_uploads_blob_id"), "resume_uploads", ["blob_id"], unique=False)
    op.create_index("ix_resume_uploads_of_user", "resume_uploads", ["user_id", "created_at", "id"], unique=False)
    op.create_table(
        "revoked_tokens",
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_revoked_tokens_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_revoked_tokens")),
    )
    op.create_index(op.f("ix_revoked_tokens_expires_at"), "revoked_tokens", ["expires_at"], unique=False)
    op.create_index(op.f("ix_revoked_tokens_user_id"), "revoked_tokens", ["user_id"], unique=False)
    op.create_table(
        "user_profiles",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column(
            "preferences",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("cv_filename", sa.Text(), nullable=True),
        sa.Column("cv_uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("experience_years between 0 and 70", name=op.f("ck_user_profiles_experience_years")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_profiles_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_profiles")),
    )
    op.create_table(
        "credit_ledger",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("available_delta", sa.BigInteger(), nullable=False),
        sa.Column("reserved_delta", sa.BigInteger(), nullable=False),
        sa.Column("reservation_id", sa.BigInteger(), nullable=True),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('grant', 'purchase', 'reserve', 'charge', 'release', 'refund')",
            name=op.f("ck_credit_ledger_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["credit_reservations.id"], name=op.f("fk_credit_ledger_reservation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_credit_ledger_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_ledger")),
        sa.UniqueConstraint("user_id", "source_ref", name=op.f("uq_credit_ledger_user_id_source_ref")),
    )
    op.create_index("ix_credit_ledger_of_user", "credit_ledger", ["user_id", "id"], unique=False)
    op.create_table(
        "posting_embeddings",
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("embedding", pgvector.sqlalchemy.halfvec.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_posting_embeddings_posting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_posting_embeddings")),
    )
    op.create_index(
        "ix_posting_embeddings_hnsw",
        "posting_embeddings",
        ["embedding"],
        unique=False,
        postgresql_using="hnsw",
        postgresql_with={"m": 16, "ef_construction": 64},
        postgresql_ops={"embedding": "halfvec_cosine_ops"},
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'queued'"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("progress", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("message", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "payload",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "state",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("retries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_after", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("next_dispatch_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("dispatches", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.Column("request_hash", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("children_pending", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reservation_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until is not null)", name=op.f("ck_runs_lease_while_running")
        ),
        sa.CheckConstraint(
            "(status in ('completed', 'failed', 'cancelled')) = (finished_at is not null)",
            name=op.f("ck_runs_finished_when_terminal"),
        ),
        sa.CheckConstraint(
            "status in ('queued', 'running', 'waiting', 'completed', 'failed', 'cancelled')",
            name=op.f("ck_runs_status"),
        ),
        sa.CheckConstraint("children_pending >= 0", name=op.f("ck_runs_children_pending")),
        sa.CheckConstraint("progress between 0 and 100", name=op.f("ck_runs_progress")),
        sa.ForeignKeyConstraint(["parent_id"], ["runs.id"], name=op.f("fk_runs_parent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reservation_id"], ["credit_reservations.id"], name=op.f("fk_runs_reservation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_runs_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(
        "ix_runs_children", "runs", ["parent_id"], unique=False, postgresql_where=sa.text("parent_id is not null")
    )
    op.create_index(
        "ix_runs_due", "runs", ["next_dispatch_at"], unique=False, postgresql_where=sa.text("status = 'queued'")
    )
    op.create_index(
        "ix_runs_leases", "runs", ["lease_until"], unique=False, postgresql_where=sa.text("status = 'running'")
    )
    op.create_index("ix_runs_of_user", "runs", ["user_id", "created_at", "id"], unique=False)
    op.create_index(
        "uq_runs_idempotency",
        "runs",
        ["user_id", "pipeline", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key is not null"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "generated_contents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=False),
        sa.Column("tone", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("dropped_claims", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind in ('cover_letter', 'cv_highlights')", name=op.f("ck_generated_contents_kind")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_generated_contents_posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_generated_contents_run_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_generated_contents_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generated_contents")),
        sa.UniqueConstraint(
            "user_id",
            "posting_id",
            "kind",
            "input_hash",
            name=op.f("uq_generated_contents_user_id_posting_id_kind_input_hash"),
        ),
    )
    op.create_index(op.f("ix_generated_contents_posting_id"), "generated_contents", ["posting_id"], unique=False)
    op.create_index(op.f("ix_generated_contents_run_id"), "generated_contents", ["run_id"], unique=False)
    op.create_table(
        "harvests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'running'"), nullable=False),
        sa.Column("found", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("new", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "report",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("status in ('running', 'completed', 'degraded', 'failed')", name=op.f("ck_harvests_status")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_harvests_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvests")),
        sa.UniqueConstraint("run_id", name=op.f("uq_harvests_run_id")),
    )
    op.create_index("ix_harvests_of_source", "harvests", ["source", "created_at"], unique=False)
    op.create_table(
        "resume_readings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("upload_id", sa.BigInteger(), nullable=False),
        sa.Column("extracted", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("plain_text", sa.Text(), nullable=False),
        sa.Column("profile", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("insights", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_resume_readings_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["resume_uploads.id"], name=op.f("fk_resume_readings_upload_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_resume_readings_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_readings")),
        sa.UniqueConstraint("run_id", name=op.f("uq_resume_readings_run_id")),
    )
    op.create_index("ix_resume_readings_of_user", "resume_readings", ["user_id", "completed_at"], unique=False)
    op.create_index(op.f("ix_resume_readings_upload_id"), "resume_readings", ["upload_id"], unique=False)
    op.create_table(
        "run_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_events_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_events")),
    )
    op.create_index("ix_run_events_at", "run_events", ["at"], unique=False)
    op.create_index("ix_run_events_of_run", "run_events", ["run_id", "id"], unique=False)
    op.create_index("ix_run_events_of_user", "run_events", ["user_id", "id"], unique=False)
    op.create_table(
        "selfcheck_marks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_selfcheck_marks_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selfcheck_marks")),
    )
    op.create_index(op.f("ix_selfcheck_marks_run_id"), "selfcheck_marks", ["run_id"], unique=False)
    op.create_table(
        "matches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("posting_id", sa.BigInteger(), nullable=False),
        sa.Column("reading_id", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'matched'"), nullable=False),
        sa.Column("reasoning", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "status in ('matched', 'interested', 'applied', 'rejected', 'hidden')", name=op.f("ck_matches_status")
        ),
        sa.CheckConstraint("score between 0 and 100", name=op.f("ck_matches_score")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_matches_posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["resume_readings.id"], name=op.f("fk_matches_reading_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_matches_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("user_id", "posting_id", name=op.f("uq_matches_user_id_posting_id")),
    )
    op.create_index("ix_matches_of_user", "matches", ["user_id", "score", "id"], unique=False)
    op.create_index("ix_matches_posting_id", "matches", ["posting_id"], unique=False)
    op.create_index(op.f("ix_matches_reading_id"), "matches", ["reading_id"], unique=False)
    op.create_table(
        "resume_chunks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reading_id", sa.BigInteger(), nullable=False),
        sa.Column("chunk_no", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["resume_readings.id"], name=op.f("fk_resume_chunks_reading_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_chunks")),
        sa.UniqueConstraint("reading_id", "chunk_no", name=op.f("uq_resume_chunks_reading_id_chunk_no")),
    )
    op.create_table(
        "resume_embeddings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reading_id", sa.BigInteger(), nullable=False),
        sa.Column("chunk_no", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("embedding", pgvector.sqlalchemy.halfvec.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["resume_readings.id"], name=op.f("fk_resume_embeddings_reading_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_embeddings")),
        sa.UniqueConstraint(
            "reading_id", "chunk_no", "model", name=op.f("uq_resume_embeddings_reading_id_chunk_no_model")
        ),
    )
    # The ledger is append-only for everybody, a careless operator included.
    op.execute(
        """
        create function credit_ledger_is_append_only() returns trigger language plpgsql as $$
        begin
            raise exception 'credit_ledger is append-only: add a correcting entry instead';
        end $$
        """
    )
    op.execute(
        """
        create trigger credit_ledger_append_only before update or delete or truncate on credit_ledger
        for each statement execute function credit_ledger_is_append_only()
        """
    )


def downgrade() -> None:
    op.drop_table("resume_embeddings")
    op.drop_table("resume_chunks")
    op.drop_index(op.f("ix_matches_reading_id"), table_name="matches")
    op.drop_index("ix_matches_posting_id", table_name="matches")
    op.drop_index("ix_matches_of_user", table_name="matches")
    op.drop_table("matches")
    op.drop_index(op.f("ix_selfcheck_marks_run_id"), table_name="selfcheck_marks")
    op.drop_table("selfcheck_marks")
    op.drop_index("ix_run_events_of_user", table_name="run_events")
    op.drop_index("ix_run_events_of_run", table_name="run_events")
    op.drop_index("ix_run_events_at", table_name="run_events")
    op.drop_table("run_events")
    op.drop_index(op.f("ix_resume_readings_upload_id"), table_name="resume_readings")
    op.drop_index("ix_resume_readings_of_user", table_name="resume_readings")
    op.drop_table("resume_readings")
    op.drop_index("ix_harvests_of_source", table_name="harvests")
    op.drop_table("harvests")
    op.drop_index(op.f("ix_generated_contents_run_id"), table_name="generated_contents")
    op.drop_index(op.f("ix_generated_contents_posting_id"), table_name="generated_contents")
    op.drop_table("generated_contents")
    op.drop_index(
        "uq_runs_idempotency",
        table_name="runs",
        postgresql_where=sa.text("idempotency_key is not null"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index("ix_runs_of_user", table_name="runs")
    op.drop_index("ix_runs_leases", table_name="runs", postgresql_where=sa.text("status = 'running'"))
    op.drop_index("ix_runs_due", table_name="runs", postgresql_where=sa.text("status = 'queued'"))
    op.drop_index("ix_runs_children", table_name="runs", postgresql_where=sa.text("parent_id is not null"))
    op.drop_table("runs")
    op.drop_index(
        "ix_posting_embeddings_hnsw",
        table_name="posting_embeddings",
        postgresql_using="hnsw",
        postgresql_with={"m": 16, "ef_construction": 64},
        postgresql_ops={"embedding": "halfvec_cosine_ops"},
    )
    op.drop_table("posting_embeddings")
    op.drop_index("ix_credit_ledger_of_user", table_name="credit_ledger")
    op.drop_table("credit_ledger")
    op.drop_table("user_profiles")
    op.drop_index(op.f("ix_revoked_tokens_user_id"), table_name="revoked_tokens")
    op.drop_index(op.f("ix_revoked_tokens_expires_at"), table_name="revoked_tokens")
    op.drop_table("revoked_tokens")
    op.drop_index("ix_resume_uploads_of_user", table_name="resume_uploads")
    op.drop_index(op.f("ix_resume_uploads_blob_id"), table_name="resume_uploads")
    op.drop_table("resume_uploads")
    op.drop_index("ix_postings_skills", table_name="postings", postgresql_using="gin")
    op.drop_index("ix_postings_search", table_name="postings", postgresql_using="gin")
    op.drop_index(
        "ix_postings_recent",
        table_name="postings",
        postgresql_where=sa.text("owner_user_id is null and closed_at is null"),
    )
    op.drop_index("ix_postings_owner", table_name="postings", postgresql_where=sa.text("owner_user_id is not null"))
    op.drop_index("ix_postings_fingerprint", table_name="postings")
    op.drop_table("postings")
    op.drop_index(
        "ix_credit_reservations_open", table_name="credit_reservations", postgresql_where=sa.text("state = 'open'")
    )
    op.drop_table("credit_reservations")
    op.drop_table("credit_accounts")
    op.drop_table("users")
    op.drop_table("blobs")
    op.execute("drop function credit_ledger_is_append_only()")
