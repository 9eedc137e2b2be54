"""Sending mail: an outbox folder, SMTP, or Resend. Files here know no reason for a mail and keep no copy of it."""
