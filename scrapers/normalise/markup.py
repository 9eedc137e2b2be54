"""HTML that is safe to serve, and its plain text."""

import html
import re

import nh3

_TAGS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_BREAKS = re.compile(r"<(?:br|hr)\b[^>]*>|</(?:p|div|h[1-6]|ul|ol|tr|table|blockquote|pre|dd|dt|dl)>", re.IGNORECASE)
_OPENS = re.compile(r"<(?:p|div|ul|ol|h[1-6]|table|tr|blockquote|pre|dl|dt|dd)\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LOOKS_ESCAPED = re.compile(r"&lt;/?[a-zA-Z]")
_HAS_TAG = re.compile(r"<[a-zA-Z/!]")
_MARGIN = re.compile(r"[^\S\n]+")
_BLANKS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def sanitised(markup: str) -> str:
    """Keep text structure and http(s)/mailto links; drop scripts, styles, images, handlers and anything unclosed.

    Markup that arrives escaped as a whole (Greenhouse) is unescaped first. Plain text gets line breaks.
    """
    if _LOOKS_ESCAPED.search(markup) and not _HAS_TAG.search(markup):
        markup = html.unescape(markup)
    if not _HAS_TAG.search(markup):
        return from_plain(html.unescape(markup))
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    ).strip()


def from_plain(text: str) -> str:
    """Plain text as HTML: escaped, with its line breaks."""
    return html.escape(text.strip(), quote=False).replace("\n", "<br>")


def plain(safe: str) -> str:
    """Sanitised HTML as text: a line a block, "- " before list items, never more than one blank line."""
    text = _ITEM.sub("\n- ", safe.replace("\n", " "))
    text = _OPENS.sub("\n", _BREAKS.sub("\n", text))
    text = html.unescape(_TAG.sub("", text)).replace("\xa0", " ")
    text = _MARGIN.sub(" ", text)
    lines = (each.strip() for each in _BLANKS.sub("\n\n", text).split("\n"))
    return "\n".join(each for each in lines if each != "-").strip()
