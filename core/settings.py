"""Every setting, read once from the environment. `docs/operations.md` explains the ones an operator meets."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_SECRET_BYTES = 32
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DEV_SECRET = "offerline-dev-secret-change-me-before-going-public"  # noqa: S105 — refused outside dev, see below


def _words(value: Any) -> Any:
    """`a, b` as an operator writes it; anything else is left to pydantic."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """Times are seconds and sizes are bytes unless a name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", frozen=True)

    env: Literal["dev", "test", "prod"] = "dev"
    data_dir: Path = Path("var")
    database_url: str = "postgresql://postgres@/postgres?host=var/postgres"
    redis_url: str = "redis://127.0.0.1:6379/0"
    secret_key: SecretStr = SecretStr(DEV_SECRET)
    log_level: str = "INFO"
    log_json: bool = False

    # The API process
    api_host: str = "127.0.0.1"
    api_port: int = Field(8000, ge=1, le=65535)
    api_threads: int = Field(16, ge=1, le=256)
    health_status_word: str = "healthy"
    public_url: str = "http://localhost:8000"
    max_body_bytes: int = 12 * 1024 * 1024
    wait_seconds: float = 45.0
    cors_origins: tuple[str, ...] = tuple(
        f"http://localhost:{port}" for port in (3000, 3002, 5173, 5174, 4173, 8002, 8081)
    )
    sockets_per_user: int = 20

    # Identity
    disable_auth: bool = False
    access_token_seconds: int = 7 * 24 * 3600
    argon2_concurrency: int = 2
    identity_provider: Literal["local", "cognito"] = "local"
    registration_mode: Literal["open", "allowlist", "closed"] = "open"
    allowed_emails: Words = ()
    admin_emails: Words = ()
    refreshable_token_seconds: int = Field(3600, ge=180)
    refresh_token_seconds: int = 30 * 24 * 3600
    refresh_reuse_grace_seconds: float = Field(0, ge=0)
    email_verification_required: bool = False
    email_code_seconds: int = 900
    email_code_cooldown_seconds: int = 60
    email_code_attempts: int = 10
    mfa_required: bool = False
    mfa_issuer: str = "Offerline"
    challenge_seconds: int = 300
    challenge_attempts: int = 5

    # Google sign-in: off until both are set
    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    google_discovery_url: str = "https://accounts.google.com/.well-known/openid-configuration"
    copilot_frontend_url: str = "http://localhost:8002"
    oauth_seconds: int = 600

    # Cognito: an app client without a secret, with USER_PASSWORD_AUTH; credentials come from the environment as usual
    cognito_region: str = ""
    cognito_user_pool_id: str = ""
    cognito_client_id: str = ""
    cognito_endpoint_url: str = ""
    cognito_jwks_url: str = ""

    # Mail: the outbox is a folder below DATA_DIR
    mail_provider: Literal["outbox", "smtp", "resend"] = "outbox"
    mail_from: str = "Offerline <no-reply@offerline.invalid>"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    resend_api_key: SecretStr = SecretStr("")
    resend_base_url: str = "https://api.resend.com"

    # Captcha: off | turnstile; unset means off, and in production turnstile
    captcha_provider: Literal["off", "turnstile"] | None = None
    turnstile_secret_key: SecretStr = SecretStr("")
    turnstile_url: str = "https://challenges.cloudflare.com/turnstile/v0/siteverify"

    # Limits: names and defaults are in services/limits/rules.py; RATE_LIMITS={"auth_login": "10/60"} changes some
    rate_limit_enabled: bool | None = None
    rate_limits: dict[str, str] = Field(default_factory=dict)
    rate_limit_default_max_requests: int = Field(60, ge=1)
    rate_limit_default_window_seconds: int = Field(60, ge=1)
    ai_rate_limit_max_requests: int = Field(10, ge=1)
    ai_rate_limit_window_seconds: int = Field(60, ge=1)
    trusted_proxies: Words = ()

    # Runs
    lease_seconds: float = 15.0
    heartbeat_seconds: float = 4.0
    dispatch_poll_seconds: float = 1.0
    dispatch_batch: int = 500
    redispatch_seconds: float = 10.0
    sweep_seconds: float = 3.0
    event_retention_days: int = 90

    # Uploads and storage
    max_upload_bytes: int = 10 * 1024 * 1024
    storage_dir: Path | None = None
    analysis_retries: int = Field(3, ge=0)

    # Credits (1 credit = 1 cent)
    signup_credits: int = Field(0, ge=0)
    credits_enforced: bool = True
    reservation_hours: float = 24.0

    # Language models: local | openai | anthropic | any OpenAI-compatible server by its base URL
    llm_provider: Literal["local", "openai", "anthropic"] = "local"
    llm_model: str = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_base_url: str = ""
    llm_timeout_seconds: float = 60.0
    llm_max_completion_tokens: int = 1200
    llm_credits_per_1k_input: float = 1.0
    llm_credits_per_1k_output: float = 4.0
    local_credits_per_1k_output: float = 0.0
    second_opinions_per_day: int = Field(20, ge=0)

    # Embeddings
    embeddings_provider: Literal["local", "openai"] = "local"
    embeddings_model: str = ""

    # Harvest
    harvest_sources: tuple[str, ...] = ("remoteok", "weworkremotely")
    harvest_base_urls: dict[str, str] = Field(default_factory=dict)
    harvest_minutes: int = Field(60, ge=1)
    harvest_contact: str = "https://github.com/offerline/offerline"
    harvest_file: Path | None = None
    adzuna_app_id: str = ""
    adzuna_app_key: SecretStr = SecretStr("")
    usajobs_key: SecretStr = SecretStr("")
    usajobs_email: str = ""
    themuse_key: SecretStr = SecretStr("")

    @property
    def limits_on(self) -> bool:
        """Test suites register hundreds of people from one address."""
        return self.env != "test" if self.rate_limit_enabled is None else self.rate_limit_enabled

    @property
    def blobs_dir(self) -> Path:
        return self.storage_dir or self.data_dir / "blobs"

    @property
    def sources_file(self) -> Path:
        """What the operator tells the sources; it need not exist."""
        return self.harvest_file or self.data_dir / "sources.toml"

    @model_validator(mode="after")
    def _refuse_defaults_in_production(self) -> Self:
        secret = self.secret_key.get_secret_value()
        if self.env == "prod" and (secret == DEV_SECRET or len(secret.encode()) < _SECRET_BYTES):
            raise ValueError("SECRET_KEY is its development value or too short: set it to 32 random bytes or more")
        if self.disable_auth and (self.env == "prod" or self.api_host not in LOOPBACK):
            raise ValueError("DISABLE_AUTH lets everybody in: it is for ENV=dev or test, with API_HOST on loopback")
        if self.llm_provider != "local" and not self.llm_api_key.get_secret_value() and not self.llm_base_url:
            raise ValueError(f"LLM_PROVIDER={self.llm_provider} needs LLM_API_KEY or LLM_BASE_URL")
        if self.identity_provider == "cognito" and not (self.cognito_user_pool_id and self.cognito_client_id):
            raise ValueError("IDENTITY_PROVIDER=cognito needs COGNITO_REGION, COGNITO_USER_POOL_ID, COGNITO_CLIENT_ID")
        if self.heartbeat_seconds * 3 > self.lease_seconds:
            raise ValueError("LEASE_SECONDS must be at least three heartbeats long, or healthy workers lose their runs")
        return self


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    return Settings()
