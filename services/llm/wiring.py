"""Which language model the settings ask for. Importing this file imports no SDK."""

from core import plugins
from core.settings import Settings
from services.llm.model import LanguageModel

PROVIDERS = {
    "openai": "services.llm.openai_api:OpenAIModel",
    "anthropic": "services.llm.anthropic_api:AnthropicModel",
}


def language_model_from(settings: Settings) -> LanguageModel | None:
    """None for `local`: then whoever wants a text writes it by rules."""
    if settings.llm_provider == "local":
        return None
    model: LanguageModel = plugins.load(PROVIDERS[settings.llm_provider])(
        settings.llm_model,
        api_key=settings.llm_api_key.get_secret_value(),
        base_url=settings.llm_base_url,
        timeout=settings.llm_timeout_seconds,
    )
    return model
