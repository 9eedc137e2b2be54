"""Mail by every way: a folder, a server on this machine, Resend's API in its own words."""

import email
from collections.abc import Iterator, Mapping
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from core.errors import Unavailable
from core.settings import get_settings
from services.mail.mailer import Mail, OutboxMailer
from services.mail.resend import ResendMailer
from services.mail.smtp import SmtpMailer
from services.mail.wiring import mailer_from
from tests.local_http import serving
from tests.processes import free_port

SENDER = "Offerline <no-reply@example.org>"
MAIL = Mail("ada@example.org", "Your code — naïve", "Your code is 123456.\n")


class Inbox:
    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 — the library's
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    one, port = Inbox(), free_port()
    controller = Controller(one, hostname="127.0.0.1", port=port)
    controller.start()
    yield one, port
    controller.stop()


def _read(raw: bytes) -> tuple[str, str, str]:
    message = email.message_from_bytes(raw, policy=policy.default)
    return str(message["To"]), str(message["Subject"]), message.get_content()


def test_the_outbox_holds_mails_that_mail_programs_open_and_others_do_not(tmp_path: Path) -> None:
    OutboxMailer(tmp_path / "outbox", SENDER).send(MAIL)
    (file,) = (tmp_path / "outbox").glob("*.eml")
    assert _read(file.read_bytes()) == (MAIL.to, MAIL.subject, MAIL.text)
    assert file.stat().st_mode & 0o077 == 0


def test_an_outbox_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(Unavailable):
        OutboxMailer(tmp_path / "outbox", SENDER).send(MAIL)


def test_smtp(inbox: tuple[Inbox, int]) -> None:
    one, port = inbox
    SmtpMailer("127.0.0.1", port, sender=SENDER, security="none").send(MAIL)
    (envelope,) = one.envelopes
    assert (envelope.rcpt_tos, envelope.mail_from) == (["ada@example.org"], "no-reply@example.org")
    content = envelope.content
    assert isinstance(content, bytes)
    assert "123456" in _read(content)[2]


def test_smtp_without_the_tls_it_was_told_to_use_sends_nothing(inbox: tuple[Inbox, int]) -> None:
    one, port = inbox
    with pytest.raises(Unavailable):
        SmtpMailer("127.0.0.1", port, sender=SENDER, security="starttls").send(MAIL)
    assert one.envelopes == []


def test_smtp_that_is_away() -> None:
    with pytest.raises(Unavailable):
        SmtpMailer("127.0.0.1", free_port(), sender=SENDER, security="none").send(MAIL)


@pytest.mark.parametrize(("status", "works"), [(200, True), (401, False), (500, False)])
def test_resend(status: int, works: bool) -> None:
    seen: list[tuple[Any, str]] = []

    def emails(body: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        seen.append((body, headers["Authorization"]))
        return status, {"id": "1"}

    with serving({"/emails": emails}) as url:
        mailer = ResendMailer("key", sender=SENDER, base_url=url)
        if works:
            mailer.send(MAIL)
        else:
            with pytest.raises(Unavailable):
                mailer.send(MAIL)
    assert seen == [({"from": SENDER, "to": [MAIL.to], "subject": MAIL.subject, "text": MAIL.text}, "Bearer key")]


@pytest.mark.parametrize("header", ["a@example.org\r\nBcc: eve@example.org", "a@example.org\nX: y"])
def test_no_header_grows_out_of_an_address(tmp_path: Path, header: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        OutboxMailer(tmp_path, SENDER).send(Mail(header, "x", "x"))


@pytest.mark.parametrize(("name", "kind"), [("outbox", OutboxMailer), ("smtp", SmtpMailer), ("resend", ResendMailer)])
def test_the_setting_chooses(name: str, kind: type) -> None:
    assert isinstance(mailer_from(get_settings().model_copy(update={"mail_provider": name})), kind)
