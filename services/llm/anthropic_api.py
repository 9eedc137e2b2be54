"""Anthropic's Messages API."""

from json import JSONDecodeError
from typing import Any

import anthropic
from anthropic.types import Message
from pydantic import BaseModel

from services.llm.asking import MAX_INPUT_TOKENS, Question, Reply, Turn, in_words, json_schema
from services.llm.failures import ProviderMisconfigured, Refused, Truncated, from_status, unreachable
from services.llm.model import Completion, Prompt, Value

DEFAULT_MODEL = "claude-haiku-4-5"
PROVIDER = "anthropic"
NO_STRICT_MODE = frozenset({400, 422})


class AnthropicModel:
    """The SDK does not retry, the runner does. A model without structured outputs is given the schema in words from
    then on. The data stays in the user message; there are no tools.
    """

    def __init__(
        self,
        model: str = "",
        *,
        api_key: str,
        base_url: str = "",
        timeout: float = 60.0,
        max_input_tokens: int = MAX_INPUT_TOKENS,
    ) -> None:
        self.model = model or DEFAULT_MODEL
        self.max_input_tokens = max_input_tokens
        self._strict = True
        self._client = anthropic.Anthropic(
            api_key=api_key or "none", base_url=base_url or None, timeout=timeout, max_retries=0
        )

    @property
    def method(self) -> str:
        return f"{PROVIDER}:{self.model}"

    def complete(
        self, prompt: Prompt, *, schema: type[Value], max_tokens: int, idempotency_key: str
    ) -> Completion[Value]:
        question = Question(prompt, schema, max_tokens, idempotency_key, self.model, self.method, self.max_input_tokens)
        return question.ask(lambda turn: self._send(turn, schema, strict=self._strict))

    def _send(self, turn: Turn, schema: type[BaseModel], *, strict: bool) -> Reply:
        try:
            answer = self._create(turn, schema, strict=strict)
        except anthropic.APIStatusError as error:
            if strict and error.status_code in NO_STRICT_MODE:
                reply = self._send(turn, schema, strict=False)
                self._strict = False
                return reply
            raise from_status(error, PROVIDER, setting="LLM") from error
        except (anthropic.APIConnectionError, JSONDecodeError) as error:
            raise unreachable(PROVIDER) from error
        return _reply(answer)

    def _create(self, turn: Turn, schema: type[BaseModel], *, strict: bool) -> Any:
        messages: Any = turn.messages()
        asked: dict[str, Any] = {"system": turn.system}
        if strict:
            asked["output_config"] = {"format": {"type": "json_schema", "schema": json_schema(schema)}}
        else:
            asked["system"] += f"\n\n{in_words(schema)}"
        headers = {"Idempotency-Key": turn.idempotency_key} if turn.idempotency_key else {}
        return self._client.messages.create(
            model=self.model, max_tokens=turn.max_tokens, messages=messages, extra_headers=headers, **asked
        )


def _reply(answer: Any) -> Reply:
    """Raises Refused, Truncated, or ProviderMisconfigured when this is no message at all."""
    if not isinstance(answer, Message) or not isinstance(answer.content, list):
        raise ProviderMisconfigured("what answered is no Messages API: check LLM_BASE_URL")
    if answer.stop_reason == "refusal":
        raise Refused("the model declined to write this", context={"provider": PROVIDER})
    if answer.stop_reason in {"max_tokens", "model_context_window_exceeded"}:
        raise Truncated("the answer passed its limit: raise LLM_MAX_COMPLETION_TOKENS", context={"provider": PROVIDER})
    text = "".join(block.text for block in answer.content if block.type == "text")
    used = answer.usage
    cached = (used.cache_creation_input_tokens or 0) + (used.cache_read_input_tokens or 0)
    return Reply(text, answer.model, used.input_tokens + cached, used.output_tokens)
