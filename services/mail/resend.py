"""Mail through Resend's HTTP API."""

import httpx

from services.mail.mailer import Mail, away

_SECONDS = 10.0


class ResendMailer:
    def __init__(self, api_key: str, *, sender: str, base_url: str) -> None:
        self._sender = sender
        self._url = f"{base_url.rstrip('/')}/emails"
        self._headers = {"Authorization": f"Bearer {api_key}"}

    def send(self, mail: Mail) -> None:
        body = {"from": self._sender, "to": [mail.to], "subject": mail.subject, "text": mail.text}
        try:
            httpx.post(self._url, json=body, headers=self._headers, timeout=_SECONDS).raise_for_status()
        except httpx.HTTPError as error:
            raise away() from error
