"""A sentence in its context: whose text may vouch for it."""

import re
from dataclasses import dataclass, replace

from services.letters.facts import LetterFacts
from services.letters.support import Source


@dataclass(frozen=True, slots=True)
class Sources:
    """`resume` vouches for the person, `posting` for the employer. `own_names` a letter may always give: the posting's
    title, company and place, and the person's address and phone.
    """

    facts: LetterFacts
    resume: Source
    posting: Source
    own_names: tuple[str, ...]

    @classmethod
    def of(cls, facts: LetterFacts) -> "Sources":
        advert = facts.posting
        names = (advert.title, advert.plain_title, advert.company, advert.location, facts.email, facts.phone)
        contact = Source.of(facts.contact).without_numbers()
        return cls(
            facts=facts,
            resume=Source.of(facts.resume_text, facts.skills).joined(contact),
            posting=Source.of(advert.text, advert.skills),
            own_names=tuple(filter(None, names)),
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """`masked` is the sentence without the posting's own title, company and place. `about_me` means first person;
    `open_to_posting` that what the posting says may be repeated, because the sentence speaks of the employer or denies,
    wishes or hopes.
    """

    text: str
    masked: str
    about_me: bool
    open_to_posting: bool

    @property
    def may_cite_posting(self) -> bool:
        return self.open_to_posting or not self.about_me


_ME = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|mine|myself)\b"
    # Without a subject the writer means himself: "Experienced in Kafka."
    r"|^\W*(?:\w+ed|[Ll]ed|[Bb]uilt|[Rr]an|[Ww]rote|[Hh]aving|[Ff]luent|[Pp]roficient|[Ee]xpert|[Aa]dept)\b"
)
YOU = re.compile(r"\b(?:you|your|yours|you['’]re|posting|advert|advertisement|vacancy)\b", re.IGNORECASE)
_WISH = re.compile(
    r"\b(?:do not|don['’]t|have not|haven['’]t|has not|is not|are not|was not|not yet|does not|doesn['’]t|no\b|nor|"
    r"without|lack|missing|new to me|learn|learning|eager|keen|hope|look(?:ing)? forward|would like|want to|interested|"
    r"interests|drawn|excited|admire|impressed|apply|applying|application|read|noticed|attracted|curious)\b",
    re.IGNORECASE,
)
_FALSE_WISH = re.compile(
    r"\b(?:not only|not just|"
    r"no (?:stranger|doubt|question|less|problem)|without (?:a )?(?:doubt|question|hesitation|fail)|"
    r"nothing less|never without|not without|learned|applied|read up)\b",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r";\s*|,\s+(?=(?:and|but|so|which|where|while|though|although|yet)\b)"
    r"|\s+(?=(?:and|but|so|because|while|though|although|where)\s+(?:I|my|you|your|we|they)\b)"
)


def whole(text: str, sources: Sources) -> Sentence:
    masked = text
    for name in sources.own_names:
        masked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", masked, flags=re.IGNORECASE)
    return _read(text, masked)


def clauses(sentence: Sentence) -> list[Sentence]:
    """A wish in one clause excuses nothing in the next: "I hope to hear from you, and I know Kafka". A clause without
    a subject shares the first person of its sentence.
    """
    read = [_read(piece, piece) for piece in _CLAUSE.split(sentence.masked) if piece.strip()]
    return [
        replace(clause, about_me=True) if sentence.about_me and not YOU.search(clause.text) else clause
        for clause in read
    ]


def _read(text: str, masked: str) -> Sentence:
    about_me = bool(_ME.search(text))
    wish = bool(_WISH.search(text)) and not _FALSE_WISH.search(text)
    return Sentence(text, masked, about_me, open_to_posting=wish or (bool(YOU.search(text)) and not about_me))
