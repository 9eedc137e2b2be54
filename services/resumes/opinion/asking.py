"""A second reader of a résumé, asked where the rules found nothing or doubt what they found, and never just believed.

A value counts only when the text says it; what the rules are sure of stays. Without a model, or when it fails, the
profile is the rules' own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from core.errors import AppError
from core.settings import Settings
from services.llm.model import Completion, LanguageModel
from services.llm.wiring import language_model_from
from services.resumes.opinion.merging import Merger
from services.resumes.opinion.schema import Opinion, key_of, prompt_for, shown
from services.resumes.profile import ResumeProfile
from services.resumes.text import ExtractedText

LOCAL = "local"
SURE = 0.7
LEAST_TOKENS = 2_500  # a long working life, told in JSON

ASKED, FAILED, ADDRESSED = "second_opinion", "second_opinion_failed", "addressed_to_a_model"
DROPPED, GIVEN = "second_opinion_dropped", "model"


@dataclass(frozen=True, slots=True)
class Question:
    """`key` names the answer in the cache; `resume` is all that the model sees."""

    key: str
    resume: str
    addressed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """`method` is `local`, or `local+openai:…` when a model was heard.

    The profile's flags tell the rest: `model:<path>` for each value of the model's, `second_opinion_dropped:<n>` for
    answers that the text does not bear out, `second_opinion_failed`, `addressed_to_a_model`. `key` names the question
    that was asked; `answer` is what the model said, for the cache; None when there is nothing to keep. Tokens are 0
    when nobody was asked now, or nothing came of it.
    """

    profile: ResumeProfile
    method: str
    key: str = ""
    answer: Mapping[str, Any] | None = None
    input_tokens: int = 0
    output_tokens: int = 0


class SecondOpinion:
    """Never raises for a provider's failure."""

    def __init__(self, model: LanguageModel | None, *, max_tokens: int = LEAST_TOKENS) -> None:
        self.model = model
        self.max_tokens = max(max_tokens, LEAST_TOKENS)

    def question(self, text: ExtractedText, profile: ResumeProfile) -> Question | None:
        """None where there is nobody to ask, or nothing to ask about."""
        if self.model is None or not doubtful(profile):
            return None
        resume, addressed = shown(text)
        return Question(key_of(resume, self.model.method), resume, addressed) if resume else None

    def read(
        self,
        text: ExtractedText,
        profile: ResumeProfile,
        question: Question | None,
        *,
        known: Mapping[str, Any] | None = None,
        idempotency_key: str = "",
    ) -> Reading:
        """`known` is an earlier answer to the same question; with it nobody is asked."""
        if self.model is None or question is None:
            return Reading(profile, LOCAL)
        flags = (*profile.flags, ADDRESSED) if question.addressed else profile.flags
        opinion, spent = _remembered(known), (0, 0)
        if opinion is None:
            heard = self._heard(self.model, question, idempotency_key)
            if heard is None:
                return Reading(replace(profile, flags=(*flags, FAILED)), LOCAL, question.key)
            opinion, spent = heard.value, (heard.input_tokens, heard.output_tokens)
        merged = Merger(text, question.resume, profile, SURE).merged(opinion)
        told = [ASKED, *(f"{GIVEN}:{path}" for path in merged.given)]
        told += [f"{DROPPED}:{merged.dropped}"] if merged.dropped else []
        read = replace(merged.profile, flags=(*flags, *told))
        return Reading(read, f"{LOCAL}+{self.model.method}", question.key, opinion.model_dump(), *spent)

    def _heard(self, model: LanguageModel, question: Question, idempotency_key: str) -> Completion[Opinion] | None:
        try:
            return model.complete(
                prompt_for(question.resume),
                schema=Opinion,
                max_tokens=self.max_tokens,
                idempotency_key=idempotency_key,
            )
        except AppError:  # Transient as well: a profile now is worth more than a better one after retries
            return None


def second_opinion_from(settings: Settings) -> SecondOpinion:
    return SecondOpinion(language_model_from(settings), max_tokens=settings.llm_max_completion_tokens)


def doubtful(profile: ResumeProfile) -> bool:
    """Whether the rules left a value empty that most résumés have, or are unsure of one."""
    unsure = any(one.confidence < SURE for one in profile.evidence.values())
    whole = all(job.company and job.title and job.start for job in profile.experience)
    basics = profile.name and profile.email and profile.location and profile.skills
    return unsure or not (basics and profile.experience and profile.education and whole)


def _remembered(known: Mapping[str, Any] | None) -> Opinion | None:
    try:
        return Opinion.model_validate(known) if known is not None else None
    except ValidationError:
        return None
