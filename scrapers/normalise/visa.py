"""Whether the employer sponsors a visa, when the text says so in plain words."""

import re

_NO = re.compile(
    r"\b(?:no|not|unable to|cannot|can't|won't|without|doesn't|don't|isn't|aren't|ineligible for|nor)\b"
    r"[^.\n]{0,60}?\b(?:visas?|(?:visa )?sponsor\w*)\b"
    r"|sponsorship (?:is |will be |are )?(?:not|un)[ -]?(?:be )?(?:available|offered|provided|possible)",
    re.IGNORECASE,
)
_YES = re.compile(
    r"visa sponsorship(?: is|:)? (?:available|offered|provided|possible|yes)"
    r"|\b(?:we|can|will|happy to|able to|also) (?:\w+ ){0,3}?(?:sponsor|provide|offer|support) (?:\w+ ){0,4}?visas?\b"
    r"|\brelocation and visa|\bvisa (?:and|&|\+) relocation|\bvisa (?:support|assistance)"
    r"|\b(?:offer|provide|offering|providing|includes?) (?:\w+ ){0,4}?(?:visa|h-?1b) sponsorship",
    re.IGNORECASE,
)


def visa(said: bool | None, text: str) -> bool | None:
    """A refusal anywhere outweighs an offer; silence is None."""
    if said is not None:
        return said
    lower = text.lower()
    if "visa" not in lower and "sponsor" not in lower:  # every pattern has one of them; most texts neither
        return None
    if _NO.search(text):
        return False
    return True if _YES.search(text) else None
