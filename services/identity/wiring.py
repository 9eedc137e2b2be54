"""Which identity provider the settings ask for. Importing this file imports no SDK."""

from core import plugins
from core.settings import Settings
from services.identity.provider import IdentityProvider

PROVIDERS = {
    "local": "services.identity.local:LocalIdentity",
    "cognito": "services.identity.cognito:CognitoIdentity",
}


def identity_from(settings: Settings) -> IdentityProvider:
    provider: IdentityProvider = plugins.load(PROVIDERS[settings.identity_provider])(settings)
    return provider
