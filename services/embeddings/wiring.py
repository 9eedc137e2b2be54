"""Which embedder the settings ask for. Importing this file imports neither torch nor an SDK."""

from core import plugins
from core.settings import Settings
from services.embeddings.embedder import Embedder
from services.llm.failures import ProviderMisconfigured


def embedder_from(settings: Settings) -> Embedder:
    """Raises ProviderMisconfigured when the settings contradict each other."""
    if settings.embeddings_provider == "local":
        local: Embedder = plugins.load("services.embeddings.sentence:SentenceEmbedder")(settings.embeddings_model)
        return local
    if settings.llm_provider == "anthropic":
        raise ProviderMisconfigured(
            "EMBEDDINGS_PROVIDER=openai needs an OpenAI key, and LLM_API_KEY holds Anthropic's: "
            "set EMBEDDINGS_PROVIDER=local"
        )
    remote: Embedder = plugins.load("services.embeddings.openai_api:OpenAIEmbedder")(
        settings.embeddings_model,
        api_key=settings.llm_api_key.get_secret_value(),
        base_url=settings.llm_base_url,
        timeout=settings.llm_timeout_seconds,
    )
    return remote
