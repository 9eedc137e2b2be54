"""Mail by SMTP: TLS from the start, or by STARTTLS, or none for a relay on the same machine."""

import smtplib
import ssl

from services.mail.mailer import Mail, away, message_of

_SECONDS = 10.0


class SmtpMailer:
    def __init__(self, host: str, port: int, *, sender: str, security: str, user: str = "", password: str = "") -> None:
        self._server = (host, port)
        self._sender = sender
        self._security = security
        self._login = (user, password)

    def send(self, mail: Mail) -> None:
        try:
            with self._connected() as server:
                if self._security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self._login[0]:
                    server.login(*self._login)
                server.send_message(message_of(mail, self._sender))
        except (OSError, smtplib.SMTPException) as error:
            raise away() from error

    def _connected(self) -> smtplib.SMTP:
        host, port = self._server
        if self._security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=_SECONDS)
