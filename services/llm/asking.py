"""One question to a model: cut to the budget, asked, parsed, asked once more when the answer does not fit.

Both attempts together stay inside the caller's limits, so what was reserved for an answer pays for it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic

from pydantic import BaseModel, ValidationError

from services.llm import tokens
from services.llm.failures import ReplyUnusable
from services.llm.model import Completion, Prompt, Value

MAX_INPUT_TOKENS = 12_000
MESSAGE_OVERHEAD = 64
"""Room for what is added around two or four messages: OpenAI documents 3 tokens a message and 3 for the answer, and
`in_words` has its heading."""

LEAST_OUTPUT_TOKENS = 64
SHRINK = 0.9
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    model: str
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one attempt sends. `correction` is the first answer and what was wrong with it."""

    system: str
    user: str
    correction: tuple[str, str] | None
    max_tokens: int
    idempotency_key: str

    def messages(self) -> list[dict[str, str]]:
        """Without the system message."""
        said = [{"role": "user", "content": self.user}]
        if self.correction:
            answer, wrong = self.correction
            said += [{"role": "assistant", "content": answer}, {"role": "user", "content": wrong}]
        return said


@dataclass(frozen=True, slots=True)
class Question(Generic[Value]):
    """`send` makes one call and raises typed errors; `method` is what the completion will be marked with."""

    prompt: Prompt
    schema: type[Value]
    max_tokens: int
    idempotency_key: str
    model: str
    method: str
    max_input_tokens: int = MAX_INPUT_TOKENS

    def ask(self, send: Callable[[Turn], Reply]) -> Completion[Value]:
        prompt = fitted(self.prompt, json_schema(self.schema), self.model, self.max_input_tokens)
        turn = Turn(prompt.system_message, prompt.user_message, None, self.max_tokens, self.idempotency_key)
        first = send(turn)
        try:
            return self._completion(first, 0, 0)
        except ValidationError as error:
            again = self._again(turn, first, error)
        second = send(again)
        try:
            return self._completion(second, first.input_tokens, first.output_tokens)
        except ValidationError as error:
            raise ReplyUnusable(f"{self.method} answered twice in another shape than was asked for") from error

    def _completion(self, reply: Reply, input_tokens: int, output_tokens: int) -> Completion[Value]:
        value = self.schema.model_validate_json(_FENCE.sub("", reply.text))
        return Completion(
            value, reply.model, input_tokens + reply.input_tokens, output_tokens + reply.output_tokens, self.method
        )

    def _again(self, turn: Turn, first: Reply, error: ValidationError) -> Turn:
        """Raises ReplyUnusable when a second attempt could pass the limits."""
        correction = (first.text or "(nothing)", f"That does not fit the schema:\n{_problems(error)}\nAnswer again.")
        added = sum(tokens.count(text, self.model).n for text in correction) + MESSAGE_OVERHEAD
        output_left = self.max_tokens - first.output_tokens
        if 2 * first.input_tokens + added > self.max_input_tokens or output_left < LEAST_OUTPUT_TOKENS:
            raise ReplyUnusable(f"{self.method} answered in another shape than was asked for") from error
        return replace(
            turn, correction=correction, max_tokens=output_left, idempotency_key=f"{turn.idempotency_key}:again"
        )


def fitted(prompt: Prompt, schema: Mapping[str, Any], model: str, limit: int) -> Prompt:
    """The prompt with its longest data cut from the end until everything sent is at most `limit` tokens.

    Raises ReplyUnusable when the instructions alone pass the limit.
    """
    extra = tokens.count(json.dumps(schema), model).n + MESSAGE_OVERHEAD
    while True:
        sent = tokens.count(f"{prompt.system_message}\n{prompt.user_message}", model).n + extra
        if sent <= limit:
            return prompt
        longest = max(sorted(prompt.data), key=lambda label: len(prompt.data[label]), default="")
        if not longest or not prompt.data[longest]:
            raise ReplyUnusable(f"the instructions alone pass the limit of {limit} tokens")
        kept = prompt.data[longest][: int(len(prompt.data[longest]) * SHRINK)]
        prompt = replace(prompt, data={**prompt.data, longest: kept})


def json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema as both providers' strict modes want it: every object closed, every property required."""
    closed: dict[str, Any] = _closed(schema.model_json_schema())
    return closed


def in_words(schema: type[BaseModel]) -> str:
    """For servers without a strict mode: the schema as part of the system message."""
    return f"The JSON schema of the answer:\n{json.dumps(json_schema(schema))}"


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    # `title` and `default` say nothing to a model, and strict mode refuses the second. A property may have either name.
    kept = {
        key: {name: _closed(one) for name, one in value.items()} if key in {"properties", "$defs"} else _closed(value)
        for key, value in node.items()
        if key not in {"title", "default"}
    }
    if kept.get("type") == "object" and "properties" in kept:
        kept |= {"additionalProperties": False, "required": list(kept["properties"])}
    return kept


def _problems(error: ValidationError) -> str:
    return "\n".join(f"- {'.'.join(map(str, one['loc'])) or 'answer'}: {one['msg']}" for one in error.errors()[:5])
