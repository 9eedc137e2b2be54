"""`/api/admin`: accounts and the list of the invited."""

from datetime import datetime
from typing import Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, EmailStr, StrictBool

from api.auth import CurrentAdmin
from api.deps import Tx, Wired
from models.user import User
from services import accounts, administration, audit

router = APIRouter(prefix="/api/admin", tags=["agent: admin"])


class AdminUser(BaseModel):
    id: int
    email: str
    full_name: str | None
    is_active: bool
    is_admin: bool
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(
            id=user.id,
            email=user.email,
            full_name=user.display_name,
            is_active=user.is_active,
            is_admin=user.is_admin,
            created_at=user.created_at,
        )


class UserList(BaseModel):
    users: list[AdminUser]
    total: int


class UserChange(BaseModel):
    is_active: StrictBool | None = None
    is_admin: StrictBool | None = None


class AllowedEmail(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    added_by: int | None
    created_at: datetime


class AllowList(BaseModel):
    allowed_emails: list[AllowedEmail]
    total: int


class AllowRequest(BaseModel):
    email: EmailStr


@router.get("/users")
def list_users(session: Tx, admin: CurrentAdmin) -> UserList:
    found = [AdminUser.of(user) for user in administration.users(session)]
    return UserList(users=found, total=len(found))


@router.put("/users/{user_id}")
def change_user(session: Tx, admin: CurrentAdmin, user_id: int, body: UserChange) -> AdminUser:
    changed = administration.change_user(session, admin.visitor, user_id, actor=admin.id, **body.model_dump())
    return AdminUser.of(changed)


@router.post("/users/{user_id}/reset-mfa", status_code=204, response_class=Response)
def reset_second_factor(session: Tx, admin: CurrentAdmin, services: Wired, user_id: int) -> None:
    """The way back in for somebody who lost app and recovery codes. Ends their sessions."""
    user = accounts.get(session, user_id)
    services.identity.forget_mfa(user.email)
    accounts.revoke_everything(session, user.id)
    audit.record(session, admin.visitor, "admin.mfa_reset", actor=admin.id, subject=user.id)


@router.post("/allowlist", status_code=201)
def allow(session: Tx, admin: CurrentAdmin, body: AllowRequest) -> AllowedEmail:
    return AllowedEmail.model_validate(administration.allow(session, admin.visitor, body.email, actor=admin.id))


@router.get("/allowlist")
def list_allowed(session: Tx, admin: CurrentAdmin) -> AllowList:
    found = [AllowedEmail.model_validate(one) for one in administration.allowlist(session)]
    return AllowList(allowed_emails=found, total=len(found))


@router.delete("/allowlist/{email}", status_code=204, response_class=Response)
def disallow(session: Tx, admin: CurrentAdmin, email: str) -> None:
    administration.disallow(session, admin.visitor, email, actor=admin.id)
