"""Which way mail goes."""

from core.settings import Settings
from services.mail.mailer import Mailer, OutboxMailer
from services.mail.resend import ResendMailer
from services.mail.smtp import SmtpMailer


def mailer_from(settings: Settings) -> Mailer:
    if settings.mail_provider == "smtp":
        return SmtpMailer(
            settings.smtp_host,
            settings.smtp_port,
            sender=settings.mail_from,
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
        )
    if settings.mail_provider == "resend":
        key = settings.resend_api_key.get_secret_value()
        return ResendMailer(key, sender=settings.mail_from, base_url=settings.resend_base_url)
    return OutboxMailer(settings.data_dir / "outbox", settings.mail_from)
