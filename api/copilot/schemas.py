"""The copilot's words for a person."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, EmailStr, Field, StringConstraints, model_validator

from models.user import User, UserProfile, UserSettings

# No @: a user name that reads as an address could stand in for somebody else's at log-in.
Username = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=50, pattern=r"^[^@\s]+$")]


class RegisterRequest(BaseModel):
    username: Username
    email: EmailStr
    password: str = Field(min_length=8, max_length=1000)
    full_name: str | None = Field(None, max_length=200)


class LogInRequest(BaseModel):
    """By user name, which may itself be an address, or by address."""

    username: str | None = Field(None, min_length=1, max_length=320)
    email: EmailStr | None = None
    password: str = Field(min_length=8, max_length=1000)

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.username or self.email):
            raise ValueError("send a user name or an e-mail address")
        return self

    def name(self) -> str:
        return str(self.email or self.username)


class UserView(BaseModel):
    id: int
    username: str
    email: str
    full_name: str | None
    skills: list[str]
    preferred_locations: list[str]
    experience_level: str | None
    daily_application_goal: int
    is_admin: bool
    is_active: bool
    prefer_remote_jobs: bool
    oauth_provider: str | None
    oauth_id: str | None
    profile_picture_url: str | None
    bio: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(
        cls, user: User, profile: UserProfile, settings: UserSettings, *, oauth: tuple[str, str] | None = None
    ) -> Self:
        provider, subject = oauth or (None, None)
        return cls(
            id=user.id,
            username=user.username,
            email=user.email,
            full_name=user.display_name,
            skills=profile.skills,
            preferred_locations=profile.preferred_locations,
            experience_level=profile.experience_level,
            daily_application_goal=settings.daily_application_goal,
            is_admin=user.is_admin,
            is_active=user.is_active,
            prefer_remote_jobs=profile.prefer_remote,
            oauth_provider=provider,
            oauth_id=subject,
            profile_picture_url=profile.picture_url,
            bio=profile.bio,
            created_at=user.created_at,
            updated_at=max(user.updated_at, profile.updated_at),
        )


class TokenOut(BaseModel):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 — the scheme's name
    expires_in: int
    user: UserView


class RegisteredOut(UserView):
    """The token and the user, and the user's fields once more at the top, where one of its clients looks."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 — the scheme's name
    expires_in: int
    user: UserView


class MessageOut(BaseModel):
    message: str
