"""The agent's shapes."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, EmailStr, Field


class RegisterRequest(BaseModel):
    email: EmailStr
    password: str = Field(min_length=8, max_length=100)
    full_name: str | None = Field(None, max_length=200)


class LoginRequest(BaseModel):
    email: EmailStr
    password: str = Field(max_length=1000)


class TokenResponse(BaseModel):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 — the scheme's name
    expires_in: int


class RegisterResponse(TokenResponse):
    id: int
    email: str
    full_name: str | None
    is_active: bool
    is_admin: bool
    created_at: datetime


class MessageResponse(BaseModel):
    message: str


class UserResponse(BaseModel):
    id: int
    email: str
    full_name: str | None
    bio: str | None
    skills: list[str]
    experience_years: int | None
    preferences: dict[str, Any]
    cv_filename: str | None
    cv_uploaded_at: datetime | None
    is_admin: bool
    is_active: bool
    created_at: datetime
    updated_at: datetime
