"""Keys derived from the one secret, a purpose each: what is stored with one cannot be forged or read with another."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet

from core.settings import Settings


def keyed_hash(settings: Settings, purpose: str, *parts: object) -> str:
    """HMAC-SHA256, hex. A leaked table of six-digit codes says nothing without the secret."""
    text = "\x1f".join(str(part) for part in parts)
    return hmac.new(_key(settings, purpose), text.encode(), hashlib.sha256).hexdigest()


def sealed(settings: Settings, purpose: str, text: str) -> str:
    return _box(settings, purpose).encrypt(text.encode()).decode()


def opened(settings: Settings, purpose: str, text: str) -> str:
    """Raises cryptography's InvalidToken when SECRET_KEY has changed since."""
    return _box(settings, purpose).decrypt(text.encode()).decode()


def _box(settings: Settings, purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_key(settings, purpose)))


def _key(settings: Settings, purpose: str) -> bytes:
    return hmac.new(settings.secret_key.get_secret_value().encode(), purpose.encode(), hashlib.sha256).digest()
