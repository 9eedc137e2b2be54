"""What a language model may say about a résumé, and how it is asked.

The shape has no links and no prose: what a person wrote at length is theirs, and the rules find addresses alone.
"""

import hashlib
import re
from collections.abc import Sequence

from pydantic import BaseModel, Field

from services.llm.model import Prompt
from services.resumes.text import ExtractedText

PROMPT_VERSION = "1"
"""Part of the cache key: change it with the prompt or the shape."""

MOST_CHARACTERS = 24_000

SYSTEM = (
    "You copy facts out of the text of a résumé into a form. You copy the words exactly as they stand in the text, in "
    "its language, and never add, translate, complete, correct or guess. What the text does not say stays empty."
)
INSTRUCTIONS = (
    "Fill the form from the résumé. Dates are written YYYY-MM, or YYYY where the text names no month; `end` is empty "
    "and `current` true where the text says that a position lasts. One entry for each position and each course of "
    "study, in the order of the text. A company is not a title, a skill is not a sentence, a level is not a skill."
)
ADDRESSED_TO_A_MODEL = re.compile(
    r"""(?ix) \b(?:ignore|disregard|forget|override|bypass)\b .{0,40} \b(?:instruction|prompt|rule|direction|above|
    previous|prior|everything) |
    \b(?:ignor\w+|vergiss|oublie\w*|olvid\w+|esque[cç]\w+|dimentic\w+)\b .{0,40} \b(?:anweisung|vorgabe|regel|consigne|
    instruc|instruç|istruzion|instruktion) | (?:忽略|无视|無視|忘记|忘れ).{0,20}(?:指示|指令|命令|说明|說明|规则|規則) |
    (?:指示|指令|命令).{0,10}(?:無視|忘れ) |
    \b(?:system|developer)\s+(?:prompt|message)\b | ^\s*(?:system|assistant|user)\s*: |
    \byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|llm|language\s+model|chatbot|assistant|chatgpt)\b |
    \b(?:instruction|note|message|attention)s?\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|llm|language\s+model|model|
    assistant|parser|chatgpt)\b | </?(?:data|system|instructions?)\b | <\|"""
)


class OpinionJob(BaseModel):
    company: str = ""
    title: str = ""
    location: str = ""
    start: str = ""
    end: str = ""
    current: bool = False


class OpinionStudy(BaseModel):
    institution: str = ""
    degree: str = ""
    field: str = ""
    start: str = ""
    end: str = ""


class OpinionCertificate(BaseModel):
    name: str = ""
    issuer: str = ""


class OpinionLanguage(BaseModel):
    name: str = ""
    level: str = ""


class Opinion(BaseModel):
    """What the model answers. Nothing in it is believed before `borne_out` has found it in the text."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    headline: str = ""
    skills: list[str] = Field(default_factory=list, max_length=120)
    experience: list[OpinionJob] = Field(default_factory=list, max_length=40)
    education: list[OpinionStudy] = Field(default_factory=list, max_length=20)
    certifications: list[OpinionCertificate] = Field(default_factory=list, max_length=40)
    languages: list[OpinionLanguage] = Field(default_factory=list, max_length=20)


def shown(text: ExtractedText) -> tuple[str, bool]:
    """What the model sees and what may bear out its answer, and whether anything was left out for speaking to a model.

    A paragraph goes as a whole: an order is rarely finished on the line that gives it away.
    """
    paragraphs = [part for part in re.split(r"\n\s*\n", text.plain) if part.strip()]
    kept = [part for part in paragraphs if not _addressed(part.splitlines())]
    return "\n\n".join(kept)[:MOST_CHARACTERS], len(kept) < len(paragraphs)


def _addressed(rows: Sequence[str]) -> bool:
    """Rows are read alone and together: an order may be wrapped, a column may part it."""
    return any(ADDRESSED_TO_A_MODEL.search(row) for row in (*rows, " ".join(" ".join(rows).split())))


def prompt_for(resume: str) -> Prompt:
    return Prompt(SYSTEM, INSTRUCTIONS, {"resume": resume})


def key_of(resume: str, method: str) -> str:
    """Same text, same model, same prompt: same key."""
    return hashlib.sha256(f"{PROMPT_VERSION}\0{method}\0{resume}".encode("utf-8", "replace")).hexdigest()
