"""Finding words of a list in free text, whole and in any case."""

import re


def pattern(words: str) -> re.Pattern[str]:
    """Match any of the words, with no letter or digit touching.

    `words` are regex fragments between semicolons; a space in one stands for any gap, hyphen or none.
    """
    each = [" ".join(word.split()) for word in words.split(";")]
    joined = "|".join(word.replace(" ", r"[\s\-_]*") for word in each if word)
    return re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])", re.IGNORECASE)
