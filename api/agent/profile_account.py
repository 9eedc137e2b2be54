"""`GET/PUT /api/profile`: what a person tells about themselves."""

import json
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from api.agent.auth import user_response
from api.agent.schemas import UserResponse
from api.auth import CurrentCaller
from api.deps import Tx
from services import accounts, personal

router = APIRouter(prefix="/api/profile", tags=["agent: profile"])

_MAX_PREFERENCES = 256 * 1024
Skill = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Word = Annotated[str, Field(max_length=200)]
Words = Annotated[list[Word], Field(max_length=200)]


class Preferences(BaseModel):
    """The keys that others read are checked; further ones are the client's own and kept as they are. `parsed_cv` comes
    from the résumé and is put right at `/api/profile/cv/parsed`: a copy that a client sends back is dropped.
    """

    model_config = ConfigDict(extra="allow")

    target_roles: Words | None = None
    remote_only: bool | None = None
    remote_types: list[Literal["full", "hybrid", "onsite"]] | None = None
    min_salary: float | None = Field(None, ge=0, le=1e12)
    max_salary: float | None = Field(None, ge=0, le=1e12)
    job_types: list[Literal["permanent", "contract", "freelance", "part-time"]] | None = None
    preferred_countries: Words | None = None
    eligible_regions: Words | None = None
    needs_visa_sponsorship: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_the_resume(cls, sent: Any) -> Any:
        return {name: value for name, value in sent.items() if name != "parsed_cv"} if isinstance(sent, dict) else sent

    @model_validator(mode="after")
    def _of_a_sane_size(self) -> Self:
        if len(json.dumps(self.model_dump(exclude_unset=True))) > _MAX_PREFERENCES:
            raise ValueError("preferences are larger than 256 KB")
        return self


class ProfileRequest(BaseModel):
    """Absent fields stay as they are."""

    full_name: str | None = Field(None, max_length=200)
    bio: str | None = Field(None, max_length=1000)
    skills: list[Skill] | None = Field(None, max_length=500)
    experience_years: int | None = Field(None, ge=0, le=70)
    preferences: Preferences | None = None

    def changes(self) -> dict[str, Any]:
        """By our own names. A null clears what may be empty, and says nothing of a list."""
        sent = self.model_dump(exclude_unset=True)
        if "full_name" in sent:
            sent["display_name"] = sent.pop("full_name")
        return {
            name: value for name, value in sent.items() if value is not None or name not in ("skills", "preferences")
        }


@router.get("")
def read_profile(session: Tx, caller: CurrentCaller) -> UserResponse:
    return user_response(session, caller.user, accounts.profile(session, caller.id))


@router.put("")
def change_profile(session: Tx, caller: CurrentCaller, body: ProfileRequest) -> UserResponse:
    return user_response(session, *personal.change_profile(session, caller.id, body.changes()))
