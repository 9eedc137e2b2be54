"""A letter written by a language model: the prompt, the shape of the answer, and the frame around it.

The model writes paragraphs only. Salutation and signature are ours, so the checker never has to drop them.
"""

from pydantic import BaseModel, Field

from services.letters.facts import LetterFacts
from services.letters.phrases import FORMAL, TONES
from services.llm.model import Prompt

LEAST_PARAGRAPHS, MOST_PARAGRAPHS = 2, 6


class LetterBody(BaseModel):
    """What the model answers."""

    paragraphs: list[str] = Field(min_length=LEAST_PARAGRAPHS, max_length=MOST_PARAGRAPHS)


SYSTEM = (
    "You write cover letters for the person whose résumé you are given. You state only what the résumé says about the "
    "person and what the posting says about the position. You invent no employer, title, date, number, skill, degree "
    "or award, and round nothing. Where the posting asks for something the résumé lacks, you leave it out or say so."
)
INSTRUCTIONS = (
    "Write the body of a cover letter in English, first person, {least} to {most} words in 3 to 5 paragraphs, in a "
    "{tone} tone. Begin by naming the position{company}. Build two paragraphs on the work in the résumé that fits the "
    "posting best, with its own numbers. End with an offer to talk. No salutation, no signature, no placeholders."
)


def prompt_for(facts: LetterFacts, tone: str) -> Prompt:
    frame = TONES.get(tone, FORMAL)
    company = " and the company" if facts.posting.company else ""
    instructions = INSTRUCTIONS.format(
        least=frame.least, most=frame.most, tone=tone if tone in TONES else "formal", company=company
    )
    years = f"\nYears of experience in all: {int(facts.years)}" if int(facts.years) else ""
    return Prompt(SYSTEM, instructions, {"posting": facts.posting.text, "resume": facts.resume_text + years})


def framed(body: LetterBody, facts: LetterFacts, tone: str) -> str:
    frame = TONES.get(tone, FORMAL)
    paragraphs = [" ".join(paragraph.split()) for paragraph in body.paragraphs if paragraph.strip()]
    farewell = "\n".join(filter(None, (frame.farewell, facts.name)))
    return "\n\n".join((frame.greeting[0], *paragraphs, farewell))
