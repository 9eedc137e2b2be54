"""The language of a posting, by its script and its commonest words. Enough for texts of a sentence and more."""

import re
from collections import Counter
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_COMMON = {
    "en": "the and to of for with you our your are is we will this that from have an be on as or at who in team",
    "de": "und der die das für mit dich wir du ein eine sie von zu den im auf ist bei unser deine als sowie oder nicht",
    "fr": "et les des une vous pour avec nous dans est sur votre notre au aux du la le en par ou qui",
    "es": "y los las una para con del el que en por nuestro tu se más experiencia como nuestra al es un trabajo",
    "pt": "e os as uma para com do da que em por nosso você não mais experiência como nossa ao é um dos das você",
    "it": "e gli il una per con del della che di nel sono nostro alla più come al lavoro un è le dei esperienza",
    "nl": "en het een voor met van de je wij ons onze jouw zijn bij in op dat als ook naar aan jij werken",
    "pl": "i w z na do oraz dla się jest nie że praca doświadczenie od pracy o po nas które lub naszych",
    "sv": "och att som för med på är vi en av till dig det du den ett har vår kommer om våra eller",
    "da": "og at som til med på er vi en af dig det du den et har vores om eller ikke hos din",
    "no": "og å som til med på er vi en av deg det du den et har vår om eller ikke hos oss",
    "fi": "ja on että sekä tai ovat olet meillä työ sinulla joka kun myös voit sinun ei mutta",
    "cs": "a se na v pro je že do s jsme nebo práce si jako které k po naše budete",
    "tr": "ve bir için ile bu olarak da de en çok olan ekip veya deneyim gibi iş daha",
}
_ANY_SCRIPT = re.compile(r"[\u0370-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_ENOUGH_WORDS = 6
_SCRIPT_SHARE = 0.2
_LEAST_SHARE = 0.12
_READ_CHARACTERS = 3_000
_TEXTS_REMEMBERED = 2048


def language(said: str, text: str) -> str | None:
    """ISO 639-1, from the board's own code when it gives one; None for a text too short or too mixed to tell."""
    code = said.strip().lower().replace("_", "-").partition("-")[0]
    if len(code) == 2 and code.isalpha():  # noqa: PLR2004 - the length of ISO 639-1
        return code
    return _detected(text[:_READ_CHARACTERS])


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _detected(sample: str) -> str | None:
    """Agencies post one text for many towns."""
    return _by_script(sample) or _by_words(sample)


def _by_script(text: str) -> str | None:
    if not _ANY_SCRIPT.search(text):
        return None
    letters = sum(map(len, _WORD.findall(text)))
    for code, script in _SCRIPTS:
        if letters and len(script.findall(text)) > _SCRIPT_SHARE * letters * (0.2 if code in {"ja", "uk"} else 1):
            return code
    return None


def _by_words(text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    total = words.total()
    if total < _ENOUGH_WORDS:
        return None
    # A language has two dozen words here and a text has thousands: its words are looked up in the text.
    score = Counter({code: sum(words[word] for word in common & words.keys()) for code, common in _SETS.items()})
    (best, hits), (_, runner_up) = score.most_common(2)
    return best if hits >= _LEAST_SHARE * total and hits > runner_up else None
