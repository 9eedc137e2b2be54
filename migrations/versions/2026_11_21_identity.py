"""Identity: second factors, refresh tokens, mailed codes, settings of a person, the audit log.

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column(
            "facts",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_of_actor", "audit_log", ["actor_id", "id"], unique=False)
    op.create_index("ix_audit_log_of_subject", "audit_log", ["subject_id", "id"], unique=False)
    op.create_table(
        "allowed_emails",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_allowed_emails_email_lower")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["users.id"], name=op.f("fk_allowed_emails_added_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowed_emails")),
        sa.UniqueConstraint("email", name=op.f("uq_allowed_emails_email")),
    )
    op.create_table(
        "auth_challenges",
        sa.Column("session_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('MFA_SETUP', 'SOFTWARE_TOKEN_MFA')", name=op.f("ck_auth_challenges_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_auth_challenges_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_auth_challenges")),
    )
    op.create_index("ix_auth_challenges_expires_at", "auth_challenges", ["expires_at"], unique=False)
    op.create_index(op.f("ix_auth_challenges_user_id"), "auth_challenges", ["user_id"], unique=False)
    op.create_table(
        "email_codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose in ('verify_email', 'confirm_sign_up')", name=op.f("ck_email_codes_purpose")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_email_codes_attempts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_email_codes_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_codes")),
    )
    op.create_index(op.f("ix_email_codes_user_id"), "email_codes", ["user_id"], unique=False)
    op.create_index(
        "uq_email_codes_alive",
        "email_codes",
        ["user_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("consumed_at is null"),
    )
    op.create_table(
        "mfa_devices",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("recovery_hashes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mfa_devices_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mfa_devices")),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("family", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_refresh_tokens_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_tokens")),
    )
    op.create_index("ix_refresh_tokens_expires_at", "refresh_tokens", ["expires_at"], unique=False)
    op.create_index("ix_refresh_tokens_family", "refresh_tokens", ["family"], unique=False)
    op.create_index(op.f("ix_refresh_tokens_user_id"), "refresh_tokens", ["user_id"], unique=False)
    op.create_table(
        "user_identities",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_identities_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_identities")),
        sa.UniqueConstraint("provider", "subject", name=op.f("uq_user_identities_provider_subject")),
        sa.UniqueConstraint("user_id", "provider", name=op.f("uq_user_identities_user_id_provider")),
    )
    op.create_table(
        "user_settings",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("auto_refresh_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("theme", sa.Text(), server_default=sa.text("'dark'"), nullable=False),
        sa.Column("default_jobs_sort", sa.Text(), server_default=sa.text("'updated_desc'"), nullable=False),
        sa.Column("default_jobs_view", sa.Text(), server_default=sa.text("'all'"), nullable=False),
        sa.Column("data_retention_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "ui_preferences",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("daily_application_goal", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("preferred_industries", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("auto_refresh_seconds between 0 and 60", name=op.f("ck_user_settings_auto_refresh_seconds")),
        sa.CheckConstraint(
            "daily_application_goal between 1 and 100", name=op.f("ck_user_settings_daily_application_goal")
        ),
        sa.CheckConstraint("data_retention_days between 0 and 3650", name=op.f("ck_user_settings_data_retention_days")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_settings_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_settings")),
    )
    op.add_column("user_profiles", sa.Column("experience_level", sa.Text(), nullable=True))
    op.add_column(
        "user_profiles",
        sa.Column("preferred_locations", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column(
        "user_profiles", sa.Column("prefer_remote", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("user_profiles", sa.Column("picture_url", sa.Text(), nullable=True))
    op.add_column(
        "users", sa.Column("is_email_verified", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("users", sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "users", sa.Column("must_change_password", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("users", sa.Column("tokens_valid_from", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_user_profiles_experience_level"), "user_profiles", "experience_level in ('junior', 'mid', 'senior')"
    )
    op.create_check_constraint(
        op.f("ck_users_verified_when"), "users", "is_email_verified = (email_verified_at is not null)"
    )
    op.create_index("uq_users_username_lower", "users", [sa.text("lower(username)")], unique=True)
    # The log is append-only for everybody: who may change the past can hide in it.
    op.execute(
        """
        create function audit_log_is_append_only() returns trigger language plpgsql as $$
        begin
            raise exception 'audit_log is append-only';
        end $$
        """
    )
    op.execute(
        """
        create trigger audit_log_append_only before update or delete or truncate on audit_log
        for each statement execute function audit_log_is_append_only()
        """
    )


def downgrade() -> None:
    op.drop_index("uq_users_username_lower", table_name="users")
    op.drop_constraint(op.f("ck_users_verified_when"), "users")
    op.drop_constraint(op.f("ck_user_profiles_experience_level"), "user_profiles")
    op.drop_column("users", "tokens_valid_from")
    op.drop_column("users", "must_change_password")
    op.drop_column("users", "email_verified_at")
    op.drop_column("users", "is_email_verified")
    op.drop_column("user_profiles", "picture_url")
    op.drop_column("user_profiles", "prefer_remote")
    op.drop_column("user_profiles", "preferred_locations")
    op.drop_column("user_profiles", "experience_level")
    op.drop_table("user_settings")
    op.drop_table("user_identities")
    op.drop_index(op.f("ix_refresh_tokens_user_id"), table_name="refresh_tokens")
    op.drop_index("ix_refresh_tokens_family", table_name="refresh_tokens")
    op.drop_index("ix_refresh_tokens_expires_at", table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_table("mfa_devices")
    op.drop_index("uq_email_codes_alive", table_name="email_codes", postgresql_where=sa.text("consumed_at is null"))
    op.drop_index(op.f("ix_email_codes_user_id"), table_name="email_codes")
    op.drop_table("email_codes")
    op.drop_index(op.f("ix_auth_challenges_user_id"), table_name="auth_challenges")
    op.drop_index("ix_auth_challenges_expires_at", table_name="auth_challenges")
    op.drop_table("auth_challenges")
    op.drop_table("allowed_emails")
    op.drop_index("ix_audit_log_of_subject", table_name="audit_log")
    op.drop_index("ix_audit_log_of_actor", table_name="audit_log")
    op.drop_table("audit_log")
    op.execute("drop function audit_log_is_append_only()")
