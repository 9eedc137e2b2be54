"""What a mail is, and the outbox: the way to send one on a machine without a mail server."""

import os
import secrets
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol

from core.clock import utc_now
from core.errors import Unavailable
from core.log import get_logger

log = get_logger(__name__)


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str = field(repr=False)


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand it on before returning. Raises Unavailable."""


class OutboxMailer:
    """Writes each mail to a file that mail programs open, readable by its owner alone: codes are in there."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        name = f"{utc_now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(message_of(mail, self._sender).as_bytes())
        except OSError as error:
            raise away() from error
        log.info("mail_in_outbox", file=name)


def message_of(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"], message["Message-ID"] = format_datetime(utc_now()), make_msgid(domain="offerline.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def away() -> Unavailable:
    return Unavailable("Mail cannot be sent right now. Try again shortly.", code="MAIL_UNAVAILABLE")
