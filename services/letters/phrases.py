"""The frames a local letter is built with, by tone. A frame is chosen by a hash of the facts, never by chance.

`{…}` are filled with words of the résumé or the posting; nothing else is claimed. Frames that name what the posting
asks for speak to the employer ("your posting"), so that the checker knows whose words they are.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """`least` and `most` are words in the letter: sentences are added up to the first and never past the second."""

    least: int
    most: int
    greeting: tuple[str, ...]
    opening: tuple[str, ...]
    shared: tuple[str, ...]
    missing: tuple[str, ...]
    closing: tuple[str, ...]
    thanks: tuple[str, ...]
    farewell: str


_SHARED = (
    "Your posting asks for {skills}; my résumé shows {them}.",
    "You ask for {skills}, and I can point to {them} in my résumé.",
    "Of what your posting names, I bring {skills}.",
)
_CLOSING = (
    "I would be glad to talk about the work itself and where I could be of use.",
    "I would welcome a conversation about what the first months would look like.",
    "If this sounds like a fit, I would be happy to go through my work in detail.",
)

FORMAL = Tone(
    least=190,
    most=280,
    greeting=("Dear Hiring Team,",),
    opening=(
        "I am applying for the position of {title}{at}.",
        "I would like to apply for the position of {title}{at}.",
        "Please accept my application for the position of {title}{at}.",
    ),
    shared=_SHARED,
    missing=(
        "You also ask for {skills}, which my résumé does not show. I would rather say so now than later.",
        "To be open about the gaps: {skills}, named in your posting, {do} not appear in my résumé.",
        "Your posting also names {skills}; my résumé has no evidence of {it}, and I do not want to suggest otherwise.",
    ),
    closing=_CLOSING,
    thanks=("Thank you for your time.", "Thank you for considering my application."),
    farewell="Yours sincerely,",
)
WARM = Tone(
    least=190,
    most=280,
    greeting=("Hello,", "Hello to the hiring team,"),
    opening=(
        "I was happy to find your posting for {title}{at}, and I'd like to apply.",
        "Your posting for {title}{at} caught my eye, and I'd like to apply.",
    ),
    shared=(
        "You ask for {skills}, and I'm glad to say my résumé shows {them}.",
        "Of the things you name, {skills} are part of what I do.",
    ),
    missing=(
        "You also mention {skills}. My résumé doesn't show {it}, and I'd rather tell you straight away.",
        "One honest word about {skills}: you ask for {it}, and my résumé doesn't show {it}.",
    ),
    closing=(
        "I'd love to hear more about the work and to tell you more about mine.",
        "I'd be happy to talk it all through whenever it suits you.",
    ),
    thanks=("Thank you for reading this far.", "Thanks for taking the time to read this."),
    farewell="With kind regards,",
)
BRIEF = Tone(
    least=90,
    most=150,
    greeting=FORMAL.greeting,
    opening=FORMAL.opening[:1],
    shared=_SHARED[:1],
    missing=("Not in my résumé, though you ask for {it}: {skills}.",),
    closing=("I would be glad to talk.",),
    thanks=("Thank you for your time.",),
    farewell="Kind regards,",
)

TONES = {"formal": FORMAL, "professional": FORMAL, "warm": WARM, "enthusiastic": WARM, "brief": BRIEF, "casual": BRIEF}
"""An unknown tone is formal."""
