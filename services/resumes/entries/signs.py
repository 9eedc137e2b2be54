"""How a name is spelt tells a post from a house where no word of it is known: capitals, quotes, domains, levels."""

import re
from functools import lru_cache

from services.resumes.words import words

SMALL = words("of") | words("connectors") | {"und", "et", "och", "og", "ja", "the", "and", "los", "las", "les"}
POST = re.compile(
    r"(?i)\((?:[mwfdhx]/[mwfdhx](?:/[mwfdhx*]+)?|part[- ]time|full[- ]time|contract(?:or)?|intern(?:ship)?|temporary|"
    r"freelance)\)$"
    r"|\s(?:I{1,3}|IV|V|L\d|level \d|grade \d)$|[a-zäöüß](?::in|\*in|/-?in|·e|\(e\)|\(a\))(?:nen)?(?=\s|$)"
)
QUOTED = re.compile(r"[«»„“”「『]|^\"[^\"]+\"$")
DOMAIN = re.compile(r"(?i)^[\w-]+\.(?:com|io|org|net|ai|dev|app|co|eu|[a-z]{2})$")
INITIALS = re.compile(r"^(?:[A-Z]\.?&?){2,5}$|\d|[A-Za-z]&[A-Za-z]|[a-z][A-Z]{2,}|^[a-z]{1,3}[A-Z][a-z]")
JOINED = re.compile(r"[a-z][A-Z][a-z]")  # PayPal, and no post is spelt so
SURE, LIKELY, SLIGHT = 1.2, 0.6, 0.4


@lru_cache(maxsize=4096)
def post_sign(text: str) -> float:
    """Whether `text` is spelt as a post is: a level or a gender mark behind it, plain words in small letters."""
    if POST.search(text):
        return SURE
    plain = [word for word in re.findall(r"[^\W\d_]{4,}", text)[1:] if word[0].islower() and word not in SMALL]
    return LIKELY if plain and not QUOTED.search(text) else 0.0


@lru_cache(maxsize=4096)
def house_sign(text: str) -> float:
    """Whether `text` is spelt as a house is: in quotes, as a domain, in initials, with a capital inside a word."""
    if QUOTED.search(text) or DOMAIN.match(text):
        return SURE
    return SLIGHT if INITIALS.search(text) or JOINED.search(text) else 0.0
