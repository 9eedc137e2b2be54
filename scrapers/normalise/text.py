"""Mending text: double encoding, escapes, stray spaces."""

import html
import re

from ftfy import TextFixerConfig, fix_encoding

_SPACES = re.compile(r"\s+")
_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f]")
_PIECE = re.compile(r"[^\n<>]+|[\n<>]+")
# Only the encoding is mended: quotes, ligatures and widths are the author's.
_CONFIG = TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization=None,
    explain=False,
)
_SUSPECT = re.compile(r"[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑâãäåæçèéêëìíîïðñ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def mended(text: str) -> str:
    """Undo UTF-8 read as Latin-1 or Windows-1252 ("KrakÃ³w"), drop control characters; anything sound stays as it is.

    Each run between tags is judged alone, so one sound accent does not shield a broken paragraph beside it.
    """
    if _SUSPECT.search(text):
        text = "".join(map(_mended_piece, _PIECE.findall(text)))
    return _UNSAID.sub("", text)


def _mended_piece(piece: str) -> str:
    return fix_encoding(piece, _CONFIG) if _SUSPECT.search(piece) else piece


def line(text: str) -> str:
    """One line: mended, unescaped (twice-escaped too), spaces joined."""
    unescaped = html.unescape(html.unescape(mended(text)))
    return _SPACES.sub(" ", unescaped).strip()
