"""We Work Remotely's descriptions open with a logo, the headquarters and the company's address."""

import re

_HEAD = re.compile(
    r"\A\s*(?:<img[^>]*>\s*)?(?:<p>\s*)?<strong>\s*Headquarters:\s*</strong>(?P<place>[^<]*)"
    r"(?:<br\s*/?>\s*<strong>\s*URL:\s*</strong>\s*<a[^>]*>[^<]*</a>)?\s*(?:<br\s*/?>\s*)?(?:</p>)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:<p>)?\s*<strong>\s*To apply:?\s*</strong>.*\Z", re.IGNORECASE | re.DOTALL)


def split_headquarters(markup: str) -> tuple[str, str]:
    """The place (or "") and the description without that opening and without the "To apply" line."""
    head = _HEAD.match(markup)
    place, rest = (head["place"].strip(), markup[head.end() :]) if head else ("", markup)
    return place, _TAIL.sub("", rest).strip()
