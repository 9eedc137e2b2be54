"""Which old code page a text without a mark is in, where the letters themselves tell it better than statistics do."""

import re

LETTERS = (  # beyond a to z, each of one language or a few that share them
    "àâæçèéêëîïôœùûüÿ",  # French
    "äöüßéèêàáç",  # German
    "áéíóúüñç",  # Spanish
    "áâãàçéêíóôõúüñ",  # Portuguese
    "àèéìíîòóùúï",  # Italian
    "àçèéíïòóúü",  # Catalan
    "æøåéèêôòóäöü",  # Danish, Norwegian
    "åäöéèáüæø",  # Swedish, Finnish
    "áéíóúëïöüèêçäñ",  # Dutch
    "áðéíóúýþæö",  # Icelandic
)
SIGNS = frozenset("€‚„…‘’“”•–—™ ¡£§©ª«®°²³·º»¿´½¼¾×&")
RAISED = re.compile(r"[^\W\d_][ª²³º¿£§°][^\W\d_]")  # a sign within a word is a letter of another page
UPPER_HALF = re.compile(rb"[\xc0-\xff]{3,}")
FIRST_LETTER, ALEF, TAV = 0xC0, 0xE0, 0xFA
LEAST_LETTERS, ONE_SCRIPT, HALF = 20, 0.99, 0.5


def told_by_letters(data: bytes) -> str | None:
    """Thus "cp1252" or "cp1255"; nothing where they tell none."""
    if _is_hebrew(data):
        return "cp1255"
    return "cp1252" if _is_western(data) else None


def _is_western(data: bytes) -> bool:
    """Whether all its letters are those of one western language: the same numbers are "ø", "è" and "ì" together in a
    Czech text, and "³" or "¿" within words in a Polish one.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = {letter for letter in text.lower() if not letter.isascii()}
    letters = {letter for letter in high if letter.isalpha() and letter not in SIGNS}
    known = high - letters <= SIGNS and not RAISED.search(text)
    return known and any(letters <= set(alphabet) for alphabet in LETTERS)


def _is_hebrew(data: bytes) -> bool:
    """Whether its words are of Windows' Hebrew page, which has no capitals: in the Cyrillic one, whose small letters
    share its numbers, names and sentences begin with letters that stand before these.
    """
    high = [byte for byte in data if byte >= FIRST_LETTER]
    within = sum(ALEF <= byte <= TAV for byte in high)
    # Accents on Latin letters stand alone.
    in_words = sum(len(word) for word in UPPER_HALF.findall(data))
    return len(high) >= LEAST_LETTERS and within >= ONE_SCRIPT * len(high) and in_words >= HALF * len(high)
