"""OpenAI, and any server that speaks its chat completions (LLM_BASE_URL)."""

from json import JSONDecodeError
from typing import Any

import openai
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from services.llm import tokens
from services.llm.asking import MAX_INPUT_TOKENS, Question, Reply, Turn, in_words, json_schema
from services.llm.failures import ProviderMisconfigured, Refused, Truncated, from_status, unreachable
from services.llm.model import Completion, Prompt, Value

DEFAULT_MODEL = "gpt-4o-mini"
PROVIDER = "openai"
NO_STRICT_MODE = frozenset({400, 422})


class OpenAIModel:
    """The SDK does not retry, the runner does. A server that refuses a JSON schema is asked in `json_object` mode from
    then on. Compatible servers are given `max_tokens`, OpenAI itself `max_completion_tokens`, as each demands.
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
        self._limit_name = "max_tokens" if base_url else "max_completion_tokens"
        self._strict = True
        self._client = openai.OpenAI(
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
        except openai.APIStatusError as error:
            if strict and error.status_code in NO_STRICT_MODE:
                reply = self._send(turn, schema, strict=False)
                self._strict = False
                return reply
            raise from_status(error, PROVIDER, setting="LLM") from error
        except (openai.APIConnectionError, JSONDecodeError) as error:
            raise unreachable(PROVIDER) from error
        return _reply(answer, self.model)

    def _create(self, turn: Turn, schema: type[BaseModel], *, strict: bool) -> Any:
        system = turn.system if strict else f"{turn.system}\n\n{in_words(schema)}"
        messages: Any = [{"role": "system", "content": system}, *turn.messages()]
        asked: dict[str, Any] = {self._limit_name: turn.max_tokens, "response_format": {"type": "json_object"}}
        if strict:
            named = {"name": schema.__name__, "schema": json_schema(schema), "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": named}
        headers = {"Idempotency-Key": turn.idempotency_key} if turn.idempotency_key else {}
        return self._client.chat.completions.create(model=self.model, messages=messages, extra_headers=headers, **asked)


def _reply(answer: Any, model: str) -> Reply:
    """Raises Refused, Truncated, or ProviderMisconfigured when this is no chat completion at all."""
    if not isinstance(answer, ChatCompletion) or not answer.choices:
        raise ProviderMisconfigured("what answered is no chat completions API: check LLM_BASE_URL")
    choice = answer.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise Refused("the model declined to write this", context={"provider": PROVIDER})
    if choice.finish_reason == "length":
        raise Truncated("the answer passed its limit: raise LLM_MAX_COMPLETION_TOKENS", context={"provider": PROVIDER})
    text, used = choice.message.content or "", answer.usage
    if used is None:
        # A server that does not say is taken to have used all that it was sent, and the bound of what it answered.
        return Reply(text, answer.model or model, MAX_INPUT_TOKENS // 2, tokens.count(text, model).n)
    return Reply(text, answer.model or model, used.prompt_tokens, used.completion_tokens)
