"""Who writes the letter: a language model when one is configured, the local rules otherwise. The checker reads both."""

from dataclasses import dataclass

from core.settings import Settings
from services.letters import local
from services.letters.checker import check
from services.letters.claims import Claim
from services.letters.facts import LetterFacts
from services.letters.generated import LetterBody, framed, prompt_for
from services.letters.relevance import foreign_tongue
from services.letters.sentences import count_words
from services.llm.model import LanguageModel
from services.llm.wiring import language_model_from

LOCAL = "local"
LEAST_WORDS_LEFT = 90
LEAST_SHARE_LEFT = 0.6


@dataclass(frozen=True, slots=True)
class Letter:
    """`method` is `local` or `openai:…` or `anthropic:…`, with a remark where there is something to say. `dropped` are
    the claims no source bore out; their sentences are not in `text`. Tokens are 0 when no model was asked.
    """

    text: str
    method: str
    model: str
    input_tokens: int
    output_tokens: int
    dropped: tuple[Claim, ...]


class LetterWriter:
    """`write` raises what the language model raises: Transient, ProviderMisconfigured, Refused, and so on."""

    def __init__(self, model: LanguageModel | None, *, max_tokens: int = 1200) -> None:
        self.model = model
        self.max_tokens = max_tokens

    def write(self, facts: LetterFacts, tone: str = "formal", *, idempotency_key: str = "") -> Letter:
        """Always in English; `method` says so when the posting is not."""
        if self.model is None:
            return _local(facts, tone, LOCAL)
        completion = self.model.complete(
            prompt_for(facts, tone), schema=LetterBody, max_tokens=self.max_tokens, idempotency_key=idempotency_key
        )
        written = framed(completion.value, facts, tone)
        checked = check(written, facts)
        spent = (completion.model, completion.input_tokens, completion.output_tokens)
        if _holds(written, checked.text):
            return Letter(checked.text, _method(completion.method, facts), *spent, checked.dropped)
        instead = _local(facts, tone, f"{LOCAL}: too little of the letter by {completion.method} held")
        return Letter(instead.text, instead.method, *spent, (*checked.dropped, *instead.dropped))


def letter_writer_from(settings: Settings) -> LetterWriter:
    return LetterWriter(language_model_from(settings), max_tokens=settings.llm_max_completion_tokens)


def _local(facts: LetterFacts, tone: str, method: str) -> Letter:
    checked = check(local.write(facts, tone), facts)
    return Letter(checked.text, _method(method, facts), "", 0, 0, checked.dropped)


def _holds(written: str, kept: str) -> bool:
    left = count_words(kept)
    return left >= LEAST_WORDS_LEFT and left >= LEAST_SHARE_LEFT * count_words(written)


def _method(method: str, facts: LetterFacts) -> str:
    tongue = foreign_tongue(facts.posting.description)
    return f"{method} (English; the posting is in {tongue})" if tongue else method
