"""Amazon Cognito through boto3 (extra `aws`): it keeps passwords and second factors, we keep the accounts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from core.clock import utc_now
from core.db import transaction
from core.errors import AppError, BadRequest, Unauthenticated, Unavailable
from core.settings import Settings
from models.user import User
from services import accounts
from services.identity import cognito_recovery as recovery
from services.identity import factors
from services.identity.cognito_accounts import account_of
from services.identity.cognito_tokens import read_access_token
from services.identity.provider import (
    Challenge,
    Credential,
    MfaSecret,
    Outcome,
    Tokens,
    dead_session,
    second_factor_needed,
    wrong_code,
    wrong_password,
)
from services.identity.tokens import invalid_token

_TIMES = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2, "mode": "standard"})
_WRONG_PAIR = ("NotAuthorizedException", "UserNotFoundException")
_WRONG_CODE = ("CodeMismatchException", "EnableSoftwareTokenMFAException", "ExpiredCodeException")
_GONE = ("NotAuthorizedException", "ResourceNotFoundException", "UserNotFoundException", "InvalidParameterException")


class CognitoIdentity:
    """See IdentityProvider. Of an address unknown to Cognito it says what the pool is set to say: set it to be silent
    (`PreventUserExistenceErrors`).
    """

    name = "cognito"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def enrol(self, email: str, password: str, name: str | None, *, confirmed: bool) -> Credential:
        attributes = _attributes(email=email, **({"name": name} if name else {}))
        with _saying({"UsernameExistsException": accounts.email_taken()}):
            made = self._cognito.sign_up(
                ClientId=self._client_id, Username=email, Password=password, UserAttributes=attributes
            )
            if confirmed:
                self._cognito.admin_confirm_sign_up(**self._user(email))
        return Credential(subject=str(made["UserSub"]), confirmed=confirmed)

    def proves(self, email: str, password: str) -> bool:
        try:
            answer = self._begun(email, password)
        except AppError as error:
            if error.status == 401:  # noqa: PLR2004 — a wrong pair; everything else is worth saying
                return False
            raise
        if "ChallengeName" in answer:
            raise second_factor_needed()
        self._user_of_token(str(answer["AuthenticationResult"]["AccessToken"]))
        return True

    def confirm(self, email: str, code: str) -> None:
        wrong = BadRequest("This code is wrong or has expired.", code="WRONG_CODE")
        with _saying(dict.fromkeys((*_WRONG_CODE, *_GONE), wrong)):
            self._cognito.confirm_sign_up(ClientId=self._client_id, Username=email, ConfirmationCode=code)

    def log_in(self, email: str, password: str) -> Outcome:
        outcome = self._outcome(self._begun(email, password))
        if isinstance(outcome, Challenge):
            recovery.remember(self._settings, email, outcome)
        return outcome

    def answer(self, email: str, challenge: str, session: str, responses: Mapping[str, str]) -> Outcome:
        """A recovery code switches the lost app off at Cognito, and lets its owner in with a token of ours."""
        code = responses.get("SOFTWARE_TOKEN_MFA_CODE", "")
        if challenge == factors.SOFTWARE_TOKEN and not code.strip().isdecimal():
            user = recovery.spend(self._settings, email, session, code)
            self.forget_mfa(email)
            return recovery.tokens(self._settings, user)
        says = dict.fromkeys(_WRONG_CODE, wrong_code()) | dict.fromkeys(_GONE, dead_session())
        with _saying(says):
            answer = self._cognito.respond_to_auth_challenge(
                ClientId=self._client_id,
                ChallengeName=challenge,
                Session=session,
                ChallengeResponses={"USERNAME": email, **responses},
            )
        return self._outcome(answer)

    def begin_mfa(self, session: str) -> MfaSecret:
        with _saying(dict.fromkeys(_GONE, dead_session())):
            begun = self._cognito.associate_software_token(**self._either(session))
        return MfaSecret(str(begun["SecretCode"]), str(begun.get("Session") or session))

    def finish_mfa(self, email: str, session: str, code: str, device: str | None) -> Outcome:
        wrong = BadRequest("Wrong code", code="WRONG_CODE")
        named = {"FriendlyDeviceName": device} if device else {}
        with _saying(dict.fromkeys(_WRONG_CODE, wrong) | dict.fromkeys(_GONE, dead_session())):
            done = self._cognito.verify_software_token(UserCode=code, **self._either(session), **named)
            if done.get("Status") != "SUCCESS":
                raise wrong
        if self._is_token(session):
            entered: Outcome = self._again(session)
        else:
            entered = self.answer(email, "MFA_SETUP", str(done["Session"]), {})
        return self._with_factor(entered, device) if isinstance(entered, Tokens) else entered

    def provision(self, token: str) -> None:
        with _saying(dict.fromkeys(_GONE, invalid_token())):
            self._user_of_token(token)

    def refresh(self, refresh_token: str, asked_at: datetime | None = None) -> Tokens:
        """Cognito answers no new refresh token unless the pool rotates them: then the old one stays good."""
        with _saying(dict.fromkeys(_GONE, invalid_token())):
            answer = self._cognito.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": refresh_token},
            )
        answer["AuthenticationResult"].setdefault("RefreshToken", refresh_token)
        return self._tokens(answer["AuthenticationResult"])

    def change_password(self, email: str, current: str, new: str) -> None:
        """A challenge after the password proves the password as well as tokens do."""
        with _saying(dict.fromkeys(_WRONG_PAIR, wrong_password())):
            self._initiated(email, current)
        with _saying({}):
            self._cognito.admin_set_user_password(**self._user(email), Password=new, Permanent=True)
            self._cognito.admin_user_global_sign_out(**self._user(email))
        with transaction() as session:
            user = accounts.find(session, email)
            if user:
                accounts.revoke_everything(session, user.id)

    def email_verified(self, email: str) -> None:
        with _saying({}):
            self._cognito.admin_update_user_attributes(
                **self._user(email), UserAttributes=_attributes(email_verified="true")
            )

    def _with_factor(self, entered: Tokens, device: str | None) -> Tokens:
        """Asked for from now on. The token says whose factor it is: the request's e-mail address may be anybody's."""
        with _saying(dict.fromkeys(_GONE, dead_session())):
            self._cognito.set_user_mfa_preference(
                AccessToken=entered.access_token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
            )
        with transaction() as session:
            codes = factors.adopt_outside_device(session, self._settings, entered.user_id, device)
        return replace(entered, recovery_codes=codes)

    def forget_mfa(self, email: str) -> None:
        with _saying(dict.fromkeys(_GONE, BadRequest("This account is not kept at the identity provider."))):
            self._cognito.admin_set_user_mfa_preference(
                **self._user(email), SoftwareTokenMfaSettings={"Enabled": False, "PreferredMfa": False}
            )
        with transaction() as session:
            user = accounts.find(session, email)
            if user:
                factors.forget_device(session, user.id)

    @cached_property
    def _cognito(self) -> Any:
        endpoint = self._settings.cognito_endpoint_url or None
        return boto3.client(
            "cognito-idp", region_name=self._settings.cognito_region, endpoint_url=endpoint, config=_TIMES
        )

    @property
    def _client_id(self) -> str:
        return self._settings.cognito_client_id

    def _user(self, email: str) -> dict[str, str]:
        return {"UserPoolId": self._settings.cognito_user_pool_id, "Username": email}

    def _begun(self, email: str, password: str) -> dict[str, Any]:
        unconfirmed = BadRequest("Confirm your account with the code we mailed you first.", code="NOT_CONFIRMED")
        says = dict.fromkeys(_WRONG_PAIR, accounts.wrong_credentials())
        with _saying({**says, "UserNotConfirmedException": unconfirmed}):
            return self._initiated(email, password)

    def _initiated(self, email: str, password: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._cognito.initiate_auth(
            ClientId=self._client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )
        return answer

    def _outcome(self, answer: dict[str, Any]) -> Outcome:
        if "ChallengeName" in answer:
            return Challenge(str(answer["ChallengeName"]), str(answer["Session"]))
        return self._tokens(answer["AuthenticationResult"])

    def _tokens(self, result: dict[str, Any]) -> Tokens:
        token = str(result["AccessToken"])
        return Tokens(
            user_id=accounts.active(self._user_of_token(token), Unauthenticated).id,
            access_token=token,
            expires_in=int(result["ExpiresIn"]),
            id_token=result.get("IdToken"),
            refresh_token=result.get("RefreshToken"),
        )

    def _user_of_token(self, token: str) -> User:
        """The account, made if need be; whether it may come in is for the caller's door to say."""
        subject = str(read_access_token(self._settings, token).subject)
        with _saying(dict.fromkeys(_GONE, invalid_token())):
            told = self._cognito.get_user(AccessToken=token)
        facts = {one["Name"]: one["Value"] for one in told["UserAttributes"]}
        verified = facts.get("email_verified", "").lower() == "true"
        email = accounts.normal_email(str(facts["email"]))
        with transaction() as session:
            return account_of(
                session, self._settings, subject=subject, email=email, name=facts.get("name"), verified=verified
            )

    def _again(self, token: str) -> Tokens:
        """Whoever added a factor while logged in goes on with the token they have."""
        claims = read_access_token(self._settings, token)
        left = int((claims.expires_at - utc_now()).total_seconds())
        return Tokens(user_id=self._user_of_token(token).id, access_token=token, expires_in=left)

    def _either(self, text: str) -> dict[str, str]:
        return {"AccessToken": text} if self._is_token(text) else {"Session": text}

    def _is_token(self, text: str) -> bool:
        """Of somebody who is still logged in: a token that was logged out here is alive at Cognito."""
        try:
            claims = read_access_token(self._settings, text)
        except Unauthenticated:
            return False
        with transaction() as session:
            accounts.holder(session, claims, Unauthenticated)
        return True


def _attributes(**facts: str) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in facts.items()]


@contextmanager
def _saying(answers: Mapping[str, AppError]) -> Iterator[None]:
    """Cognito's errors by name in our words. What is not named is a refusal of the request, or Cognito being away."""
    try:
        yield
    except ClientError as error:
        name = str(error.response.get("Error", {}).get("Code"))
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        if name in answers:
            raise answers[name] from error
        if name == "InvalidPasswordException":
            raise BadRequest("The identity provider finds this password too weak.", code="WEAK_PASSWORD") from error
        if status >= 500 or name in ("TooManyRequestsException", "LimitExceededException"):  # noqa: PLR2004
            raise _away() from error
        raise _refused() from error
    except ParamValidationError as error:  # never sent: too short or too long to be anything of Cognito's
        raise answers.get("InvalidParameterException", _refused()) from error
    except BotoCoreError as error:
        raise _away() from error


def _refused() -> BadRequest:
    return BadRequest("The identity provider refused this.", code="PROVIDER_REFUSED")


def _away() -> Unavailable:
    return Unavailable("The identity provider cannot be reached right now. Try again shortly.")
