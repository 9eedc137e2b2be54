"""Anthropic's Messages API."""

from typing import Any

import anthropic
from anthropic.types import Message
from pydantic import BaseModel

from services.llm.asking import Reply, Turn, in_words, json_schema
from services.llm.failures import ProviderMisconfigured, Refused, Truncated
from services.llm.provider import ProviderModel


class AnthropicModel(ProviderModel):
    """The data stays in the user message; there are no tools."""

    provider, default_model = "anthropic", "claude-haiku-4-5"
    status_error, connection_error = anthropic.APIStatusError, anthropic.APIConnectionError

    def _connect(self, **options: Any) -> anthropic.Anthropic:
        return anthropic.Anthropic(**options)

    def _create(self, turn: Turn, schema: type[BaseModel], headers: dict[str, str], *, strict: bool) -> Any:
        messages: Any = turn.messages()
        asked: dict[str, Any] = {"system": turn.system}
        if strict:
            asked["output_config"] = {"format": {"type": "json_schema", "schema": json_schema(schema)}}
        else:
            asked["system"] += f"\n\n{in_words(schema)}"
        return self._client.messages.create(
            model=self.model, max_tokens=turn.max_tokens, messages=messages, extra_headers=headers, **asked
        )

    def _reply(self, answer: Any) -> Reply:
        if not isinstance(answer, Message) or not isinstance(answer.content, list):
            raise ProviderMisconfigured("what answered is no Messages API: check LLM_BASE_URL")
        context = {"provider": self.provider}
        if answer.stop_reason == "refusal":
            raise Refused("the model declined to write this", context=context)
        if answer.stop_reason in {"max_tokens", "model_context_window_exceeded"}:
            raise Truncated("the answer passed its limit: raise LLM_MAX_COMPLETION_TOKENS", context=context)
        text = "".join(block.text for block in answer.content if block.type == "text")
        used = answer.usage
        cached = (used.cache_creation_input_tokens or 0) + (used.cache_read_input_tokens or 0)
        return Reply(text, answer.model, used.input_tokens + cached, used.output_tokens)
