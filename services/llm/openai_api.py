"""OpenAI, and any server that speaks its chat completions (LLM_BASE_URL)."""

from typing import Any

import openai
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from services.llm import tokens
from services.llm.asking import MAX_INPUT_TOKENS, Reply, Turn, in_words, json_schema
from services.llm.failures import ProviderMisconfigured, Refused, Truncated
from services.llm.provider import ProviderModel


class OpenAIModel(ProviderModel):
    """Compatible servers are given `max_tokens`, OpenAI itself `max_completion_tokens`, as each demands; a server that
    refuses a schema is asked in `json_object` mode.
    """

    provider, default_model = "openai", "gpt-4o-mini"
    status_error, connection_error = openai.APIStatusError, openai.APIConnectionError

    def _connect(self, **options: Any) -> openai.OpenAI:
        return openai.OpenAI(**options)

    @property
    def _limit_name(self) -> str:
        return "max_tokens" if self.base_url else "max_completion_tokens"

    def _create(self, turn: Turn, schema: type[BaseModel], headers: dict[str, str], *, strict: bool) -> Any:
        system = turn.system if strict else f"{turn.system}\n\n{in_words(schema)}"
        messages: Any = [{"role": "system", "content": system}, *turn.messages()]
        asked: dict[str, Any] = {self._limit_name: turn.max_tokens, "response_format": {"type": "json_object"}}
        if strict:
            named = {"name": schema.__name__, "schema": json_schema(schema), "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": named}
        return self._client.chat.completions.create(model=self.model, messages=messages, extra_headers=headers, **asked)

    def _reply(self, answer: Any) -> Reply:
        if not isinstance(answer, ChatCompletion) or not answer.choices:
            raise ProviderMisconfigured("what answered is no chat completions API: check LLM_BASE_URL")
        choice, context = answer.choices[0], {"provider": self.provider}
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise Refused("the model declined to write this", context=context)
        if choice.finish_reason == "length":
            raise Truncated("the answer passed its limit: raise LLM_MAX_COMPLETION_TOKENS", context=context)
        text, used = choice.message.content or "", answer.usage
        model = answer.model or self.model
        if used is None:
            # A server that does not say is taken to have used all that it was sent, and the bound of what it answered.
            return Reply(text, model, MAX_INPUT_TOKENS // 2, tokens.count(text, self.model).n)
        return Reply(text, model, used.prompt_tokens, used.completion_tokens)
