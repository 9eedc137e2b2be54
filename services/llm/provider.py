"""What every provider behind an SDK does alike: one attempt, its errors in our words, and the schema in words where
it is refused as a schema.
"""

from abc import ABC, abstractmethod
from json import JSONDecodeError
from typing import Any, ClassVar, cast

from pydantic import BaseModel

from services.llm.asking import MAX_INPUT_TOKENS, Question, Reply, Turn
from services.llm.failures import StatusError, from_status, unreachable
from services.llm.model import Completion, Prompt, Value

_NO_STRICT_MODE = frozenset({400, 422})


class ProviderModel(ABC):
    """The SDK does not retry, the runner does. Who refuses a JSON schema is given it in words from then on."""

    provider: ClassVar[str]
    default_model: ClassVar[str]
    status_error: ClassVar[type[Exception]]  # of the SDK: an answer that is no success
    connection_error: ClassVar[type[Exception]]  # and no answer at all

    def __init__(
        self,
        model: str = "",
        *,
        api_key: str,
        base_url: str = "",
        timeout: float = 60.0,
        max_input_tokens: int = MAX_INPUT_TOKENS,
    ) -> None:
        self.model = model or self.default_model
        self.max_input_tokens = max_input_tokens
        self.base_url = base_url
        self._strict = True
        self._client = self._connect(
            api_key=api_key or "none", base_url=base_url or None, timeout=timeout, max_retries=0
        )

    @property
    def method(self) -> str:
        return f"{self.provider}:{self.model}"

    def complete(
        self, prompt: Prompt, *, schema: type[Value], max_tokens: int, idempotency_key: str
    ) -> Completion[Value]:
        question = Question(prompt, schema, max_tokens, idempotency_key, self.model, self.method, self.max_input_tokens)
        return question.ask(lambda turn: self._send(turn, schema, strict=self._strict))

    def _send(self, turn: Turn, schema: type[BaseModel], *, strict: bool) -> Reply:
        headers = {"Idempotency-Key": turn.idempotency_key} if turn.idempotency_key else {}
        try:
            answer = self._create(turn, schema, headers, strict=strict)
        except self.status_error as error:
            told = cast(StatusError, error)
            if strict and told.status_code in _NO_STRICT_MODE:
                reply = self._send(turn, schema, strict=False)
                self._strict = False
                return reply
            raise from_status(told, self.provider, setting="LLM") from error
        except (self.connection_error, JSONDecodeError) as error:
            raise unreachable(self.provider) from error
        return self._reply(answer)

    @abstractmethod
    def _connect(self, **options: Any) -> Any:
        """The SDK's client."""

    @abstractmethod
    def _create(self, turn: Turn, schema: type[BaseModel], headers: dict[str, str], *, strict: bool) -> Any:
        """One call. `strict` sends the schema as a schema, else in words."""

    @abstractmethod
    def _reply(self, answer: Any) -> Reply:
        """Raises Refused, Truncated, or ProviderMisconfigured when what answered speaks another protocol."""
